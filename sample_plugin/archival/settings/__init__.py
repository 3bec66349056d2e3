"""Settings that the LMS takes over from this plugin, see ``common.py``."""
