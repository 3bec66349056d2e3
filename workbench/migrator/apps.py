"""The app, under the label that it has on the platform."""

from django.apps import AppConfig


class MigratorConfig(AppConfig):
    """Imports the demo's course."""

    name = "workbench.migrator"
    label = "modulestore_migrator"
    verbose_name = "Course imports"
