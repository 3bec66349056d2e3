"""
The interface to openedx-core: everything that is published passes through here.

Core has no hook that runs before a publish and can refuse it. But all publishing goes through one function, which works
in one transaction. So :func:`install` wraps that function in :func:`gated`: core does its work, the
``EntityPrePublish`` filter inspects what core wrote, and an exception rolls everything back. The gate judges what would
be committed, with all dependencies that core pulled in, whatever happens to the drafts meanwhile.

Rejected: signals on the log's records (newer cores write them in bulk, which sends no signals), and looking at the
drafts beforehand (they may change, and core adds dependencies). :func:`preflight` does look at the drafts, but can only
refuse. See docs/decisions/0002 and 0009.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import pre_save
from django.db.transaction import atomic, get_rollback
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.applets.backup_restore.zipper import LearningPackageUnzipper
from openedx_content.applets.publishing import api as core_publishing
from openedx_content.models_api import LearningPackage, PublishLog

from ..filters import EntityPrePublish
from ..locks import lock_publishes
from ..policy import is_review_required
from . import exemptions, import_tasks
from .judgement import require_review, require_reviews_of_drafts, was_judged
from .refusals import logged_once

__all__ = ["UngatedPublish", "gated", "has_tripwire", "install", "preflight", "wraps_core"]

_TRIPWIRE = "sample_plugin.reviews.gate.wrapper.refuse_ungated_publish"

_core_load = LearningPackageUnzipper.load

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
            lock_publishes(learning_package_id)
            token = _in_core.set(learning_package_id)
            try:
                if import_tasks.stay_drafts(learning_package_id):
                    return import_tasks.publish_nothing(learning_package_id, *args, **kwargs)
                publish_log = core_publish(learning_package_id, *args, **kwargs)
            finally:
                _in_core.reset(token)
            # The object for the last judgement. From here on, other plugins' steps can change the object that core
            # returned.
            to_judge = PublishLog(pk=publish_log.pk, learning_package_id=learning_package_id)
            # If core runs this filter itself one day, its steps have already been asked.
            if not was_judged(publish_log):
                EntityPrePublish.run_filter(publish_log)
            if get_rollback():
                # A step has failed in the database, and openedx-filters has ignored that. The database has not: it
                # would roll back silently, and the caller would take the publish for a success.
                raise EntityPrePublish.PreventPublish(
                    _("Nothing was published: a step of the filter that runs before a publish has failed.")
                )
            # The last judgement. The filter can be configured so that the plugin's step is never asked (checks.py tells
            # the operator), and a later step can change what would be committed.
            require_review(to_judge)
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


@functools.wraps(_core_load)
def load(self: LearningPackageUnzipper) -> dict[str, Any]:
    """Restore a backup as openedx-core does; what was live in the backup goes live again without a review."""
    with exemptions.restoring(self):
        return _core_load(self)


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


def install() -> None:
    """Put the gate in place. Safe to call again."""
    pre_save.connect(refuse_ungated_publish, sender=PublishLog, dispatch_uid=_TRIPWIRE)
    # In both modules: publish_all_drafts finds the other function in its own module, and all other code finds it in the
    # public one. Another plugin may have replaced it before; then the replacement is wrapped.
    for module in (core_publishing, content_api):
        for name, wrap in (("publish_from_drafts", gated), ("publish_all_drafts", preflight)):
            if not _leads_through_gate(getattr(module, name)):
                setattr(module, name, wrap(getattr(module, name)))
    # On the class, so that it also works for a load_learning_package that was imported before.
    LearningPackageUnzipper.load = load  # type: ignore[method-assign]


def wraps_core() -> bool:
    """Return whether every name under which core offers ``publish_from_drafts`` leads through the gate."""
    return all(_leads_through_gate(module.publish_from_drafts) for module in (core_publishing, content_api))


def _leads_through_gate(function: Any) -> bool:
    while function is not None:
        if getattr(function, "_is_review_gate", False):
            return True
        function = getattr(function, "__wrapped__", None)
    return False


def has_tripwire() -> bool:
    """Return whether a publish that goes around the gate would be refused."""
    return (_TRIPWIRE, id(PublishLog)) in (receiver[0] for receiver in pre_save.receivers)
