"""A fingerprint of everything that answers about a library depend on, in a few small queries."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from itertools import batched
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, QuerySet, Value
from openedx_content.models_api import (
    ContainerVersion,
    DraftChangeLog,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
    PublishLog,
)

from ..composed import composed_once
from ..conf import SETTINGS
from ..drafts.changes import changed_entities_in
from ..models import ReviewedStatus, ReviewRequest

__all__ = ["get_fingerprint"]

# SQLite rejects longer lists of ids.
_AT_ONCE = 500


def get_fingerprint(*learning_package_ids: LearningPackage.ID) -> str:
    """
    Return a text that is another one whenever what the API says about these packages could be another.

    That is: :func:`get_package_overview`, :func:`get_queue` and, at the same ``as_of``, :func:`get_my_reviews`. They
    depend on

    * each package's key, title and policy, and the site's settings;
    * the drafts and what is live. Each change of a draft comes with a row of ``DraftChangeLog``, each publish with one
      of ``PublishLog``, in the same transaction;
    * the verdicts on unpublished changes, and whether they are in force, have lost their reviewer, their version or
      their change. If a container pins a version, verdicts on any item of the packages: the pinned one may have no
      unpublished change;
    * the last request for a review of each unpublished change, and its people. A new request has another id, and one
      that is withdrawn is no longer found, nor are people whose accounts were deleted;
    * the authors, on each log, version and entity. They may be renamed; if an account is deleted, core empties these
      fields.

    Everything else that they read is written once, together with one of these rows. In particular, core's versions
    never change, with all that is in them: a review of a version would be worth nothing otherwise.

    Counts are what makes it safe, because none of these rows is deleted while the package exists, and no field that was
    emptied, or verdict that was withdrawn, comes back: every transaction that changes anything changes a count, in
    whichever order transactions are committed. The largest id alone would not: an id is given when a row is written,
    and a later one may be committed first. (A log that a bulk edit undoes is deleted in the transaction in which it was
    written, and nothing has changed then.) The largest ids and times are there for a database that was restored from a
    backup: its counts come back, and then rise again to what they were.

    Nine queries for every 500 packages; ten if a container pins a version. They read the packages' logs, and what
    belongs to their unpublished changes. Does not check permissions.
    """
    parts = [_of_some(list(some)) for some in batched(learning_package_ids, _AT_ONCE)]
    settings = [repr(setting.value) for setting in SETTINGS]
    return hashlib.sha256(repr((settings, parts)).encode()).hexdigest()


def _of_some(package_ids: list[LearningPackage.ID]) -> object:
    of_packages: dict[str, Any] = {"package_ids": package_ids}
    # The logs first: they say which changes are unpublished. If that changes in between, the next fingerprint differs.
    logs = sorted(_count_logs(**of_packages), key=repr)
    publishes = _count_publishes(**of_packages)
    verdicts = [_count_verdicts(**of_packages)]
    if _find_pins(**of_packages):
        verdicts.append(_count_all_verdicts(**of_packages))
    authors = {author for author, *_counts in logs}
    for find in (_find_authors_of_versions, _find_authors_of_entities):
        authors.update(author for (author,) in find(**of_packages))
    requests = sorted(_find_requests(**of_packages), key=repr)
    authors.update(person for *_request, author, reviewer in requests for person in (author, reviewer))
    people = get_user_model().objects.in_bulk(authors - {None})
    return (
        _load_packages(**of_packages),
        logs,
        publishes,
        verdicts,
        requests,
        sorted((pk, user.get_username(), user.get_full_name(), user.is_active) for pk, user in people.items()),
    )


@composed_once(LearningPackage)
def _load_packages(package_ids: Collection[LearningPackage.ID]) -> QuerySet[LearningPackage, Any]:
    policy = ("mode", "required_reviewers", "who_may_review", "review_starts", "changed_at")
    packages = LearningPackage.objects.filter(pk__in=package_ids).order_by("pk")
    return packages.values_list("pk", "package_ref", "title", *(f"review_policy__{name}" for name in policy))


@composed_once(DraftChangeLog)
def _count_logs(package_ids: Collection[LearningPackage.ID]) -> QuerySet[DraftChangeLog, Any]:
    logs = DraftChangeLog.objects.filter(learning_package__id__in=package_ids).order_by().values("changed_by")
    return logs.annotate(count=Count("pk"), newest=Max("pk"), latest=Max("changed_at")).values_list(
        "changed_by", "count", "newest", "latest"
    )


@composed_once(PublishLog)
def _count_publishes(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishLog, Any]:
    logs = PublishLog.objects.filter(learning_package__id__in=package_ids).order_by().values(all=Value(1))
    return logs.annotate(count=Count("pk"), newest=Max("pk"), latest=Max("published_at")).values_list(
        "count", "newest", "latest"
    )


@composed_once(PublishableEntityVersion)
def _find_authors_of_versions(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntityVersion, Any]:
    versions = PublishableEntityVersion.objects.filter(entity__in=_changed(package_ids))
    return versions.order_by().values_list("created_by").distinct()


@composed_once(PublishableEntity)
def _find_authors_of_entities(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntity, Any]:
    return changed_entities_in(package_ids).order_by().values_list("created_by").distinct()


@composed_once(ReviewedStatus)
def _count_verdicts(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ReviewedStatus, Any]:
    return _counted(ReviewedStatus.objects.filter(entity__in=_changed(package_ids)))


@composed_once(ReviewedStatus)
def _count_all_verdicts(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ReviewedStatus, Any]:
    return _counted(ReviewedStatus.objects.filter(entity__learning_package__id__in=package_ids))


def _counted(verdicts: QuerySet[ReviewedStatus]) -> QuerySet[ReviewedStatus, Any]:
    # Of a field that may be empty, Count() counts the rows in which it is not.
    fields = ("pk", "in_force", "reviewer", "version", "draft_change_log_record", "carried_over_from")
    counts = {f"{name}_count": Count(name) for name in fields}
    largest = {"newest": Max("pk"), "latest": Max("created"), "latest_withdrawal": Max("withdrawn_at")}
    # One row, as from aggregate(): a constant is nothing to group by.
    return verdicts.order_by().values(all=Value(1)).annotate(**counts, **largest).values_list(*counts, *largest)


@composed_once(ReviewRequest)
def _find_requests(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ReviewRequest, Any]:
    requests = ReviewRequest.objects.filter(latest=True, entity__in=_changed(package_ids)).order_by()
    return requests.values_list("pk", "created", "draft_change_log_record", "requested_by", "reviewers")


@composed_once(ContainerVersion)
def _find_pins(package_ids: Collection[LearningPackage.ID]) -> QuerySet[ContainerVersion, Any]:
    return ContainerVersion.objects.filter(
        publishable_entity_version__draft__entity__in=_changed(package_ids),
        entity_list__entitylistrow__entity_version__isnull=False,
    ).values_list("pk")[:1]


def _changed(package_ids: Collection[LearningPackage.ID]) -> QuerySet[PublishableEntity, Any]:
    return changed_entities_in(package_ids).order_by().values("pk")
