"""The changes that wait in a library, as one long list of light rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from openedx_content.models_api import LearningPackage, PublishableEntity

from ..composed import composed_once
from ..conf import ReviewStarts
from ..data import ChangeKind, OpenRequest, QueueRow
from ..drafts.authors import author_of, load_edits
from ..drafts.changes import change_of_draft
from ..drafts.own_changes import load_own_changes
from ..keys import KEY_COLUMNS, key_from_columns, library_key_of
from ..models import DELETION, ReviewedStatus, Verdict, changes_requested
from ..policy import policy_of
from ..requests.open_requests import get_open_requests
from .changes import is_outdated, with_review
from .places import Place, Places
from .waiting import state_of, waits_for

__all__ = ["get_queue"]

# SQLite rejects longer lists of ids.
_BATCH = 500


def get_queue(
    learning_package_id: LearningPackage.ID,
    entity_ids: Sequence[PublishableEntity.ID],
    /,
    *,
    viewer_id: int,
    may_review: bool,
) -> list[QueueRow]:
    """
    Return one light row for each of these entities of the package, in their order.

    Entities without an unpublished change of their own are left out; :func:`find_changes` finds those that have one.
    ``may_review``: whether the viewer has the permission to review in the package.

    One query; for every 500 entities six, one for each level of containers, and two if a review was requested of any.
    If the viewer may review, one more, and another three if the viewer has touched any of them, see
    :func:`.load_own_changes`. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    package = LearningPackage.objects.select_related("review_policy").get(pk=learning_package_id)
    return [
        row
        for batch in batched(entity_ids, _BATCH)
        for row in _rows(package, list(batch), viewer_id=viewer_id, may_review=may_review)
    ]


def _rows(
    package: LearningPackage, entity_ids: list[PublishableEntity.ID], *, viewer_id: int, may_review: bool
) -> list[QueueRow]:
    loaded = {row[0]: _Loaded(*row) for row in _load(entity_ids=entity_ids, package_id=package.id)}
    changes = {pk: loaded[pk] for pk in entity_ids if pk in loaded and loaded[pk].draft_id != loaded[pk].live_id}
    ids = list(changes)
    edits = load_edits(ids) if ids else {}
    verdicts = _load_verdicts(changes)
    places = Places(package, ids)
    in_force = policy_of(package)
    own = load_own_changes(ids, user_id=viewer_id, rule=in_force.who_may_review) if may_review else {}
    requests = get_open_requests(ids)
    authors = {pk: author_of(change, edits.get(pk)) for pk, change in changes.items()}
    people = get_user_model().objects.in_bulk({author for author, _when in authors.values() if author})
    library_key = library_key_of(package)
    return [
        _row(
            change,
            key=change.key(library_key),
            author=authors[pk],
            people=people,
            verdicts=verdicts[pk],
            viewer_id=viewer_id,
            own_change_at=own.get(pk),
            may_review=may_review,
            request=requests.get(pk),
            starts=in_force.review_starts,
            path=places.path_of(pk),
        )
        for pk, change in changes.items()
    ]


def _row(
    change: _Loaded,
    *,
    key: str | None,
    author: tuple[int | None, datetime | None],
    people: Mapping[int, AbstractBaseUser],
    verdicts: _Verdicts,
    viewer_id: int,
    own_change_at: datetime | None,
    may_review: bool,
    request: OpenRequest | None,
    starts: ReviewStarts,
    path: tuple[Place, ...],
) -> QueueRow:
    state = state_of(
        is_requested=change.is_requested, is_reviewed=change.is_reviewed, is_asked=request is not None, starts=starts
    )
    author_id, changed_at = author
    is_mine = author_id == viewer_id
    return QueueRow(
        entity_id=change.entity_id,
        key=key,
        title=(change.draft_title if change.draft_id else change.live_title) or change.entity_ref,
        kind=change.kind,
        block_type=change.block_type,
        change=ChangeKind.between(change.live_id, change.draft_id),
        draft_change_log_record_id=change.record_id,
        draft_version_num=change.draft_num,
        published_version_num=change.live_num,
        changed_by=people.get(author_id or 0),
        changed_at=changed_at,
        state=state,
        is_outdated=bool(change.is_outdated),
        review_count=len(verdicts.reviewers),
        my_verdict=verdicts.mine(viewer_id),
        is_mine=is_mine,
        may_review=may_review,
        own_change_at=own_change_at,
        waits_for_me=waits_for(
            viewer_id=viewer_id,
            state=state,
            my_verdict=verdicts.mine(viewer_id),
            is_mine=is_mine,
            is_reviewable=may_review and change.record_id is not None and own_change_at is None,
            awaited=request.awaited if request else (),
        ),
        review_request=request,
        path=path,
    )


