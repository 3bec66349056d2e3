"""Tutor plugin for "reviewed before published". Start reading at ``plugin.py``."""

# The Django package and the npm package that belong to it have the same.
__version__ = "0.1.0"
