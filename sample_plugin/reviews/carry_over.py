"""
Carrying a verdict over a save that changed nothing, so that opening and saving an item costs nobody a second review.

Studio makes a new version at every save, and a review covers the version that was looked at and no other. Where the new
version says exactly what the old one said, what was reviewed is what is there, whoever saved it. And what was missing
is missing still: a request for changes is carried over like a review.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timezone
from typing import Any, Literal

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.transaction import atomic
from openedx_content.models_api import (
    ComponentVersion,
    ComponentVersionMedia,
    ContainerVersion,
    DraftChangeLogRecord,
    EntityListRow,
    PublishableEntityVersion,
    Section,
    Subsection,
    Unit,
)

from .locks import lock_publishes
from .models import ReviewedStatus, Verdict

__all__ = ["carry_over_reviews"]

# Rows per INSERT.
_BATCH_SIZE = 1_000


def _fields(path: str, model: type[Model], *, besides: set[str]) -> list[str]:
    return [path + field.attname for field in model._meta.concrete_fields if field.name not in besides]


# What a version says, by its kind. Not the fields that we know of today but all except those that tell one version from
# another: a field that core adds one day counts as well, rather than passing unseen. (Versions never change: core makes
# a version together with its files or children.)
_TITLE = _fields("", PublishableEntityVersion, besides={"id", "uuid", "entity", "version_num", "created", "created_by"})
_CONTENT = {
    # Files: each a path and a Media, of which core keeps one for each hash and media type.
    "componentversion": [
        *_TITLE,
        *_fields("componentversion__", ComponentVersion, besides={"publishable_entity_version", "component"}),
        *_fields(
            "componentversion__componentversionmedia__",
            ComponentVersionMedia,
            besides={"id", "component_version"},
        ),
    ],
    # Children: each a place in the order, an entity and, if pinned, a version of it.
    "containerversion": [
        *_TITLE,
        *_fields(
            "containerversion__",
            ContainerVersion,
            besides={"publishable_entity_version", "container", "entity_list"},
        ),
        *_fields("containerversion__entity_list__entitylistrow__", EntityListRow, besides={"id", "entity_list"}),
    ],
}
# Containers that say nothing else. Those of another plugin may, in tables that we do not know.
_CONTAINER_TYPES = {Unit.type_code, Subsection.type_code, Section.type_code}


@atomic
def carry_over_reviews(draft_change_log_id: int, /) -> None:
    """
    Repeat every verdict in force for the new version, wherever this change log has put in place one that says the same.

    That is: the same title, and for a component the same files, for a container the same children in the same order and
    pinned to the same versions. Any difference, or anything that is neither component nor unit, subsection or section,
    and nothing is carried over. Children are not looked into: they have reviews of their own.

    The new one has the same reviewer, verdict and note, and names the one that the reviewer gave as
    ``carried_over_from``. A reviewer's verdict in force on the new version is left as it is, so that a second call
    changes nothing; but a request for changes comes beside a review. Sends no event: nobody said anything.

    An unknown log carries nothing over: it may have gone since. All or nothing. Does not check permissions.

    One query if no change replaces a reviewed version, as when new items are imported; five if each brings a
    difference; otherwise eight, whatever the size of the log, and one for every 1,000 reviews (SQLite: 76).
    """
    # Joined by the log in each query: thousands of ids as parameters are too many for SQLite.
    records = DraftChangeLogRecord.objects.filter(
        Q(entity__component__isnull=False) | Q(entity__container__container_type__type_code__in=_CONTAINER_TYPES),
        Exists(ReviewedStatus.objects.in_force().filter(version=OuterRef("old_version"))),
        draft_change_log=draft_change_log_id,
        new_version__isnull=False,
    ).exclude(old_version=F("new_version"))
    changes = records.values(
        "pk", "old_version_id", "new_version_id", "new_version__version_num", "draft_change_log__learning_package_id"
    )
    if not changes:
        return
    # Compared here and not by the database, for which “Salt” and “salt” may be the same.
    old, new = _content(records, "old_version"), _content(records, "new_version")
    unchanged: dict[int | None, Any] = {
        change["old_version_id"]: change
        for change in changes
        if change["pk"] in old and old[change["pk"]] == new.get(change["pk"])
    }
    if not unchanged:
        return

    # Else a withdrawal that comes in between would take back a verdict and miss the copy, and a request for changes
    # would be made of what nobody sees any more. Both wait for this lock, and then look at what there is.
    lock_publishes(next(iter(unchanged.values()))["draft_change_log__learning_package_id"])
    reviews = list(ReviewedStatus.objects.in_force().filter(version__in=records.values("old_version")))
    there = defaultdict(list)
    for one in ReviewedStatus.objects.in_force().filter(version__in=records.values("new_version")):
        there[one.version_id].append(one)
    now = datetime.now(tz=timezone.utc)
    carried_over = []
    for review in reviews:
        change = unchanged.get(review.version_id)
        if change is None or any(_makes_needless(one, review) for one in there[change["new_version_id"]]):
            continue
        carried_over.append(
            ReviewedStatus(
                entity_id=review.entity_id,
                draft_change_log_record_id=change["pk"],
                version_id=change["new_version_id"],
                version_num=change["new_version__version_num"],
                reviewer_id=review.reviewer_id,
                verdict=review.verdict,
                note=review.note,
                carried_over_from_id=review.origin_id,
                created=now,
            )
        )
    # The reviewer may be marking the new version at this moment: the constraint keeps that.
    ReviewedStatus.objects.bulk_create(carried_over, batch_size=_BATCH_SIZE, ignore_conflicts=True)


def _makes_needless(there: ReviewedStatus, verdict: ReviewedStatus) -> bool:
    """Return whether ``verdict`` need not be carried over to where this one is."""
    if there.origin_id == verdict.origin_id:
        return True
    # Of people whose accounts are gone nobody knows who is who.
    is_by_same = there.reviewer_id is not None and there.reviewer_id == verdict.reviewer_id
    # A request is never given up for a review, which may be an older one.
    return is_by_same and (verdict.verdict == Verdict.REVIEWED or there.verdict == verdict.verdict)


def _content(
    records: QuerySet[DraftChangeLogRecord], side: Literal["old_version", "new_version"]
) -> dict[int, set[tuple[object, ...]]]:
    """
    Return what the versions on one side of these records say, by record. Two queries.

    What is neither component nor container is left out. A version without files or children says its title and Nones.
    """
    content = defaultdict(set)
    for kind, fields in _CONTENT.items():
        rows = records.filter(**{f"{side}__{kind}__isnull": False}).values_list(
            "pk", *(f"{side}__{field}" for field in fields)
        )
        for record_id, *part in rows:
            content[record_id].add((kind, *part))
    return dict(content)