@dataclass(slots=True)
class _Loaded:
    """What one query says about an entity; the fields are in the order of its columns."""

    entity_id: PublishableEntity.ID
    entity_ref: str
    created_by: int | None
    namespace: str | None
    component_type: str | None
    component_code: str | None
    container_type: str | None
    container_code: str | None
    draft_id: int | None
    draft_num: int | None
    draft_title: str | None
    draft_created: datetime | None
    draft_created_by: int | None
    live_id: int | None
    live_num: int | None
    live_title: str | None
    is_reviewed: bool
    is_requested: bool
    is_outdated: bool
    record_id: int | None

    @property
    def kind(self) -> str:
        if self.component_type is not None:
            return "component"
        return self.container_type or "other"

    @property
    def block_type(self) -> str:
        return self.component_type if self.component_type is not None else self.container_type or ""

    def key(self, library_key: Any) -> str | None:
        return key_from_columns(
            library_key,
            self.namespace,
            self.component_type,
            self.component_code,
            self.container_type,
            self.container_code,
        )


@composed_once(PublishableEntity)
def _load(
    entity_ids: Sequence[PublishableEntity.ID], package_id: LearningPackage.ID
) -> QuerySet[PublishableEntity, Any]:
    rows: QuerySet[PublishableEntity, Any] = (
        with_review(PublishableEntity.objects.filter(pk__in=entity_ids, learning_package_id=package_id))
        .annotate(
            is_requested=changes_requested(entity="pk", version="draft__version"),
            is_outdated=is_outdated(),
            record=change_of_draft(),
        )
        .values_list(
            "pk",
            "entity_ref",
            "created_by",
            *KEY_COLUMNS,
            "draft__version",
            "draft__version__version_num",
            "draft__version__title",
            "draft__version__created",
            "draft__version__created_by",
            "published__version",
            "published__version__version_num",
            "published__version__title",
            "is_reviewed",
            "is_requested",
            "is_outdated",
            "record",
        )
    )
    return rows


@dataclass(slots=True)
class _Verdicts:
    """The verdicts in force on one draft."""

    reviewers: set[int | None] = field(default_factory=set)
    """Those who have approved it; all deleted accounts count as one."""
    requesters: set[int | None] = field(default_factory=set)

    def mine(self, viewer_id: int) -> Verdict | None:
        if viewer_id in self.requesters:
            return Verdict.CHANGES_REQUESTED
        return Verdict.REVIEWED if viewer_id in self.reviewers else None


def _load_verdicts(changes: Mapping[PublishableEntity.ID, _Loaded]) -> dict[PublishableEntity.ID, _Verdicts]:
    verdicts: dict[PublishableEntity.ID, _Verdicts] = defaultdict(_Verdicts)
    is_of_draft = Q(version=F("entity__draft__version")) | Q(version_num=DELETION, entity__draft__version=None)
    for entity_id, version_num, record_id, reviewer_id, verdict in (
        ReviewedStatus.objects.in_force()
        .filter(is_of_draft, entity__in=list(changes))
        .values_list("entity", "version_num", "draft_change_log_record", "reviewer", "verdict")
    ):
        # Of several deletions, the newest counts.
        if version_num != DELETION or record_id == changes[entity_id].record_id:
            of_entity = verdicts[entity_id]
            (of_entity.reviewers if verdict == Verdict.REVIEWED else of_entity.requesters).add(reviewer_id)
    return verdicts
