"""The Celery app, as the platform has one: ``shared_task`` runs in it, and it knows the tasks of every app."""

from celery import Celery

app = Celery("workbench")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
