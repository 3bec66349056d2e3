"""Values that cross the boundary of the Python API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from openedx_content.models_api import PublishableEntity, PublishableEntityVersion, PublishLog

__all__ = ["ChangeKind", "ChangedItem", "PublishReviewedResult", "SkippedItem"]


class ChangeKind(StrEnum):
    """What publishing a change does to what is live."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedItem:
    """One entity with a change of its own, as people speak of it."""

    entity_id: PublishableEntity.ID
    entity_ref: str
    title: str
    change: ChangeKind

    @classmethod
    def between(
        cls, entity: PublishableEntity, live: PublishableEntityVersion | None, new: PublishableEntityVersion | None
    ) -> ChangedItem:
        """Return what it means for ``entity`` to go from the version that is ``live`` to the ``new`` one."""
        return cls.titled(entity.id, entity.entity_ref, live.title if live else None, new.title if new else None)

    @classmethod
    def of_draft(cls, entity: PublishableEntity, new: PublishableEntityVersion | None) -> ChangedItem:
        """Return what it means for ``entity`` to go live in the ``new`` version of its draft."""
        # Nothing is there to ask of what was never published.
        published = getattr(entity, "published", None)
        return cls.between(entity, published.version if published else None, new)

    @classmethod
    def titled(
        cls, entity_id: PublishableEntity.ID, entity_ref: str, live_title: str | None, new_title: str | None
    ) -> ChangedItem:
        """Do the same where only the titles were read; None where there is no version."""
        if new_title is None:
            return cls(entity_id=entity_id, entity_ref=entity_ref, title=live_title or "", change=ChangeKind.DELETED)
        change = ChangeKind.NEW if live_title is None else ChangeKind.EDITED
        return cls(entity_id=entity_id, entity_ref=entity_ref, title=new_title, change=change)

    def __str__(self) -> str:
        return f"“{self.title or self.entity_ref}” ({self.change})"


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedItem:
    """A reviewed change that was not published, and a sentence that says why."""

    item: ChangedItem
    reason: str

    @property
    def entity_id(self) -> PublishableEntity.ID:
        """The entity that was skipped."""
        return self.item.entity_id


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishReviewedResult:
    """
    What "publish reviewed items" did, or, as a dry run, would do.

    ``publish_logs`` is in the order in which they were made, and empty for a dry run or when there was nothing to do.
    ``published`` and ``skipped`` are ordered by entity id.
    """

    publish_logs: tuple[PublishLog, ...]
    published: tuple[ChangedItem, ...]
    skipped: tuple[SkippedItem, ...]
