"""Imports as a screen shows them: each as one thing, with the state of its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, OuterRef, QuerySet
from openedx_content.models_api import DraftChangeLogRecord, LearningPackage

from ..conf import WhoMayReview
from ..drafts.changes import draft_changes, put_there_by
from ..drafts.contributors import load_histories
from ..gate.import_tasks import sources_of
from ..models import ImportedChangeLog, covered_by_review, is_live
from ..policy import get_who_may_review

__all__ = ["MAX_IMPORTS", "ImportOverview", "get_import_overviews"]

# The newest imports that have unpublished changes.
MAX_IMPORTS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportOverview:
    """One import into a learning package: the changes in the draft change log of an import task."""

    draft_change_log_id: int
    imported_by: AbstractBaseUser | None
    """The user who started it; None if openedx-core does not know, or the account was deleted since."""
    source: str
    """What was imported, such as the key of a course; empty if unknown."""
    imported_at: datetime
    change_count: int
    """How many items it changed."""
    unpublished: int
    """How many of these changes drafts still show, unpublished."""
    reviewed: int
    """How many of those are reviewed."""
    own_change_at: datetime | None
    """When the viewer last changed one of those, if for that reason they may not review the import; otherwise None."""

    @property
    def unreviewed(self) -> int:
        """How many of those await review."""
        return self.unpublished - self.reviewed


def get_import_overviews(
    learning_package_id: LearningPackage.ID, /, *, viewer_id: int | None = None
) -> list[ImportOverview]:
    """
    Return the imports into the package that have unpublished changes, newest first; at most the newest 20.

    Five queries for any number of imports, and five more for a viewer. Does not check permissions. Raises
    ``LearningPackage.DoesNotExist``.
    """
    rule = get_who_may_review(learning_package_id)
    imports = list(
        ImportedChangeLog.objects.filter(
            # With the package, MariaDB looks for all of them at once. Otherwise it searches all drafts of the site.
            Exists(
                put_there_by(draft_change_log=OuterRef("pk"))
                .exclude(is_live())
                .filter(entity__learning_package=learning_package_id)
            ),
            draft_change_log__learning_package=learning_package_id,
        )
        .select_related("draft_change_log", "imported_by")
        .order_by("-pk")[:MAX_IMPORTS]
    )
    ids = [one.pk for one in imports]
    sources = sources_of(imports)
    of_log = draft_changes().filter(draft_change_log__in=ids).order_by().values("draft_change_log")
    change_counts = dict(of_log.annotate(count=Count("pk")).values_list("draft_change_log", "count"))
    waiting = put_there_by(draft_change_log__in=ids).exclude(is_live()).order_by()
    is_reviewed = covered_by_review(entity="entity", version="new_version")
    counts = {
        draft_change_log_id: {"unpublished": unpublished, "reviewed": reviewed}
        for draft_change_log_id, unpublished, reviewed in waiting.values("draft_change_log")
        .annotate(unpublished=Count("pk"), reviewed=Count("pk", filter=is_reviewed))
        .values_list("draft_change_log", "unpublished", "reviewed")
    }
    own_changes = _own_changes(waiting, viewer_id, rule) if viewer_id is not None and imports else {}
    return [
        ImportOverview(
            draft_change_log_id=one.pk,
            imported_by=one.imported_by,
            source=sources[one.pk],
            imported_at=one.draft_change_log.changed_at,
            change_count=change_counts[one.pk],
            own_change_at=own_changes.get(one.pk),
            **counts[one.pk],
        )
        for one in imports
    ]


def _own_changes(waiting: QuerySet[DraftChangeLogRecord], viewer_id: int, rule: WhoMayReview) -> dict[int, datetime]:
    """Return, by change log, when the viewer last changed one of its items, if that forbids them to review it."""
    histories = load_histories(waiting.values("entity"))
    latest: dict[int, datetime] = {}
    for draft_change_log_id, entity_id in waiting.values_list("draft_change_log", "entity"):
        contributions = histories[entity_id].of_draft()
        if contributions.forbid(viewer_id, rule):
            changed_at = contributions.changed_at[viewer_id]
            latest[draft_change_log_id] = max(changed_at, latest.get(draft_change_log_id, changed_at))
    return latest
