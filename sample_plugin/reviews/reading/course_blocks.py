"""Say which blocks of a course came from libraries, how the version in the course was judged, and the newer one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey
from openedx_content.models_api import PublishableEntityVersion

from ..courses import CourseLink, find_links
from ..evidence.data import LiveEvidence
from ..evidence.versions import get_version_evidence
from ..models import Verdict
from ..texts.spreadsheet import csv_of

__all__ = ["CourseBlock", "CourseBlocks", "course_csv_lines", "get_course_blocks"]

# So that ten queries do for a course, and none has too many parameters for SQLite.
_AT_ONCE = 1_000

COLUMNS = (
    "block",
    "library",
    "item",
    "title",
    "version",
    "reviewed",
    "basis",
    "approved_by",
    "changes_requested_by",
    "published_at",
    "newer_version",
    "newer_reviewed",
    "newer_basis",
    "newer_approved_by",
    "newer_changes_requested_by",
    "newer_published_at",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseBlock:
    """A block of a course that came from a library."""

    link: CourseLink
    title: str | None
    """The title of the version in the course; None if this site does not have that version."""
    judged: LiveEvidence | None
    """
    How the version in the course was judged the last time that it went live in the library. None if it never did: the
    block was pasted as a copy of a draft, or the version is not on this site.
    """
    newer: LiveEvidence | None
    """The same of the version that is live in the library, if that is newer than the one in the course."""


class CourseBlocks:
    """The blocks of one course: iterate over them, ask for their number, or take a slice."""

    def __init__(self, links: Sequence[CourseLink]) -> None:
        self._links = links

    def __iter__(self) -> Iterator[CourseBlock]:
        """Yield all blocks."""
        for links in batched(self._links, _AT_ONCE):
            yield from _describe(links)

    # Not __len__, as in Evidence.
    def count(self) -> int:
        """Return how many there are."""
        return len(self._links)

    def __getitem__(self, wanted: slice) -> list[CourseBlock]:
        """Return a page of blocks."""
        return _describe(self._links[wanted])


def get_course_blocks(course_key: CourseKey, /) -> CourseBlocks:
    """
    Return the blocks of the course that came from libraries, in the order of their keys in the course.

    By the record alone: the answer holds whatever the policies of the libraries are today. It says nothing of drafts,
    because a course team may not be allowed to view the libraries.

    Two queries; seven more for a slice, or for every 1,000 blocks when iterated. Does not check permissions. Raises
    ``NoCourseLinksError`` on a site that does not have the platform's tables.
    """
    return CourseBlocks(find_links(course_key))


def _describe(links: Collection[CourseLink]) -> list[CourseBlock]:
    wanted = {(link.entity_id, link.version_num) for link in links}
    copied: dict[Any, tuple[int, str]] = {}
    live: dict[Any, tuple[int, int]] = {}
    # Finds more than is wanted: a condition for each pair would be nested deeper than SQLite allows, if there are many.
    versions = PublishableEntityVersion.objects.filter(
        Q(version_num__in={link.version_num for link in links}) | Q(published__isnull=False),
        entity__in={link.entity_id for link in links if link.entity_id is not None},
    ).values_list("pk", "entity_id", "version_num", "title", "published")
    for version_id, entity_id, version_num, title, is_live in versions:
        if (entity_id, version_num) in wanted:
            copied[entity_id, version_num] = version_id, title
        if is_live:
            live[entity_id] = version_id, version_num
    evidence = get_version_evidence({version_id for version_id, _ in (*copied.values(), *live.values())})
    blocks = []
    for link in links:
        copied_id, copied_title = copied.get((link.entity_id, link.version_num), (None, None))
        live_id, live_num = live.get(link.entity_id, (0, 0))
        blocks.append(
            CourseBlock(
                link=link,
                title=copied_title,
                judged=evidence.get(copied_id) if copied_id else None,
                newer=evidence.get(live_id) if live_num > link.version_num else None,
            )
        )
    return blocks


def course_csv_lines(blocks: CourseBlocks) -> Iterator[str]:
    """Yield the lines of a CSV file with a row for each block, the names of the columns first. Queries as iterating."""
    return csv_of(COLUMNS, map(_to_row, blocks))


def _to_row(block: CourseBlock) -> list[str]:
    link = block.link
    return [
        link.usage_key,
        link.library_key,
        link.key,
        block.title or "",
        str(link.version_num),
        *_cells(block.judged),
        str(block.newer.version_num) if block.newer else "",
        *_cells(block.newer),
    ]


def _cells(judged: LiveEvidence | None) -> list[str]:
    if judged is None:
        return [""] * 5
    return [
        "yes" if judged.is_reviewed else "no",
        str(judged.basis),
        _people(judged, Verdict.REVIEWED),
        _people(judged, Verdict.CHANGES_REQUESTED),
        judged.published_at.isoformat(),
    ]


def _people(judged: LiveEvidence, verdict: Verdict) -> str:
    given = (review.reviewer for review in judged.reviews if review.verdict == verdict)
    return ", ".join(dict.fromkeys(user.get_username() if user else "a deleted account" for user in given))
