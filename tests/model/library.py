"""A real library for the model-based test: what people do in it, and what its tables say."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.transaction import atomic, set_rollback
from openedx_content import api as content_api
from openedx_content import models_api as core
from openedx_content.models_api import Component, Section, Subsection, Unit

from sample_plugin.reviews import api
from sample_plugin.reviews.models import (
    ImportedChangeLog,
    PublishJudgement,
    ReviewedStatus,
    ReviewPolicy,
    ReviewPolicyChange,
)
from sample_plugin.reviews.pipeline import UnreviewedChanges

from ..content import Item, Library, core_publish_from_drafts, ids, now
from .reference import Change, GoesLive, Judgement, Review, Version

__all__ = ["KINDS", "Children", "Files", "RealLibrary"]

# Each holds what is of the one before.
KINDS: list[Any] = [Component, Unit, Subsection, Section]

# Files are given by path and number; children by id and, if pinned, the id of a version.
type Files = dict[str, int]
type Children = list[tuple[int, int | None]]

# All that may change in what is told here.
_TABLES: list[Any] = [
    *(core.PublishableEntity, core.PublishableEntityVersion),
    *(core.Draft, core.DraftChangeLog, core.DraftChangeLogRecord),
    *(core.Published, core.PublishLog, core.PublishLogRecord),
    *(ReviewedStatus, ReviewPolicy, ReviewPolicyChange, PublishJudgement, ImportedChangeLog),
]


class RealLibrary:
    """A library and the people who work in it; and another one, which nothing that happens here may touch."""

    def __init__(self) -> None:
        self.users = [User.objects.create_user(name) for name in ("ann", "ben", "eve")]
        self.people: list[int] = [user.pk for user in self.users]
        self.library = Library.create("lib:Test:Model")
        self.id: Any = self.library.package.id
        self.items: dict[int, Item] = {}
        self._numbers = count()
        media_type = content_api.get_or_create_media_type("text/html")
        self._media = [
            content_api.get_or_create_text_media(self.id, media_type.id, text=text, created=now()).id
            for text in ("<html>Salt</html>", "<html>salt</html>")
        ]
        self._other = Library.create("lib:Test:Other")
        reviewed = self._other.component()
        self._other.section(self._other.subsection(self._other.unit(reviewed)))
        api.mark_reviewed(reviewed.id, reviewer_id=self.people[0])

        # One of each, in each other, so that there is always something to take.
        self._first: list[Version] = []
        for kind in (0, 0, 1, 2, 3):
            below = [version.entity for version in self._first if self.kind(version.entity) == kind - 1]
            self._first.append(self.create(kind, "Salt", [(entity, None) for entity in below], self.people[0]))
        self._first_items = dict(self.items)

    def begin(self) -> list[Version]:
        """Forget what was taken back, and return what was there before."""
        self.items = dict(self._first_items)
        return self._first

    # What people do with openedx-core

    def create(
        self, kind: int, title: str, children: Children, by: int | None, *, names_author: bool = True
    ) -> Version:
        """Create an item and return its first version, which may not name the author: Studio pastes like that."""
        item: Item
        if KINDS[kind] is Component and not names_author:
            item = content_api.create_component(
                self.id,
                component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
                component_code=f"pasted-{next(self._numbers)}",
                created=now(),
                created_by=by,
            )
            content_api.create_component_version(item.id, version_num=1, title=title, created=now(), created_by=None)
        elif KINDS[kind] is Component:
            item = self.library.component(title=title, created_by=by)
        else:
            item = self.library.container(KINDS[kind], self._entities(children), title=title, created_by=by)
        self.items[item.id] = item
        return self._latest(item.id, title, {}, children)

    def save(self, entity: int, title: str, files: Files, children: Children, by: int | None) -> Version:
        """Save an item with this title, and these files or children, and return its new version."""
        item = self.items[entity]
        if isinstance(item, Component):
            content_api.create_next_component_version(
                item.id,
                media_to_replace={path: self._media[number] for path, number in files.items()},
                ignore_previous_media=True,
                title=title,
                created=now(),
                created_by=by,
            )
        else:
            files = {}
            self.library.edit(item, title, by, entities=self._entities(children))
        return self._latest(entity, title, files, children)

    def publish(self, entities: Any, *, with_dependencies: bool) -> core.PublishLog:
        """Publish these."""
        return content_api.publish_from_drafts(
            self.id, self._drafts_of(entities), publish_dependencies=with_dependencies
        )

    def would_publish(self, entities: Any, *, with_dependencies: bool) -> list[GoesLive] | None:
        """Return what core would publish if there were no gate; None if it would refuse. Nothing is published."""
        with atomic():
            # Core's own function is on the far side of the gate, and there is a tripwire: see gate/wrapper.py.
            ReviewPolicy.objects.filter(learning_package_id=self.id).update(mode="off")
            try:
                publish_log = core_publish_from_drafts(
                    self.id, self._drafts_of(entities), publish_dependencies=with_dependencies
                )
                records = core.PublishLogRecord.objects.filter(publish_log=publish_log)
                return [GoesLive(*row) for row in records.values_list("entity", "old_version", "new_version")]
            except ValidationError:
                return None
            finally:
                set_rollback(True)

    def would_refuse(self, entities: Any, *, with_dependencies: bool) -> set[int]:
        """Return what the gate would refuse if the library required reviews. Nothing is published."""
        with atomic():
            ReviewPolicy.objects.filter(learning_package_id=self.id).update(mode="required")
            try:
                self.publish(entities, with_dependencies=with_dependencies)
            except UnreviewedChanges as refusal:
                return {item.entity_id for item in refusal.unreviewed}
            finally:
                set_rollback(True)
        return set()

    def _drafts_of(self, entities: Any) -> Any:
        return core.Draft.objects.filter(entity__in=entities)

    def _entities(self, children: Children) -> list[Any]:
        """Return children as core wants them."""
        return [
            self.items[entity] if pinned_to is None else core.PublishableEntityVersion.objects.get(pk=pinned_to)
            for entity, pinned_to in children
        ]

    def _latest(self, entity: Any, title: str, files: Files, children: Children) -> Version:
        """Return the version that was just made, saying this."""
        version = core.PublishableEntityVersion.objects.filter(entity=entity).latest("version_num")
        return Version(version.pk, entity, version.created_by_id, title, tuple(sorted(files.items())), tuple(children))

    # What its tables say

    def kind(self, entity: int) -> int:
        """Return the place of its kind among ``KINDS``."""
        return KINDS.index(type(self.items[entity]))

    def changes(self) -> dict[int, Change]:
        """Return the draft changes that core has on record."""
        rows = core.DraftChangeLogRecord.objects.filter(draft_change_log__learning_package=self.id).order_by("pk")
        names = ("pk", "draft_change_log", "entity", "old_version", "new_version", "draft_change_log__changed_by")
        return {row[0]: Change(*row) for row in rows.values_list(*names)}

    def drafts_and_live(self) -> Any:
        """Return which versions the drafts have, and which are published."""
        rows = core.PublishableEntity.objects.filter(learning_package=self.id).values_list(
            "pk", "draft__version", "published__entity", "published__version"
        )
        drafts = {entity: draft for entity, draft, _published, _live in rows}
        return drafts, {entity: live for entity, _draft, published, live in rows if published}

    def reviews(self) -> list[Review]:
        """Return all reviews, in force and withdrawn, oldest first."""
        rows = ReviewedStatus.objects.filter(entity__learning_package=self.id).order_by("pk")
        names = ("entity", "draft_change_log_record", "version", "reviewer", "verdict", "note", "withdrawn_by")
        more = ("withdrawn_reason", "carried_over_from")
        return [Review(*row, carried_over=origin is not None) for *row, origin in rows.values_list(*names, *more)]  # type: ignore[misc]

    def find_request(self, request: Review) -> int:
        """Return the id of what the model has as this one, in force or not."""
        rows = ReviewedStatus.objects.filter(
            entity_id=self.items[request.entity].id, reviewer=request.reviewer, verdict=request.verdict
        )
        rows = rows.filter(version=request.version, in_force=True if request.in_force else None)
        if request.version is None:
            rows = rows.filter(draft_change_log_record=request.change)
        return rows.latest("pk").pk

    def judgements(self) -> dict[int, Judgement | None]:
        """Return how each publish was judged; None where that is not on record."""
        rows = core.PublishLog.objects.filter(learning_package=self.id).values_list(
            "pk", *(f"review_judgement__{name}" for name in ("basis", "mode", "required_reviewers", "unreviewed"))
        )
        return {
            pk: Judgement(basis, mode, reviewers, frozenset(unreviewed)) if basis else None
            for pk, basis, mode, reviewers, unreviewed in rows
        }

    def everything(self) -> Any:
        """Return every row that may change: compare before and after what must change nothing."""
        return [sorted(table.objects.values_list(), key=repr) for table in _TABLES]

    def elsewhere(self) -> Any:
        """Return what is to be seen of the other library."""
        there = core.PublishableEntity.objects.filter(learning_package=self._other.package.id).order_by("pk")
        return (
            list(there.values_list("pk", "draft__version", "draft__draft_log_record", "published__version")),
            ids(api.get_reviewed_entities(self._other.package.id)),
            ids(api.get_unreviewed_entities(self._other.package.id)),
        )
