"""Imports as a screen shows them: each as one thing, with the state of its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, OuterRef, Q
from openedx_content.models_api import LearningPackage

from ..drafts.changes import draft_changes, put_there_by
from ..drafts.contributors import load_histories
from ..gate.import_tasks import sources_of
from ..models import ImportedChangeLog, is_live
from ..policy import get_who_may_review
from .changes import find_changes

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

    Three queries, and six for each import. Does not check permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    rule = get_who_may_review(learning_package_id)
    imports = list(
        ImportedChangeLog.objects.filter(
            # With the package, MariaDB looks for all of them at once. Otherwise it searches all drafts of the site.
            Exists(
                put_there_by(OuterRef("pk")).exclude(is_live()).filter(entity__learning_package=learning_package_id)
            ),
            draft_change_log__learning_package=learning_package_id,
        )
        .select_related("draft_change_log", "imported_by")
        .order_by("-pk")[:MAX_IMPORTS]
    )
    sources = sources_of(imports)
    overviews = []
    for one in imports:
        changes = find_changes(learning_package_id, draft_change_log_id=one.pk)
        counts = changes.aggregate(unpublished=Count("pk"), reviewed=Count("pk", filter=Q(is_reviewed=True)))
        own: list[datetime] = []
        if viewer_id is not None:
            waiting = put_there_by(one.pk).exclude(is_live())
            for history in load_histories(waiting.values("entity")).values():
                contributions = history.of_draft()
                if contributions.forbid(viewer_id, rule):
                    own.append(contributions.changed_at[viewer_id])
        overviews.append(
            ImportOverview(
                draft_change_log_id=one.pk,
                imported_by=one.imported_by,
                source=sources[one.pk],
                imported_at=one.draft_change_log.changed_at,
                change_count=draft_changes().filter(draft_change_log=one.pk).count(),
                own_change_at=max(own, default=None),
                **counts,
            )
        )
    return overviews
