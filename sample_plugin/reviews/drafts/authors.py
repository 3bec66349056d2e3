"""Who last changed what a draft shows, without the history of the entity: for pages and long lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from openedx_content.models_api import DraftChangeLogRecord

__all__ = ["Edit", "Shown", "author_of", "load_edits"]

# Who changed it by the log, when, who made the version, and its number.
type Edit = tuple[int | None, datetime, int | None, int | None]


class Shown(Protocol):
    """A row about a ``PublishableEntity`` and what its draft shows."""

    created_by: int | None
    draft_num: int | None
    draft_created: datetime | None
    draft_created_by: int | None
    edit: int | None
    """The id of its :func:`.latest_edit`."""


def load_edits(rows: Iterable[Shown]) -> dict[int, Edit]:
    """Return the edits of these rows, by id. The ids go into the query. One query."""
    ids = [row.edit for row in rows if row.edit is not None]
    log, version = "draft_change_log__", "new_version__"
    columns = (f"{log}changed_by", f"{log}changed_at", f"{version}created_by", f"{version}version_num")
    return {pk: edit for pk, *edit in DraftChangeLogRecord.objects.filter(pk__in=ids).values_list("pk", *columns)}


def author_of(row: Shown, edits: Mapping[int, Edit]) -> tuple[int | None, datetime | None]:
    """Return who last changed what the draft shows, and when: the same as :meth:`.History.author`."""
    if row.edit is not None and row.edit in edits:
        changed_by, changed_at, created_by, num = edits[row.edit]
        return changed_by or created_by or (row.created_by if num == 1 else None), changed_at
    # Core has no record of how the version became the draft.
    return row.draft_created_by or (row.created_by if row.draft_num == 1 else None), row.draft_created
