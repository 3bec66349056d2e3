"""
Find contributors: who changed an entity between what is live and what its draft shows.

Contributors do not review that change. openedx-core records the draft changes of an entity, one
``DraftChangeLogRecord`` for each. Two things make these records harder to read than they look. First, an author can
take a draft (back) to a version that was made earlier, so the people behind that version have to be found as well.
Second, a bulk edit keeps one record however often it changed the entity, so some versions have no record at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import (
    Case,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from openedx_content.models_api import (
    DraftChangeLogRecord,
    PublishableEntity,
)

from ..composed import composed_once
from ..conf import WhoMayReview
from ..models import has_been_live
from .changes import draft_changes
from .unchanged import changed_nothing, find_kept

__all__ = [
    "Contributions",
    "History",
    "author_of_draft",
    "edited_at",
    "get_contributors",
    "latest_edit",
    "load_histories",
    "people_behind",
]

# Entity ids, or a query for entity ids.
type Entities = Collection[PublishableEntity.ID] | QuerySet[Any, Any]


def get_contributors(entity_ids: Entities, /) -> dict[PublishableEntity.ID, frozenset[int]]:
    """
    Return, by entity id, the ids of the users who changed each entity between what is live and what its draft shows.

    The contributors of a change are the user on its ``DraftChangeLog`` and the ``created_by`` of the version that it
    put in place. For a first version, if neither is known, it is the ``created_by`` of the entity. Saves that changed
    nothing and side effects of a child's change add no contributors. Neither do changes that were discarded (by taking
    the draft back to what is live), unless a later version has kept a part of them. Leaves out deleted users, and
    authors that openedx-core does not know.

    Empty for an entity without an unpublished change; ids that do not exist are missing. Two queries for any number of
    entities. The ids go into the queries, so pass a query for the ids of a whole library. Does not check permissions.
    """
    return {
        entity_id: frozenset(history.of_draft().changed_at) for entity_id, history in load_histories(entity_ids).items()
    }


@dataclass(frozen=True, slots=True)
class Contributions:
    """The contributors to a change that is not live yet."""

    changed_at: dict[int, datetime] = field(default_factory=dict)
    """When each contributor last changed it."""
    last_editors: frozenset[int] = frozenset()
    """The contributors to the latest of the changes: the user on its change log, and its version's ``created_by``."""

    def forbid(self, user_id: int | None, rule: WhoMayReview) -> bool:
        """Return whether this rule forbids this person to review the change, because they contributed to it."""
        match rule:
            case WhoMayReview.ANYBODY:
                return False
            case WhoMayReview.NOT_LAST_EDITOR:
                return user_id in self.last_editors
            case _:
                return user_id in self.changed_at


@dataclass(frozen=True, slots=True)
class _Record:
    """A change of the draft. Side effects, which put nothing in place, are not included."""

    id: int
    old: int | None
    new: int | None
    changed_by: int | None
    changed_at: datetime
    changed_nothing: bool


@dataclass(frozen=True, slots=True)
class _Version:
    num: int
    created_by: int | None
    created: datetime


@dataclass(frozen=True, slots=True)
class _Origin:
    """The origin of a version."""

    maker: _Record | None
    """The change that made it; for the versions that a bulk edit made on the way, the one record that core kept."""
    made_of: int | None
    """The version that its author started from."""
    discarded: int | None
    """The version that core made it from, if the draft showed another one by then."""


