"""Who last changed what a draft shows, without the history of the entity: for pages and long lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity

from ..composed import composed_once
from .contributors import latest_edit

__all__ = ["Edit", "Shown", "author_of", "load_edits"]

# Who changed it by the log, when, who made the version, and its number.
type Edit = tuple[int | None, datetime, int | None, int | None]


class Shown(Protocol):
    """A row about a ``PublishableEntity`` and what its draft shows."""

    created_by: int | None
    draft_num: int | None
    draft_created: datetime | None
    draft_created_by: int | None


def load_edits(entity_ids: Sequence[PublishableEntity.ID]) -> dict[PublishableEntity.ID, Edit]:
    """Return the latest edit of each entity; some may have none. The ids go into the query. Two queries."""
    latest = [edit_id for (edit_id,) in _load_latest(entity_ids=entity_ids) if edit_id is not None]
    log, version = "draft_change_log__", "new_version__"
    columns = (f"{log}changed_by", f"{log}changed_at", f"{version}created_by", f"{version}version_num")
    rows = DraftChangeLogRecord.objects.filter(pk__in=latest).values_list("entity_id", *columns)
    return {entity_id: edit for entity_id, *edit in rows}


# Not a column of the caller's query: there SQLite takes twice as long for it.
@composed_once(PublishableEntity)
def _load_latest(entity_ids: Sequence[PublishableEntity.ID]) -> QuerySet[PublishableEntity, Any]:
    return PublishableEntity.objects.filter(pk__in=entity_ids).annotate(edit=latest_edit()).values_list("edit")


def author_of(row: Shown, edit: Edit | None) -> tuple[int | None, datetime | None]:
    """Return who last changed what the draft shows, and when: the same as :meth:`.History.author`."""
    if edit is not None:
        changed_by, changed_at, created_by, num = edit
        return changed_by or created_by or (row.created_by if num == 1 else None), changed_at
    # Core has no record of how the version became the draft.
    return row.draft_created_by or (row.created_by if row.draft_num == 1 else None), row.draft_created
