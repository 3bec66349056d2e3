"""A worked example of an Open edX omni-plugin: draft content is reviewed before it is published."""

__version__ = "0.1.0"
