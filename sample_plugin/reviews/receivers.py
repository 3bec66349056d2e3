"""What the plugin does about core's events. ``apps.py`` names these functions, and the platform connects them."""

from __future__ import annotations

import logging
from typing import Any

from openedx_content import api as content_api

from .carry_over import carry_over_reviews

__all__ = ["carry_over_reviews_after_save"]

log = logging.getLogger(__name__)


def carry_over_reviews_after_save(*, change_log: content_api.signals.DraftChangeLogEventData, **kwargs: Any) -> None:
    """
    Carry reviews over to the new versions that say what the old ones said.

    A receiver of ``ENTITIES_DRAFT_CHANGED``, and so called after the commit of the save: a save and a publish in one
    transaction find the item unreviewed. Never raises: if something goes wrong the items need a second review, and the
    log says why.
    """
    try:
        carry_over_reviews(change_log.draft_change_log_id)
    except Exception:
        log.exception("No review was carried over for the draft change log %s.", change_log.draft_change_log_id)
