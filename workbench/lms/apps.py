"""Connects the signal receivers that plugins declare for the LMS."""

from django.apps import AppConfig
from django.conf import settings
from edx_django_utils.plugins import connect_plugin_receivers


class LmsConfig(AppConfig):
    """A learner's dashboard, and the enrollments in it."""

    name = "workbench.lms"
    label = "workbench_lms"
    verbose_name = "LMS"

    def ready(self) -> None:
        """Connect what each plugin lists. A receiver that Studio has as well is still called once."""
        connect_plugin_receivers(settings.LMS)
