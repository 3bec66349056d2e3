"""
What the plugin does when openedx-core has saved something, or is about to.

The platform connects the receiver of an event, which ``apps.py`` names. :func:`install` connects those of Django's
signals.
"""

from __future__ import annotations

import logging
from typing import Any

from crum import get_current_user
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_save
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLog

from .gate import import_tasks
from .verdicts.carry_over import carry_over_reviews

__all__ = ["carry_over_reviews_after_save", "install"]

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


def install() -> None:
    """
    Have every change log get an author when it is made, and be known for an import if it is one. Safe to call again.

    Studio leaves the author of a change empty when a person pastes, deletes or restores a container, or imports
    (``changed_by`` of the ``DraftChangeLog``). Then that person could review the change. So an empty author is filled
    with the user of the current request, or of the import task that runs.
    """
    uid = "sample_plugin.reviews.receivers"
    pre_save.connect(_fill_author, sender=DraftChangeLog, dispatch_uid=uid)
    post_save.connect(_mark_import, sender=DraftChangeLog, dispatch_uid=uid)


def _fill_author(instance: DraftChangeLog, raw: bool = False, **kwargs: Any) -> None:
    """Fill in the person who acts, unless core was told of one. Never breaks a save: at worst the author is unknown."""
    if raw or not instance._state.adding or instance.changed_by_id is not None:
        return
    try:
        # The platform runs crum's CurrentRequestUserMiddleware. Outside of a request there is no user.
        user = get_current_user()
        user_id = user.pk if user is not None and user.is_authenticated else import_tasks.person()
        # An account that was deleted meanwhile would end the save with an error of the database.
        if user_id is not None and get_user_model().objects.filter(pk=user_id).exists():
            instance.changed_by_id = user_id
    except Exception:
        log.exception("The author of a draft change in learning package %s is unknown.", instance.learning_package_id)


def _mark_import(instance: DraftChangeLog, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Put imports on record. Never breaks a save: at worst an import is not shown as one thing."""
    if created and not raw:
        try:
            import_tasks.mark_as_import(instance)
        except Exception:
            log.exception("The draft change log %s is not shown as an import.", instance.pk)
