"""
Who changed an entity between what is live and what its draft shows: those people do not review that change.

openedx-core keeps the draft changes of an entity, one ``DraftChangeLogRecord`` for each. Two things make reading them
harder than it looks. A draft can be taken (back) to a version that was made earlier, so the people behind that version
have to be found as well. And a bulk edit keeps one record however often it changed the entity, so that some versions
have no record at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from openedx_content.models_api import PublishableEntity, PublishableEntityVersion, PublishLogRecord

from ..models import WhoMayReview
from .changes import draft_changes
from .unchanged import changed_nothing, find_kept

__all__ = ["Contributions", "History", "author_of_draft", "get_contributors", "load_histories"]

# Entities by their ids, or by a query for their ids.
type Entities = Collection[PublishableEntity.ID] | QuerySet[Any, Any]


def get_contributors(entity_ids: Entities, /) -> dict[PublishableEntity.ID, frozenset[int]]:
    """
    Return, by entity id, the ids of the users who changed each entity between what is live and what its draft shows.

    A contributor is the user on the ``DraftChangeLog`` of a change as well as the ``created_by`` of the version that it
    put in place; of a first version for which neither is known, the ``created_by`` of the entity. Saves that changed
    nothing, side effects of a child's change, and changes that were discarded (by taking the draft back to what is
    live) add nobody, unless a later version has kept something of what was discarded. Users who were deleted are left
    out, and so is an author whom openedx-core was not told of.

    Empty for an entity without an unpublished change; ids that do not exist are missing. Four queries for any number of
    entities; ids go into the queries, so give a query for the ids of a whole library. Does not check permissions.
    """
    return {
        entity_id: frozenset(history.of_draft().changed_at) for entity_id, history in load_histories(entity_ids).items()
    }


@dataclass(frozen=True, slots=True)
class Contributions:
    """Who made a change that is not live yet."""

    changed_at: dict[int, datetime] = field(default_factory=dict)
    """When each contributor last changed it."""
    last_editors: frozenset[int] = frozenset()
    """Who made the latest of the changes: the user on its change log, and whom its version names."""

    def forbid(self, user_id: int | None, rule: WhoMayReview) -> bool:
        """Return whether this person may not review the change under this rule, for having changed it."""
        match rule:
            case WhoMayReview.ANYBODY:
                return False
            case WhoMayReview.NOT_LAST_EDITOR:
                return user_id in self.last_editors
            case _:
                return user_id in self.changed_at


@dataclass(frozen=True, slots=True)
class _Record:
    """A change of the draft. Side effects, which put nothing in place, are not among these."""

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
    """Where a version came from."""

    maker: _Record | None
    """The change that made it; of the versions that a bulk edit made on the way, the one record that is kept of it."""
    made_of: int | None
    """The version that its author started from."""
    discarded: int | None
    """The version of which core made it, if the draft showed another one by then."""


@dataclass(slots=True)
class History:
    """All changes of one entity's draft, as far as core has them on record, and what is live of it."""

    created_by: int | None
    draft: int | None
    live: int | None
    records: list[_Record] = field(default_factory=list)
    """Oldest first."""
    versions: dict[int, _Version] = field(default_factory=dict)
    been_live: set[int] = field(default_factory=set)
    """Versions that are live or once were."""
    kept: set[int] = field(default_factory=set)
    """Versions that have kept something of the one before, which was discarded."""

    def author(self) -> tuple[int | None, datetime | None]:
        """
        Return who last changed what the draft shows, and when; None for an author whom core was not told of.

        The same as :func:`author_of_draft`, for an entity whose history is at hand.
        """
        for record in reversed(self.records):
            if not record.changed_nothing:
                return record.changed_by or self._creator(record.new), record.changed_at
        # Core has kept no record of how the version became the draft.
        version = self.versions.get(self.draft or 0)
        return (self._creator(self.draft), version.created) if version else (None, None)

    def of_draft(self) -> Contributions:
        """Return who made what the draft shows; nothing if that is live."""
        if self.draft == self.live:
            return Contributions()
        # All changes since the draft last showed what is live. What was done before that was published or discarded.
        since = 0
        for position, record in enumerate(self.records):
            if record.new == self.live:
                since = position + 1
        return self._behind(self.records[since:], self.draft)

    def of(self, version_id: int | None) -> Contributions:
        """Return who made this version, or the deletion, be it what the draft shows or not (any more)."""
        if version_id == self.draft != self.live:
            return self.of_draft()
        return self._behind([record for record in self.records if record.new == version_id], version_id)

    def _behind(self, changes: Iterable[_Record], shown: int | None) -> Contributions:
        """Return who made these changes, and the versions that they put in place."""
        found = {record.id: record for record in changes}
        # Versions that no record of their own explains, each with the record of the bulk edit that made it, if any.
        unnamed: dict[int, _Record | None] = {}
        origins = self._origins()

        # From each version to the one that it was made of, down to one that has been live.
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

        # Who made what, oldest first: by the record, and by the number of the version within a bulk edit.
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
        """Yield, of each version that was made after a discard: what the draft showed, what was discarded, and it."""
        for version_id, origin in self._origins().items():
            if origin.made_of is not None and origin.discarded is not None:
                yield origin.made_of, origin.discarded, version_id

    def _origins(self) -> dict[int, _Origin]:
        """
        Return where each version came from.

        Its author started from what the draft showed. That is the version before it within a bulk edit, and after a
        deletion, when the draft showed none.
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
        Return the records that made versions, each with the number of the latest one that it made.

        Core numbers versions as it makes them. So a record that puts a higher number in place than any before has made
        it, and, as a bulk edit, the versions between. A record that puts a lower one in place has brought it back.
        """
        makers: list[tuple[int, _Record]] = []
        for record in self.records:
            num = self.versions[record.new].num if record.new in self.versions else 0
            if num > (makers[-1][0] if makers else 0):
                makers.append((num, record))
        return makers

    def _people_behind(self, version_id: int | None, changed_by: int | None) -> set[int]:
        """Return whom a change log and the version name; of a first version of unknown author, who made the entity."""
        version = self.versions.get(version_id or 0)
        people = {changed_by, version.created_by if version else None} - {None}
        if not people:
            people = {self._creator(version_id)} - {None}
        return {person for person in people if person is not None}

    def _creator(self, version_id: int | None) -> int | None:
        """Return who made a version; of the first one, who made the entity, where the version does not tell."""
        version = self.versions.get(version_id or 0)
        if version is None:
            return None
        return version.created_by or (self.created_by if version.num == 1 else None)


