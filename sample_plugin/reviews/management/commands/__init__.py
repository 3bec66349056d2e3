"""Management commands, each about one learning package: ``manage.py reviews_…``."""
