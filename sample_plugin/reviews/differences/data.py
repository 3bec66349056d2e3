"""The changes between two versions of an entity, as values that the Python API returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from openedx_content.models_api import PublishableEntity, PublishableEntityVersion

from ..data import ChangeKind
from .words.data import WordsDifference

__all__ = [
    "ChildChange",
    "ChildDifference",
    "ContainerListing",
    "Difference",
    "FileChange",
    "FileDifference",
    "FileVersion",
    "Image",
    "OlxDifference",
    "TextState",
]


class TextState(StrEnum):
    """The result of comparing two texts, or two lists."""

    SAME = "same"
    CHANGED = "changed"
    #: The words are the same; never used for a list.
    WHITESPACE_ONLY = "whitespace_only"
    #: Too large to compare, or lost by the storage.
    TOO_LARGE = "too_large"


class FileChange(StrEnum):
    """How a file has changed."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"


class ChildChange(StrEnum):
    """How a child of a container has changed."""

    ADDED = "added"
    REMOVED = "removed"
    #: Its pin may have changed as well.
    MOVED = "moved"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    #: Pinned to another version.
    REPINNED = "repinned"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class OlxDifference:
    """What has changed in the text of a component."""

    state: TextState
    old_size: int | None
    """In bytes; None if the old version has no OLX."""
    new_size: int | None
    unified: str = ""
    """A unified diff with three lines of context; empty if it is the same or too large. Untrusted text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileVersion:
    """A file in one version."""

    size: int
    """In bytes."""
    mime_type: str
    is_image: bool
    """Whether :func:`get_image` returns it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileDifference:
    """A file that has changed."""

    path: str
    old: FileVersion | None
    new: FileVersion | None

    @property
    def change(self) -> FileChange:
        """How it has changed."""
        if self.old is None:
            return FileChange.ADDED
        return FileChange.REMOVED if self.new is None else FileChange.REPLACED


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildDifference:
    """One place in the list of a container, and the child there."""

    entity: PublishableEntity
    title: str
    """The title of its draft, whatever version is pinned."""
    change: ChildChange
    old_position: int | None
    """From 1; None if it was added."""
    new_position: int | None
    old_pin: int | None
    """The number of the pinned version; None if no version is pinned."""
    new_pin: int | None
    pin_needs_review: bool
    """Whether the new pin must not go live: the version was never live, and is not covered."""
    is_deleted: bool
    """Whether its draft is deleted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContainerListing:
    """A container that lists an entity."""

    entity: PublishableEntity
    title: str
    in_draft: bool
    is_live: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What has changed between an earlier version of an entity and its draft."""

    entity: PublishableEntity
    title: str
    change: ChangeKind | None
    """None if both are the same version, or neither exists."""
    draft_change_log_record_id: int | None
    """The change to review; None if there is none, or core has no record of it."""
    old: PublishableEntityVersion | None
    new: PublishableEntityVersion | None
    """What the draft shows; None if it is deleted."""
    olx: OlxDifference | None
    """None if the entity is not a component, or has no OLX in either version."""
    words: WordsDifference | None
    """The same in words; None if ``olx`` is."""
    files: tuple[FileDifference, ...]
    """Without the OLX, by path, and no more than a reviewer can look at."""
    file_count: int
    """How many files have changed."""
    children: tuple[ChildDifference, ...] | None
    """
    In the new order, the removed ones where they were; None if the entity is not a container.

    If there are too many, unchanged children are left out first.
    """
    children_state: TextState | None
    child_count: int
    """How many ``children`` there would be without a limit; if too large to compare, how many the container lists."""
    listed_in: tuple[ContainerListing, ...]
    """For a deletion, the containers that still list the entity, by their ids."""
    listed_in_count: int

    @property
    def title_changed(self) -> bool:
        """Whether the title has changed. Never for a new or deleted entity."""
        return bool(self.old and self.new and self.old.title != self.new.title)


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """An image of a component."""

    data: bytes
    mime_type: str
