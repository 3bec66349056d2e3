"""
A small stand-in for Open edX Studio.

It exists so that a plugin can be developed, tried and tested in seconds, without a whole platform. It keeps content
in openedx-core and finds plugins through their entry points, both the way Studio does. It knows no plugin by name, so a
plugin that works here works for the same reasons as in Studio.
"""

# Before any task is declared. Otherwise the task belongs to Celery's default app, which waits for a broker.
from .celery import app as celery_app

__all__ = ["celery_app"]
