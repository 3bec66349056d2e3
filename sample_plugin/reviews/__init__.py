"""Reviewed before published: the Django app. Start reading at ``api.py``; ``apps.py`` is where Studio finds it."""
