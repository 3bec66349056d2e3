"""
The gate: every publish of openedx-core passes through :func:`gated`, which ``core.py`` puts around core's function.

Core has no hook that runs before a publish and can refuse it. But all publishing goes through one function, which works
in one transaction. So the gate lets core do its work, the ``EntityPrePublish`` filter inspects what core wrote, and an
exception rolls everything back. The gate judges what would be committed, with all dependencies that core pulled in,
whatever happens to the drafts meanwhile. Every publish leaves a record of its judgement.

Rejected: signals on the log's records (newer cores write them in bulk, which sends no signals), and looking at the
drafts beforehand (they may change, and core adds dependencies). :func:`preflight` does look at the drafts, but can only
refuse. See docs/decisions/0002 and 0009.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db.transaction import atomic, get_rollback
from django.utils.translation import gettext as _
from openedx_content.models_api import LearningPackage, PublishLog

from ..filters import EntityPrePublish
from ..policy import is_review_required, lock_publishes
from . import import_tasks
from .judgement import judge, require_reviews_of_drafts, was_judged
from .refusals import logged_once

__all__ = ["UngatedPublish", "gated", "preflight", "refuse_ungated_publish"]

# The learning package whose publish has come through the gate and that core is publishing.
_in_core: ContextVar[LearningPackage.ID | None] = ContextVar("sample_plugin_reviews_in_core", default=None)


class UngatedPublish(EntityPrePublish.PreventPublish):
    """Raised for a publish by a function that was imported before the gate was in place."""

    default_code = "ungated_publish"


def gated(core_publish: Callable[..., PublishLog]) -> Callable[..., PublishLog]:
    """
    Wrap core's ``publish_from_drafts``, so that any step of ``EntityPrePublish`` can prevent the publish.

    The wrapped function raises what core raises, ``LearningPackage.DoesNotExist``, and
    ``EntityPrePublish.PreventPublish``; then nothing was published, and the caller's own transaction can continue. In
    one of the platform's import tasks it publishes nothing into a gated package, and returns an empty ``PublishLog``.
    """

    @functools.wraps(core_publish)
    def publish_from_drafts(learning_package_id: LearningPackage.ID, /, *args: Any, **kwargs: Any) -> PublishLog:
        with logged_once(), atomic():
            # Otherwise a review could be withdrawn between the judgement and the commit. And if two publishes run at
            # once, core may take an older version live again, or deadlock.
            policy = lock_publishes(learning_package_id)
            stays_drafts = import_tasks.stay_drafts(policy)
            token = _in_core.set(learning_package_id)
            try:
                publish = import_tasks.publish_nothing if stays_drafts else core_publish
                publish_log = publish(learning_package_id, *args, **kwargs)
            finally:
                _in_core.reset(token)
            # The object for the last judgement. From here on, other plugins' steps can change the object that core
            # returned.
            to_judge = PublishLog(pk=publish_log.pk, learning_package_id=learning_package_id)
            # If core runs this filter itself one day, its steps have already been asked.
            if not stays_drafts and not was_judged(publish_log):
                EntityPrePublish.run_filter(publish_log)
            if get_rollback():
                # A step has failed in the database, and openedx-filters has ignored that. The database has not: it
                # would roll back silently, and the caller would take the publish for a success.
                raise EntityPrePublish.PreventPublish(
                    _("Nothing was published: a step of the filter that runs before a publish has failed.")
                )
            # The last judgement. The filter can be configured so that the plugin's step is never asked (checks.py tells
            # the operator), and a later step can change what would be committed. If it cannot be put on record, the
            # publish is rolled back.
            judge(to_judge, policy)
        return publish_log

    publish_from_drafts._is_review_gate = True  # type: ignore[attr-defined]
    return publish_from_drafts


def preflight(core_publish_all: Callable[..., PublishLog]) -> Callable[..., PublishLog]:
    """
    Wrap core's ``publish_all_drafts``, so that it refuses before core does work that the gate would roll back.

    "Publish all" is refused most often, and the drafts show in advance what it would publish. So core need not publish
    thousands of items first, and other plugins' steps are not asked. This is not the gate: core calls
    ``publish_from_drafts`` next, which is.
    """

    @functools.wraps(core_publish_all)
    def publish_all_drafts(learning_package_id: LearningPackage.ID, /, *args: Any, **kwargs: Any) -> PublishLog:
        with logged_once():
            require_reviews_of_drafts(learning_package_id)
        return core_publish_all(learning_package_id, *args, **kwargs)

    publish_all_drafts._is_review_gate = True  # type: ignore[attr-defined]
    return publish_all_drafts


def refuse_ungated_publish(sender: type[PublishLog], instance: PublishLog, raw: bool = False, **kwargs: Any) -> None:
    """Raise ``UngatedPublish`` for a publish of a gated package that did not come through the gate."""
    if raw or not instance._state.adding:
        return
    if _in_core.get() == instance.learning_package_id:
        # Valid for one publish: code that core calls during this publish passes through the gate for the next one.
        _in_core.set(None)
        return
    if is_review_required(instance.learning_package_id):
        with logged_once():
            raise UngatedPublish(
                _(
                    "Nothing was published: this publish went around the review gate. Some code has imported "
                    "publish_from_drafts before the plugin sample_plugin.reviews was ready. There, import the module "
                    "(from openedx_content import api) and call api.publish_from_drafts instead."
                )
            )
