"""Management commands: ``manage.py reviews_…``. All but ``reviews_doctor`` are about one learning package."""
