"""An Open edX plugin for the LMS."""

__version__ = "0.1.0"
