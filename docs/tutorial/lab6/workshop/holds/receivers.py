"""What we do about the events of others. ``apps.py`` names these functions, and the platform connects them."""

import logging
from typing import Any

from sample_plugin.reviews.signals import EntityReviewsEventData

from .models import Hold

__all__ = ["mention_holds"]

log = logging.getLogger(__name__)


def mention_holds(*, reviews: EntityReviewsEventData, **kwargs: Any) -> None:
    """Write into the log that something was reviewed that is on hold: it will not be published all the same."""
    for hold in Hold.objects.filter(entity__in=[review.entity_id for review in reviews.reviews]):
        log.warning("Reviewed, and still on hold: %s", hold)
