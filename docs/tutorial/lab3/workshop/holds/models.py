"""What the plugin stores: what is on hold, why, and who said so."""

from django.conf import settings
from django.db import models
from openedx_content.models_api import PublishableEntity
from openedx_django_lib.fields import manual_date_time_field


class Hold(models.Model):
    """
    An entity that somebody wants not to be published for now.

    .. pii: The reason is free text and may name people. The user is a foreign key.
    .. pii_types: other
    .. pii_retirement: retained
    """

    # One hold for each entity: the entity's key is ours. It goes when core deletes the entity.
    entity = models.OneToOneField(PublishableEntity, on_delete=models.CASCADE, primary_key=True, related_name="hold")
    reason = models.TextField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    placed_at = manual_date_time_field()

    def __str__(self) -> str:
        return f"{self.entity}: {self.reason}"