@dataclass(slots=True)
class History:
    """All changes of one entity's draft that core has recorded, and what is live."""

    created_by: int | None
    draft: int | None
    live: int | None
    records: list[_Record] = field(default_factory=list)
    """Oldest first."""
    versions: dict[int, _Version] = field(default_factory=dict)
    been_live: set[int] = field(default_factory=set)
    """Versions that are live or once were."""
    kept: set[int] = field(default_factory=set)
    """Versions that have kept a part of the version before, which was discarded."""

    def author(self) -> tuple[int | None, datetime | None]:
        """
        Return who last changed what the draft shows, and when; None for an author that core does not know.

        The same as :func:`author_of_draft`, for an entity whose history is loaded.
        """
        for record in reversed(self.records):
            if not record.changed_nothing:
                return self.author_of(record), record.changed_at
        # Core has no record of how the version became the draft.
        version = self.versions.get(self.draft or 0)
        return (self._creator(self.draft), version.created) if version else (None, None)

    def author_of(self, record: _Record) -> int | None:
        """Return who made this change; None for an author that core does not know."""
        return record.changed_by or self._creator(record.new)

    def of_draft(self) -> Contributions:
        """Return the contributors to what the draft shows; none if that is live."""
        if self.draft == self.live:
            return Contributions()
        # All changes since the draft last showed what is live. Earlier changes were published or discarded.
        since = 0
        for position, record in enumerate(self.records):
            if record.new == self.live:
                since = position + 1
        return self._behind(self.records[since:], self.draft)

    def of(self, version_id: int | None) -> Contributions:
        """Return the contributors to this version, or to the deletion, whether or not the draft shows it."""
        if version_id == self.draft != self.live:
            return self.of_draft()
        return self._behind([record for record in self.records if record.new == version_id], version_id)

    def _behind(self, changes: Iterable[_Record], shown: int | None) -> Contributions:
        """Return the contributors to these changes, and to the versions that they put in place."""
        found = {record.id: record for record in changes}
        # Versions without a record of their own, each with the record of the bulk edit that made it, if any.
        unnamed: dict[int, _Record | None] = {}
        origins = self._origins()

        # Go from each version to the one that it was made from, down to one that has been live.
        to_visit = {record.new for record in found.values()} | {shown}
        visited: set[int | None] = {None} | self.been_live
        while to_visit - visited:
            version_id = (to_visit - visited).pop()
            visited.add(version_id)
            origin = origins.get(version_id or 0)
            if origin is None:
                continue
            if origin.maker is not None and origin.maker.new == version_id:
                found[origin.maker.id] = origin.maker
            else:
                unnamed[version_id or 0] = origin.maker
            to_visit.add(origin.made_of)
            if version_id in self.kept:
                to_visit.add(origin.discarded)

        # Who made what, oldest first: ordered by record, and within a bulk edit by the number of the version.
        made: list[tuple[int, int, set[int], datetime]] = []
        for version_id, maker in unnamed.items():
            version = self.versions[version_id]
            people = self._people_behind(version_id, maker.changed_by if maker else None)
            made.append((maker.id if maker else 0, version.num, people, maker.changed_at if maker else version.created))
        for record in found.values():
            if not record.changed_nothing:
                num = self.versions[record.new].num if record.new in self.versions else 0
                people = self._people_behind(record.new, record.changed_by)
                made.append((record.id, num, people, record.changed_at))
        contributions = Contributions()
        for _record_id, _num, people, changed_at in sorted(made, key=lambda one: one[:2]):
            for person in people:
                contributions.changed_at[person] = max(changed_at, contributions.changed_at.get(person, changed_at))
            contributions = replace(contributions, last_editors=frozenset(people))
        return contributions

    def saves_after_discard(self) -> Iterator[tuple[int, int, int]]:
        """Yield for each version made after a discard: what the draft showed, what was discarded, the version."""
        for version_id, origin in self._origins().items():
            if origin.made_of is not None and origin.discarded is not None:
                yield origin.made_of, origin.discarded, version_id

    def _origins(self) -> dict[int, _Origin]:
        """
        Return the origin of each version.

        Its author started from what the draft showed. Within a bulk edit that is the version before it. The same is
        true after a deletion, when the draft showed no version.
        """
        makers = self._makers()
        origins: dict[int, _Origin] = {}
        before: int | None = None
        maker_before: _Record | None = None
        for version_id in sorted(self.versions, key=lambda one: self.versions[one].num):
            maker = _first_from(makers, self.versions[version_id].num)
            if before is None or maker is None or maker.old is None or maker is maker_before:
                origins[version_id] = _Origin(maker, made_of=before, discarded=None)
            else:
                discarded = None if before == maker.old else before
                origins[version_id] = _Origin(maker, made_of=maker.old, discarded=discarded)
            before, maker_before = version_id, maker
        return origins

    def _makers(self) -> list[tuple[int, _Record]]:
        """
        Return the records that made versions, each with the number of the latest version that it made.

        Core numbers versions as it makes them. So a record that puts a higher number in place than all records before
        has made that version and, as a bulk edit, the versions between. A record that puts a lower number in place has
        brought that version back.
        """
        makers: list[tuple[int, _Record]] = []
        for record in self.records:
            num = self.versions[record.new].num if record.new in self.versions else 0
            if num > (makers[-1][0] if makers else 0):
                makers.append((num, record))
        return makers

    def _people_behind(self, version_id: int | None, changed_by: int | None) -> set[int]:
        """Return the users on the change log and the version; for a first version without any, the entity's creator."""
        version = self.versions.get(version_id or 0)
        return people_behind(
            changed_by, version.created_by if version else None, version.num if version else 0, self.created_by
        )

    def _creator(self, version_id: int | None) -> int | None:
        """Return the creator of a version; for a first version without one, the entity's creator."""
        version = self.versions.get(version_id or 0)
        if version is None:
            return None
        return version.created_by or (self.created_by if version.num == 1 else None)


