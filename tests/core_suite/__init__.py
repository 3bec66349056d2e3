"""openedx-core's own tests, run with the plugin: ``make core-tests``."""
