"""Connects the signal receivers that plugins declare, as openedx-platform's own ``plugins`` app does."""

from django.apps import AppConfig
from django.conf import settings
from edx_django_utils.plugins import connect_plugin_receivers


class WorkbenchConfig(AppConfig):
    """The workbench's pages, its publish endpoints and its ``demo`` command."""

    name = "workbench"

    def ready(self) -> None:
        """Connect what each plugin lists under ``signals_config`` in its AppConfig, and say who may read courses."""
        from . import courses  # noqa: PLC0415, its models are not there before

        courses.install()
        connect_plugin_receivers(settings.PROJECT_TYPE)
