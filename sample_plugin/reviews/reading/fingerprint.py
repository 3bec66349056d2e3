"""A fingerprint of everything that answers about a library depend on, and what is kept under it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timezone
from itertools import batched
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Count, Max, Model, OuterRef, QuerySet, Subquery
from openedx_content.models_api import (
    DraftChangeLog,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
    PublishLog,
)

from sample_plugin import __version__

from ..composed import composed_once
from ..conf import SETTINGS
from ..drafts.changes import changed_entities_in
from ..models import ReviewActivity, ReviewedStatus, ReviewRequest

__all__ = ["get_fingerprint", "kept_under"]

# SQLite rejects longer lists of ids.
_AT_ONCE = 500

# In seconds. What is kept longer is under a fingerprint that is not asked for any more, see _this_hour().
_KEEP = 3600


def get_fingerprint(*learning_package_ids: LearningPackage.ID) -> str:
    """
    Return a text that is another one whenever what the API says about these packages could be another.

    That is: :func:`get_package_overview`, :func:`find_changes`, :func:`get_queue` and, at the same ``as_of``,
    :func:`get_my_reviews`. They depend on

    * each package's key, title and policy, and the site's settings;
    * the drafts and what is live. Each change of a draft comes with a row of ``DraftChangeLog``, each publish with one
      of ``PublishLog``, in the same transaction;
    * verdicts, and requests for a review. Each transaction that changes any leaves a row of ``ReviewActivity``;
    * the people behind all of these. They may be renamed. If an account is deleted, the database empties the fields
      that named it.

    Everything else that they read is written once, together with one of these rows. In particular, core's versions
    never change, with all that is in them: a review of a version would be worth nothing otherwise.

    Counts are what makes it safe, because none of these rows is deleted while the package exists: every transaction
    that changes anything changes a count, in whichever order transactions are committed. The largest id alone would
    not: an id is given when a row is written, and a later one may be committed first. (A log that a bulk edit undoes is
    deleted in the transaction in which it was written, and nothing has changed then.) The largest ids and their times
    are there for a database that was restored from a backup: its counts come back, and then rise again to what they
    were.

    The text also changes every hour. So a change that leaves no row (SQL by hand, or a process that still runs the
    release before ``ReviewActivity``) is shown within the hour.

    Two queries for every 500 packages, which read the indexes of the logs. Five more for each new state, to find its
    people; these are kept in Django's cache. Does not check permissions.
    """
    parts = [_of_some(list(some)) for some in batched(learning_package_ids, _AT_ONCE)]
    return _digest([*(repr(setting.value) for setting in SETTINGS), _this_hour(), parts])


def kept_under[What](fingerprint: str | None, name: str, find: Callable[[], What]) -> What:
    """
    Return what was found under this fingerprint and name before, or find it now; never None.

    The cache may lose it at any time. It cannot give an old answer: get the fingerprint first, and find only what
    depends on nothing but the name, and on what the fingerprint covers. Without a fingerprint, nothing is kept.
    """
    if fingerprint is None:
        return find()
    key = f"sample_plugin_reviews:{_digest([__version__, fingerprint, name])}"
    kept: What | None = cache.get(key)
    if kept is None:
        kept = find()
        # Memcached refuses what is larger than a megabyte, and its clients raise errors of their own.
        with suppress(Exception):
            cache.set(key, kept, _KEEP)
    return kept


def _digest(parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _this_hour() -> datetime:
    return datetime.now(tz=timezone.utc).replace(minute=0, second=0, microsecond=0)


def _of_some(package_ids: list[LearningPackage.ID]) -> object:
    # First: if anything changes in between, the next fingerprint differs.
    state = _load_state(package_ids=package_ids)
    # With each new person, there is a new row in a log. Those whose accounts were deleted since are not found any more.
    logs = [row[: -len(_NOT_LOGS)] for row in state]
    people_ids = kept_under(_digest(logs), "people", lambda: _find_people(package_ids))
    people = get_user_model().objects.in_bulk(people_ids)
    return state, sorted((pk, user.get_username(), user.get_full_name(), user.is_active) for pk, user in people.items())


_POLICY = ("mode", "required_reviewers", "who_may_review", "review_starts", "changed_at")
_NOT_LOGS = ("package_ref", "title", *(f"review_policy__{name}" for name in _POLICY))


@composed_once(LearningPackage)
def _load_state(package_ids: Collection[LearningPackage.ID]) -> QuerySet[LearningPackage, Any]:
    logs = {
        **_of_log("drafts", DraftChangeLog, "changed_at"),
        **_of_log("publishes", PublishLog, "published_at"),
        **_of_log("reviews", ReviewActivity, "happened_at"),
    }
    packages = LearningPackage.objects.filter(pk__in=package_ids).order_by("pk").annotate(**logs)
    return packages.values_list("pk", *logs, *_NOT_LOGS)


def _of_log(name: str, log: type[Model], time: str) -> dict[str, Subquery]:
    """Return how many rows a package has in this log, and the id and the time of the newest."""

    def of_package(package: OuterRef) -> QuerySet[Any, Any]:
        return log._default_manager.filter(learning_package=package).order_by().values("learning_package")

    newest = of_package(OuterRef("pk")).annotate(newest=Max("pk")).values("newest")
    # By its id, rather than by the largest time: that would read each row.
    same = of_package(OuterRef(OuterRef("pk"))).annotate(newest=Max("pk")).values("newest")
    return {
        f"{name}_count": Subquery(of_package(OuterRef("pk")).annotate(count=Count("pk")).values("count")),
        f"{name}_newest": Subquery(newest),
        f"{name}_time": Subquery(log._default_manager.filter(pk=Subquery(same)).values(time)),
    }


def _find_people(package_ids: list[LearningPackage.ID]) -> list[int]:
    """Return the ids of all who are named by the packages' logs, or by what belongs to an unpublished change."""
    of_packages: dict[str, Any] = {"package_ids": package_ids}
    found = {
        person
        for find in (_authors_of_logs, _authors_of_versions, _authors_of_entities, _reviewers, _people_of_requests)
        for row in find(**of_packages)
        for person in row
    }
    return sorted(person for person in found if person is not None)


@composed_once(DraftChangeLog)
def _authors_of_logs(package_ids: Collection[LearningPackage.ID]) -> QuerySet[DraftChangeLog, Any]:
    logs = DraftChangeLog.objects.filter(learning_package__id__in=package_ids)
    return logs.order_by().values_list("changed_by").distinct()


@composed_once(PublishableEntityVersion)
def _authors_of_versions(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntityVersion, Any]:
    versions = PublishableEntityVersion.objects.filter(entity__in=_changed(package_ids))
    return versions.order_by().values_list("created_by").distinct()


@composed_once(PublishableEntity)
def _authors_of_entities(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntity, Any]:
    return changed_entities_in(package_ids).order_by().values_list("created_by").distinct()


@composed_once(ReviewedStatus)
def _reviewers(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ReviewedStatus, Any]:
    # Of what is published as well: a container may pin a version of it.
    verdicts = ReviewedStatus.objects.filter(entity__learning_package__id__in=package_ids)
    return verdicts.order_by().values_list("reviewer").distinct()


@composed_once(ReviewRequest)
def _people_of_requests(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ReviewRequest, Any]:
    requests = ReviewRequest.objects.filter(latest=True, entity__in=_changed(package_ids))
    return requests.order_by().values_list("requested_by", "reviewers").distinct()


def _changed(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntity, Any]:
    return changed_entities_in(package_ids).order_by().values("pk")
