"""``manage.py hold`` and what belongs to it."""