def people_behind(
    changed_by: int | None, created_by: int | None, version_num: int | None, entity_created_by: int | None
) -> set[int]:
    """Return the contributors to one change: of its log, its version and, for a first version, the entity."""
    people = {changed_by, created_by} - {None}
    if not people and version_num == 1:
        people = {entity_created_by} - {None}
    return {person for person in people if person is not None}


def _first_from(makers: list[tuple[int, _Record]], num: int) -> _Record | None:
    """Return the record that made the version with this number; None if core has no such record."""
    position = bisect_left(makers, num, key=itemgetter(0))
    return makers[position][1] if position < len(makers) else None


def load_histories(entity_ids: Entities) -> dict[PublishableEntity.ID, History]:
    """Return the histories of these entities. Two queries, and three for every 200 saves after a discard."""
    histories: dict[PublishableEntity.ID, History] = {}
    for entity_id, created_by, draft, live, version_id, was_live, *version in _load_versions(entity_ids=entity_ids):
        history = histories.setdefault(entity_id, History(created_by, draft, live))
        if version_id is not None:
            history.versions[version_id] = _Version(*version)
        if was_live:
            history.been_live.add(version_id)
    for entity_id, *record in _load_records(entity_ids=entity_ids):
        if entity_id in histories:
            histories[entity_id].records.append(_Record(*record))
    kept = find_kept([save for history in histories.values() for save in history.saves_after_discard()])
    for history in histories.values():
        history.kept = kept & history.versions.keys()
    return histories


@composed_once(PublishableEntity)
def _load_versions(entity_ids: Entities) -> QuerySet[PublishableEntity, Any]:
    """Return a row for each version, or one with NULL for an entity without any."""
    version = ("version_num", "created_by", "created")
    return (
        PublishableEntity.objects.filter(pk__in=entity_ids)
        .annotate(was_live=has_been_live("versions"))
        .values_list(
            "pk",
            "created_by",
            "draft__version",
            "published__version",
            "versions",
            "was_live",
            *(f"versions__{name}" for name in version),
        )
    )


@composed_once(DraftChangeLogRecord)
def _load_records(entity_ids: Entities) -> QuerySet[DraftChangeLogRecord, Any]:
    # Not entity__in: Django's look-up for a foreign key takes no expressions in a list.
    records = draft_changes().filter(entity__id__in=entity_ids).annotate(nothing=changed_nothing()).order_by("pk")
    log = "draft_change_log__"
    columns = ("old_version", "new_version", f"{log}changed_by", f"{log}changed_at", "nothing")
    return records.values_list("entity", "pk", *columns)


def author_of_draft() -> NullIf:
    """
    Return the id of the user who last changed what the draft of a ``PublishableEntity`` shows.

    That is the user on the change log or, if core does not know one, the ``created_by`` of the version. NULL for an
    unknown author.
    """
    changes = _edits().annotate(
        author=Coalesce(
            "draft_change_log__changed_by",
            "new_version__created_by",
            Case(When(Q(new_version__version_num=1), then=F("entity__created_by"))),
            # An unknown author. Not the creator of the draft's version: that may be a save that changed nothing.
            0,
        )
    )
    # Core may have no record of how a version became the draft; then only the version can name its creator.
    creator_of_first = Case(When(Q(draft__version__version_num=1), then=F("created_by")))
    return NullIf(
        Coalesce(Subquery(changes.values("author")[:1]), F("draft__version__created_by"), creator_of_first), 0
    )


def latest_edit() -> Subquery:
    """Return the id of the latest change of a ``PublishableEntity`` that was not a save that changed nothing."""
    return Subquery(_edits().values("pk")[:1])


def edited_at() -> Coalesce:
    """
    Return when the draft of a ``PublishableEntity`` was last changed. A save that changed nothing does not count.

    The same as :meth:`History.author` says, and never NULL where there is a draft.
    """
    # Core may have no record of how a version became the draft.
    return Coalesce(Subquery(_edits().values("draft_change_log__changed_at")[:1]), F("draft__version__created"))


def _edits() -> QuerySet[DraftChangeLogRecord]:
    return draft_changes().filter(~changed_nothing(), entity=OuterRef("pk")).order_by("-pk")
