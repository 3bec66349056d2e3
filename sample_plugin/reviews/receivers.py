"""
Receivers that run when openedx-core has saved something, or is about to.

The platform connects the event's receiver, which ``apps.py`` names. :func:`install` connects the receivers of Django's
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
    Carry reviews over to new versions with the same content as the old ones.

    Receives ``ENTITIES_DRAFT_CHANGED``, so it runs after the commit of the save: a save and a publish in one
    transaction find the item unreviewed. Never raises: if something goes wrong, the items need a second review, and the
    log gives the reason.
    """
    try:
        carry_over_reviews(change_log.draft_change_log_id)
    except Exception:
        log.exception("No review was carried over for the draft change log %s.", change_log.draft_change_log_id)


def install() -> None:
    """
    Fill in the author of every new change log, and mark it if it is an import. Safe to call again.

    Studio leaves the author of a change empty (``changed_by`` of the ``DraftChangeLog``) when a person pastes, deletes
    or restores a container, or imports. Then that person could review the change. So the plugin fills an empty author
    with the user of the current request, or of the running import task.
    """
    uid = "sample_plugin.reviews.receivers"
    pre_save.connect(_fill_author, sender=DraftChangeLog, dispatch_uid=uid)
    post_save.connect(_mark_import, sender=DraftChangeLog, dispatch_uid=uid)


def _fill_author(instance: DraftChangeLog, raw: bool = False, **kwargs: Any) -> None:
    """Fill in the acting user if core has no author. Never breaks a save: at worst the author is unknown."""
    if raw or not instance._state.adding or instance.changed_by_id is not None:
        return
    try:
        # The platform runs crum's CurrentRequestUserMiddleware. Outside of a request there is no user.
        user = get_current_user()
        user_id = user.pk if user is not None and user.is_authenticated else import_tasks.person()
        # The id of an account that was deleted meanwhile would make the save fail with a database error.
        if user_id is not None and get_user_model().objects.filter(pk=user_id).exists():
            instance.changed_by_id = user_id
    except Exception:
        log.exception("The author of a draft change in learning package %s is unknown.", instance.learning_package_id)


def _mark_import(instance: DraftChangeLog, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record imports. Never breaks a save: at worst an import is not shown as one thing."""
    if created and not raw:
        try:
            import_tasks.mark_as_import(instance)
        except Exception:
            log.exception("The draft change log %s is not shown as an import.", instance.pk)
