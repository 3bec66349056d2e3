"""A stand-in for the platform, so that the plugin can be tried and tested in seconds. It knows no plugin by name."""
