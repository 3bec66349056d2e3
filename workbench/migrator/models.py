"""What was imported from where: as much of the platform's models as is needed here, with their names."""

from django.db import models
from opaque_keys.edx.django.models import LearningContextKeyField
from openedx_content.models_api import DraftChangeLog, LearningPackage
from user_tasks.models import UserTaskStatus


class ModulestoreSource(models.Model):
    """
    A course from which something was imported.

    .. no_pii:
    """

    key = LearningContextKeyField(max_length=255, unique=True)

    def __str__(self) -> str:
        return str(self.key)


class ModulestoreMigration(models.Model):
    """
    One import from one source. A task may have several.

    .. no_pii:
    """

    source = models.ForeignKey(ModulestoreSource, on_delete=models.CASCADE, related_name="migrations")
    composition_level = models.CharField(max_length=255)
    repeat_handling_strategy = models.CharField(max_length=24)
    preserve_url_slugs = models.BooleanField(default=False)
    target = models.ForeignKey(LearningPackage, on_delete=models.CASCADE)
    task_status = models.ForeignKey(UserTaskStatus, on_delete=models.RESTRICT, related_name="migrations")
    change_log = models.ForeignKey(DraftChangeLog, on_delete=models.SET_NULL, null=True)
    is_failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
