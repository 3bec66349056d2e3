"""What we do about the events of other plugins. ``apps.py`` names these functions, and the platform connects them."""

from __future__ import annotations

from typing import Any

from sample_plugin.reviews.signals import EntityReviewsEventData

from .tasks import tell_authors

__all__ = ["tell_authors_after_review"]


def tell_authors_after_review(*, reviews: EntityReviewsEventData, **kwargs: Any) -> None:
    """Queue the e-mails. Whoever has given the review waits until this returns."""
    record_ids = [review.draft_change_log_record_id for review in reviews.reviews]
    tell_authors.delay([record_id for record_id in record_ids if record_id is not None])
