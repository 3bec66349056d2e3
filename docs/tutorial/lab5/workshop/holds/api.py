"""
The Python API: the one door to this plugin. Does not check permissions: whoever lets a request in does.

Ids are primary keys, as in ``openedx_content.api``.
"""

from datetime import datetime, timezone

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishLog

from .models import Hold

__all__ = ["get_holds", "get_holds_in_publish", "lift_hold", "place_hold"]


def place_hold(entity_id: PublishableEntity.ID, /, *, placed_by_id: int, reason: str) -> Hold:
    """
    Put the entity on hold, and return the hold. One that is on hold already stays so, for the reason given first.

    Three queries. Raises:
        PublishableEntity.DoesNotExist: no such entity.
        ValidationError: there is no reason, or one that is longer than ``HOLDS_REASON_MAX_LENGTH``.
    """
    if not 0 < len(reason.strip()) <= settings.HOLDS_REASON_MAX_LENGTH:
        raise ValidationError(f"Say why, in at most {settings.HOLDS_REASON_MAX_LENGTH} characters.")
    entity = PublishableEntity.objects.get(pk=entity_id)
    hold, _created = Hold.objects.get_or_create(
        entity=entity,
        defaults={"reason": reason, "placed_by_id": placed_by_id, "placed_at": datetime.now(tz=timezone.utc)},
    )
    return hold


def lift_hold(entity_id: PublishableEntity.ID, /) -> None:
    """Let the entity be published again. One query. Raises ``Hold.DoesNotExist``."""
    deleted, _by_model = Hold.objects.filter(entity_id=entity_id).delete()
    if not deleted:
        raise Hold.DoesNotExist("It is not on hold.")


def get_holds(learning_package_id: LearningPackage.ID, /) -> QuerySet[Hold]:
    """Return the holds in this learning package, in the order of their entities. One query, when they are read."""
    return Hold.objects.filter(entity__learning_package_id=learning_package_id).order_by("entity")


def get_holds_in_publish(publish_log: PublishLog, /) -> QuerySet[Hold]:
    """
    Return the holds on what this publish would take live. One query, when they are read, however large the publish is.

    Records in which the version stays the same are side effects on parents: nothing of theirs changes.
    """
    records = publish_log.records.exclude(old_version=F("new_version"))
    return Hold.objects.filter(entity__in=records.values("entity")).order_by("entity")
