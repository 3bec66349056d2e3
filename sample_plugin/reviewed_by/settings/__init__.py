"""Settings that Studio and the LMS take over from this plugin."""
