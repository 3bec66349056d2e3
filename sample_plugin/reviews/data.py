"""Values that cross the boundary of the Python API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishableEntityVersion, PublishLog

from .models import ReviewedStatus, ReviewPolicy, WhoMayReview

__all__ = [
    "ChangeKind",
    "ChangedItem",
    "EntityOverview",
    "OwnChanges",
    "PackageOverview",
    "PinnedVersion",
    "PublishReviewedResult",
    "SkippedItem",
    "VersionOverview",
]


class ChangeKind(StrEnum):
    """What publishing a change does to what is live."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"
    #: Only what a container holds has changed, and nothing of its own.
    CONTENTS = "contents"

    @classmethod
    def between(cls, live: object | None, new: object | None) -> ChangeKind:
        """Return what it means to go from what is ``live`` to what is ``new``; None stands for no version."""
        if new is None:
            return cls.DELETED
        return cls.NEW if live is None else cls.EDITED

    @property
    def label(self) -> str:
        """The word for it, as people read it."""
        return str(_KINDS[self])


_KINDS: dict[ChangeKind, Promise] = {
    ChangeKind.NEW: _("new"),
    ChangeKind.EDITED: _("edited"),
    ChangeKind.DELETED: _("deleted"),
    ChangeKind.CONTENTS: _("contents changed"),
}
# Whole phrases: in many languages the words depend on each other. The second of each: changes are requested.
_ITEMS: dict[ChangeKind, tuple[Promise, Promise]] = {
    ChangeKind.NEW: (_("“{title}” (new)"), _("“{title}” (new, changes requested)")),
    ChangeKind.EDITED: (_("“{title}” (edited)"), _("“{title}” (edited, changes requested)")),
    ChangeKind.DELETED: (_("“{title}” (deleted)"), _("“{title}” (deleted, changes requested)")),
    ChangeKind.CONTENTS: (_("“{title}” (contents changed)"), _("“{title}” (contents changed, changes requested)")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedItem:
    """One entity with a change of its own, as people speak of it."""

    entity_id: PublishableEntity.ID
    entity_ref: str
    title: str
    change: ChangeKind
    changes_requested: bool = False
    """Whether it is known that a request for changes stands against it."""

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
        title = live_title if new_title is None else new_title
        change = ChangeKind.between(live_title, new_title)
        return cls(entity_id=entity_id, entity_ref=entity_ref, title=title or "", change=change)

    def __str__(self) -> str:
        phrase = _ITEMS[self.change][self.changes_requested]
        return str(phrase).format(title=self.title or self.entity_ref)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedVersion:
    """A version that the draft of a container pins, and that is neither live nor covered."""

    entity: PublishableEntity
    version_id: int
    title: str
    """What this version is called, not the draft."""
    version_num: int
    draft_change_log_record_id: int | None
    """The change that put it in place, to be named in a review of it; None if core has kept no record of it."""
    changes_requested: bool
    """Whether a request for changes stands against it."""
    own_change_at: datetime | None = None
    """When the viewer changed it, if for that reason someone else has to review it; otherwise None."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityOverview:
    """All that a screen says about one entity and the review of its draft, as seen by one person."""

    entity: PublishableEntity
    title: str
    kind: str
    """``component``, or the type of container, such as ``unit``."""
    block_type: str
    """The type of component, such as ``html``; of a container the same as ``kind``."""
    change: ChangeKind | None
    """What publishing would do; None if there is nothing to publish."""
    draft_version_num: int | None
    published_version_num: int | None
    changed_by: AbstractBaseUser | None
    """The author: who last changed what the draft shows; None if openedx-core was not told."""
    changed_at: datetime | None
    draft_change_log_record_id: int | None
    """The change to be reviewed; None if there is none, or core has kept no record of it."""
    is_reviewed: bool
    """Whether the draft change is covered: enough people have reviewed it, and no request for changes stands."""
    required_reviewers: int
    """How many different people have to review it."""
    reviews: tuple[ReviewedStatus, ...]
    """The reviews in force of it, oldest first."""
    requests: tuple[ReviewedStatus, ...]
    """The requests for changes in force that stand against it, oldest first."""
    outdated_requests: tuple[ReviewedStatus, ...]
    """The requests for changes since it was last published that an edit came after, newest first."""
    is_outdated: bool
    """Whether somebody has reviewed it since it was last published, and an edit came after."""
    is_own_change: bool
    """Whether the viewer is the author: the last person who changed what the draft shows."""
    own_change_at: datetime | None
    """When the viewer changed it, if for that reason someone else has to review it; otherwise None."""
    unreviewed_pins: tuple[PinnedVersion, ...]
    """The versions that its draft pins and that need a review before it can be published."""
    contained_in: tuple[EntityOverviewParent, ...]
    """The containers whose drafts list it."""

    @property
    def needs_review(self) -> bool:
        """Whether there is a change of its own to look at."""
        return self.change not in (None, ChangeKind.CONTENTS)

    @property
    def reviewer_count(self) -> int:
        """How many different people have reviewed it; all whose accounts were deleted are one."""
        return len({review.reviewer_id for review in self.reviews})


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityOverviewParent:
    """A container that lists an entity."""

    entity: PublishableEntity
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionOverview:
    """All that a screen says about one version of an entity and the reviews of it."""

    entity: PublishableEntity
    title: str
    """What this version is called, not the draft."""
    version_num: int
    is_reviewed: bool
    """Whether it is covered: enough people have reviewed this version. What a container holds is not looked into."""
    reviews: tuple[ReviewedStatus, ...]
    """The reviews in force of exactly this version, oldest first; carried-over ones included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageOverview:
    """All that a screen says about one learning package and the reviews in it."""

    learning_package: LearningPackage
    review_required: bool
    policy: ReviewPolicy | None
    """What says so; None if it is the site's default."""
    unpublished: int
    """Entities with unpublished changes of their own."""
    reviewed: int
    unreviewed: int
    skipped: int
    """How many of those reviewed "publish reviewed items" would leave behind."""
    changes_requested: int
    """How many of those unreviewed a request for changes stands against."""
    required_reviewers: int
    """How many different people have to review each."""
    who_may_review: WhoMayReview
    """Who may review a change, as far as their own changes go."""
    mine: OwnChanges | None
    """What has become of the viewer's own changes; None without a viewer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnChanges:
    """What has become of one person's unpublished changes in one learning package: how many there are."""

    unpublished: int
    unreviewed: int
    """All that are not reviewed. Those below are among them."""
    changes_requested: int
    outdated: int
    """Those that somebody had reviewed before the latest edit."""
