"""What a screen shows of each entity, as far as one query knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from openedx_content.models_api import EntityListRow, PublishableEntity

from ..composed import composed_once
from ..data import ChangeKind
from ..drafts.changes import change_of_draft, change_of_live, latest_title
from ..drafts.own_changes import touched_by
from ..models import ReviewedStatus, ReviewPolicy, ReviewRequest
from ..policy import PolicyInForce
from .changes import is_outdated, with_review

__all__ = ["Facts", "load_facts"]


@dataclass(slots=True)
class Facts:
    """What one query says about an entity; the fields are in the order of its columns."""

    entity_id: PublishableEntity.ID
    entity_ref: str
    created_by: int | None
    draft: int | None
    """None if there is no draft, not even a deleted one."""
    draft_id: int | None
    draft_num: int | None
    draft_title: str | None
    draft_created: datetime | None
    draft_created_by: int | None
    draft_digest: str | None
    live_id: int | None
    live_num: int | None
    live_title: str | None
    live_digest: str | None
    is_reviewed: bool
    is_outdated: bool
    change_record: int | None
    change_of_live: int | None
    latest_title: str | None
    my_last_version: int | None
    is_touched: bool
    """Whether it has a trace of the viewer, without which it is not the viewer's own change."""
    was_asked: bool
    """Whether a review was requested at any time, and the request not withdrawn."""
    is_listed: bool
    """Whether any container has listed it at any time."""
    in_force: PolicyInForce
    """What its learning package requires."""

    @property
    def title(self) -> str:
        """As :func:`.title_of` says."""
        if self.draft_id:
            return self.draft_title or self.entity_ref
        if self.live_id:
            return self.live_title or self.entity_ref
        return self.latest_title or self.entity_ref

    @property
    def has_change(self) -> bool:
        """Whether it has a change of its own."""
        return self.draft is not None and self.draft_id != self.live_id

    @property
    def change(self) -> ChangeKind | None:
        """What publishing would do."""
        if self.draft_id != self.live_id:
            return ChangeKind.between(self.live_id, self.draft_id)
        # As in core's contains_unpublished_changes(): the digest covers everything in a container.
        if self.draft_id and None not in (self.draft_digest, self.live_digest):
            return ChangeKind.CONTENTS if self.draft_digest != self.live_digest else None
        return None


def load_facts(
    entity_ids: Sequence[PublishableEntity.ID], *, viewer_id: int | None
) -> dict[PublishableEntity.ID, Facts]:
    """Return what is known about these entities, by id; others are missing. One query, none without ids."""
    rows = _load(entity_ids=entity_ids, viewer_id=viewer_id) if entity_ids else []
    policy_of = cache(_to_policy)
    end = -len(_POLICY)
    return {row[0]: Facts(*(*row[:end], policy_of(*row[end:]))) for row in rows}


_POLICY = ("pk", "mode", "required_reviewers", "who_may_review", "review_starts")


def _to_policy(package_id: int | None, *values: Any) -> PolicyInForce:
    if package_id is None:
        return PolicyInForce(None)
    return PolicyInForce(ReviewPolicy(**dict(zip(_POLICY, (package_id, *values), strict=True))))


# Columns rather than objects, and composed once: Django takes longer to compose this query, and to make the objects
# that it would return, than the database takes to answer.
@composed_once(PublishableEntity)
def _load(entity_ids: Sequence[PublishableEntity.ID], viewer_id: int | None) -> QuerySet[PublishableEntity, Any]:
    requests = ReviewRequest.objects.filter(entity=OuterRef("pk"), latest=True)
    facts: QuerySet[PublishableEntity, Any] = (
        with_review(PublishableEntity.objects.filter(pk__in=entity_ids))
        .annotate(
            is_outdated=is_outdated(),
            change_record=change_of_draft(),
            change_of_live=change_of_live(),
            latest_title=latest_title(),
            my_last_version=_last_version_of(viewer_id),
            is_touched=Value(False) if viewer_id is None else touched_by(viewer_id),
            was_asked=Exists(requests),
            is_listed=Exists(EntityListRow.objects.filter(entity=OuterRef("pk"))),
        )
        .values_list(
            "pk",
            "entity_ref",
            "created_by",
            "draft",
            "draft__version",
            "draft__version__version_num",
            "draft__version__title",
            "draft__version__created",
            "draft__version__created_by",
            "draft__draft_log_record__dependencies_hash_digest",
            "published__version",
            "published__version__version_num",
            "published__version__title",
            "published__publish_log_record__dependencies_hash_digest",
            "is_reviewed",
            "is_outdated",
            "change_record",
            "change_of_live",
            "latest_title",
            "my_last_version",
            "is_touched",
            "was_asked",
            "is_listed",
            *(f"learning_package__review_policy__{name}" for name in _POLICY),
        )
    )
    return facts


def _last_version_of(viewer_id: int | None) -> Any:
    """Return the number of the version on which the viewer last gave a verdict, even if it is withdrawn."""
    if viewer_id is None:
        return Value(None, output_field=IntegerField())
    given = ReviewedStatus.objects.filter(entity=OuterRef("pk")).last_given_by(viewer_id)
    return Subquery(given.values("version_num")[:1])