def _first_from(makers: list[tuple[int, _Record]], num: int) -> _Record | None:
    """Return the record that made the version with this number; None if core has kept none."""
    position = bisect_left(makers, num, key=itemgetter(0))
    return makers[position][1] if position < len(makers) else None


def load_histories(entity_ids: Entities) -> dict[PublishableEntity.ID, History]:
    """Return the histories of these entities. Four queries, and three for every 200 saves after a discard."""
    histories: dict[PublishableEntity.ID, History] = {}
    of_entities = {"entity__in": entity_ids}
    for entity_id, created_by, draft, live in PublishableEntity.objects.filter(pk__in=entity_ids).values_list(
        "pk", "created_by", "draft__version", "published__version"
    ):
        histories[entity_id] = History(created_by, draft, live)
    records = (
        draft_changes()
        .filter(**of_entities)
        .annotate(nothing=ExpressionWrapper(changed_nothing(), output_field=BooleanField()))
        .order_by("pk")
    )
    log = "draft_change_log__"
    columns = ("old_version", "new_version", f"{log}changed_by", f"{log}changed_at", "nothing")
    for entity_id, *record in records.values_list("entity", "pk", *columns):
        if entity_id in histories:
            histories[entity_id].records.append(_Record(*record))
    versions = PublishableEntityVersion.objects.filter(**of_entities)
    for entity_id, version_id, *version in versions.values_list("entity", "pk", "version_num", "created_by", "created"):
        if entity_id in histories:
            histories[entity_id].versions[version_id] = _Version(*version)
    publishes = PublishLogRecord.objects.filter(**of_entities).exclude(new_version=None)
    for entity_id, version_id in publishes.values_list("entity", "new_version"):
        if entity_id in histories:
            histories[entity_id].been_live.add(version_id)
    kept = find_kept([save for history in histories.values() for save in history.saves_after_discard()])
    for history in histories.values():
        history.kept = kept & history.versions.keys()
    return histories


def author_of_draft() -> NullIf:
    """
    Return the id of the user who last changed what the draft of a ``PublishableEntity`` shows.

    The user on the change log or, where core was not told of one, the ``created_by`` of the version. NULL for an
    unknown author.
    """
    changes = (
        draft_changes()
        .filter(~changed_nothing(), entity=OuterRef("pk"))
        .annotate(
            author=Coalesce(
                "draft_change_log__changed_by",
                "new_version__created_by",
                Case(When(Q(new_version__version_num=1), then=F("entity__created_by"))),
                # An unknown author, and not what the draft's version says: that may be a save that changed nothing.
                0,
            )
        )
        .order_by("-pk")
    )
    # Core may have kept no record of how a version became the draft; then there is only the version to ask.
    return NullIf(Coalesce(Subquery(changes.values("author")[:1]), F("draft__version__created_by")), 0)
