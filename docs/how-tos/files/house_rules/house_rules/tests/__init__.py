"""The tests of the plugin that the how-tos write."""
