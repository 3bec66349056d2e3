"""Say who had approved what a course has taken from libraries, in a form that can be shown to learners."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..courses import find_synced
from ..evidence.judged import last_took_live
from ..models import PublishJudgement, Verdict

__all__ = ["CourseApproval", "get_course_approvals"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseApproval:
    """One reviewer's approval of the version that a block of a course has."""

    usage_key: str
    """The block in the course."""
    given_at: datetime
    name: str | None
    """What ``names`` says about the reviewer; None if it says nothing, or if the account was deleted since."""
    synced_at: datetime
    """When the course got this version, in its draft."""


def get_course_approvals(
    usage_keys: Collection[str], /, *, packages: QuerySet[Any], names: QuerySet[Any]
) -> list[CourseApproval]:
    """
    Return the approvals of the versions that these blocks of courses have, oldest first. One query.

    Only of versions that are on record as reviewed: the last time that they went live, they had the reviews that the
    policy asked for then. Approvals that were withdrawn since are left out, and blocks that Studio has on record as
    customized by the course team. No note, and nothing of the library's drafts.

    Args:
        usage_keys: The keys of the blocks in courses.
        packages: The learning packages to read from: a queryset of their ids.
        names: What to call a reviewer: a queryset with one column, which refers to ``OuterRef("reviewer_id")``. The
            approvals of others are returned without a name.

    Does not check permissions. Raises ``DatabaseError`` on a site that does not have the platform's tables.
    """
    review = "entity__versions__reviews__"
    judgements = PublishJudgement.objects.filter(publish_log=OuterRef("log_id"), unreviewed_count__isnull=False)
    is_approval = Q(**{f"{review}verdict": Verdict.REVIEWED, f"{review}in_force": True})
    rows = (
        find_synced(usage_keys, is_approval, Q(entity__learning_package__in=packages))
        .annotate(
            reviewer_id=F(f"{review}reviewer"),
            given_at=Coalesce(f"{review}carried_over_from__created", f"{review}created"),
            log_id=last_took_live(entity="entity", version="entity__versions"),
        )
        .annotate(name=Subquery(names), unreviewed=Subquery(judgements.values("unreviewed")))
        .values_list("usage_key", "given_at", "name", "updated", "customized", "entity_id", "unreviewed")
    )
    return sorted(
        (
            CourseApproval(usage_key=usage_key, given_at=given_at, name=name, synced_at=updated)
            for usage_key, given_at, name, updated, customized, entity_id, unreviewed in rows
            # As JudgedPublish.is_unreviewed.
            if unreviewed is not None and entity_id not in unreviewed and not customized
        ),
        key=lambda approval: approval.given_at,
    )
