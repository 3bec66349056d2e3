"""Values that the Python API returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openedx_content.models_api import LearningPackage, PublishableEntity, PublishableEntityVersion, PublishLog

from .conf import ReviewMode, ReviewStarts, WhoMayReview
from .models import PublishJudgement, ReviewedStatus, ReviewPolicy, ReviewRequest, Verdict

__all__ = [
    "ChangeKind",
    "ChangedItem",
    "EntityOverview",
    "OpenPeriod",
    "OpenRequest",
    "OwnChanges",
    "PackageOverview",
    "PinnedVersion",
    "PublishReviewedResult",
    "QueueRow",
    "QueueState",
    "SkippedItem",
    "UnreviewedPublish",
    "WaitingCounts",
    "WaitsFor",
]


class ChangeKind(StrEnum):
    """What publishing a change does to the live content."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"
    #: Only the content of a container has changed, not the container itself.
    CONTENTS = "contents"

    @classmethod
    def between(cls, live: object | None, new: object | None) -> ChangeKind:
        """Return the kind of change from ``live`` to ``new``; None stands for no version."""
        if new is None:
            return cls.DELETED
        return cls.NEW if live is None else cls.EDITED

    @property
    def label(self) -> str:
        """The word for it, as screens show it."""
        return str(_KINDS[self])


_KINDS: dict[ChangeKind, Promise] = {
    ChangeKind.NEW: _("new"),
    ChangeKind.EDITED: _("edited"),
    ChangeKind.DELETED: _("deleted"),
    ChangeKind.CONTENTS: _("contents changed"),
}
# Whole phrases, because in many languages the words depend on each other. The second of each: changes are requested.
_ITEMS: dict[ChangeKind, tuple[Promise, Promise]] = {
    ChangeKind.NEW: (_("“{title}” (new)"), _("“{title}” (new, changes requested)")),
    ChangeKind.EDITED: (_("“{title}” (edited)"), _("“{title}” (edited, changes requested)")),
    ChangeKind.DELETED: (_("“{title}” (deleted)"), _("“{title}” (deleted, changes requested)")),
    ChangeKind.CONTENTS: (_("“{title}” (contents changed)"), _("“{title}” (contents changed, changes requested)")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedItem:
    """One entity with a change of its own, under the title that people know."""

    entity_id: PublishableEntity.ID
    entity_ref: str
    title: str
    change: ChangeKind
    changes_requested: bool = False
    """Whether it is known to have an open request for changes."""

    @classmethod
    def between(
        cls,
        entity: PublishableEntity,
        live: PublishableEntityVersion | None,
        new: PublishableEntityVersion | None,
        *,
        changes_requested: bool = False,
    ) -> ChangedItem:
        """Return the item for the change of ``entity`` from the ``live`` version to the ``new`` one."""
        titles = (live.title if live else None, new.title if new else None)
        return cls.titled(entity.id, entity.entity_ref, *titles, changes_requested=changes_requested)

    @classmethod
    def of_draft(
        cls, entity: PublishableEntity, new: PublishableEntityVersion | None, *, changes_requested: bool = False
    ) -> ChangedItem:
        """Return the item for the change of ``entity`` when the ``new`` version of its draft goes live."""
        # An entity that was never published has no such attribute.
        published = getattr(entity, "published", None)
        return cls.between(entity, published.version if published else None, new, changes_requested=changes_requested)

    @classmethod
    def titled(
        cls,
        entity_id: PublishableEntity.ID,
        entity_ref: str,
        live_title: str | None,
        new_title: str | None,
        *,
        changes_requested: bool = False,
    ) -> ChangedItem:
        """Return the item where only the titles were read; None stands for no version."""
        title = live_title if new_title is None else new_title
        return cls(
            entity_id=entity_id,
            entity_ref=entity_ref,
            title=title or "",
            change=ChangeKind.between(live_title, new_title),
            changes_requested=changes_requested,
        )

    def __str__(self) -> str:
        phrase = _ITEMS[self.change][self.changes_requested]
        return str(phrase).format(title=self.title or self.entity_ref)


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedItem:
    """A reviewed change that was not published, and a sentence that gives the reason."""

    item: ChangedItem
    reason: str
    code: str = ""
    """If a step of the filter refused it: the code of its refusal, such as ``unresolved_conversations``."""

    @property
    def entity_id(self) -> PublishableEntity.ID:
        """The entity that was skipped."""
        return self.item.entity_id


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreviewedPublish:
    """A publish without a review, or the preview of one."""

    judgement: PublishJudgement | None
    """How the gate judged it; None if nothing was published."""
    published: tuple[ChangedItem, ...]
    """What went live, or would: the unreviewed changes first."""
    unreviewed_count: int
    """How many of them are unreviewed: the first ones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishReviewedResult:
    """
    The result of "publish reviewed items"; for a dry run, what it would do.

    ``publish_logs`` is in the order in which they were made, and empty for a dry run or if there was nothing to
    publish. ``published`` and ``skipped`` are ordered by entity id.
    """

    publish_logs: tuple[PublishLog, ...]
    published: tuple[ChangedItem, ...]
    skipped: tuple[SkippedItem, ...]
    steps_asked: bool = True
    """False for a dry run that did not ask the steps of the filter: they may refuse some of it, or all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinnedVersion:
    """A version that the draft of a container pins, and that is neither live nor covered."""

    entity: PublishableEntity
    version_id: int
    title: str
    """The title of this version, not of the draft."""
    version_num: int
    draft_change_log_record_id: int | None
    """The change that put it in place, for a review to name; None if core has no record of it."""
    changes_requested: bool
    """Whether it has an open request for changes."""
    own_change_at: datetime | None = None
    """When the viewer changed it, if for that reason another reviewer has to review it; otherwise None."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityOverview:
    """Everything that a screen shows about one entity and the review of its draft, for one viewer."""

    entity: PublishableEntity
    title: str
    kind: str
    """``component``, or the type of container, such as ``unit``."""
    block_type: str
    """The type of component, such as ``html``; for a container, the same as ``kind``."""
    change: ChangeKind | None
    """What publishing would do; None if there is nothing to publish."""
    draft_version_num: int | None
    published_version_num: int | None
    changed_by: AbstractBaseUser | None
    """The author: the user who last changed what the draft shows; None if openedx-core does not know."""
    changed_at: datetime | None
    draft_change_log_record_id: int | None
    """The change to review; None if there is none, or core has no record of it."""
    is_reviewed: bool
    """
    Whether the draft change is covered: enough reviewers have approved it, and no request for changes is open. Of a
    draft that is live: whether it is on record that it was reviewed when it went live.
    """
    required_reviewers: int
    """How many different people have to review a change today."""
    reviews: tuple[ReviewedStatus, ...]
    """The reviews of it that are in force, oldest first."""
    requests: tuple[ReviewedStatus, ...]
    """The open requests for changes to it, oldest first."""
    outdated_requests: tuple[ReviewedStatus, ...]
    """The requests for changes since it was last published that were followed by an edit, newest first."""
    is_outdated: bool
    """Whether a reviewer has reviewed it since it was last published, and an edit followed."""
    is_own_change: bool
    """Whether the viewer is the author: the last user who changed what the draft shows."""
    my_last_version: int | None
    """The number of the version on which the viewer last gave a verdict, even if withdrawn; None without one."""
    own_change_at: datetime | None
    """When the viewer changed it, if for that reason another reviewer has to review it; otherwise None."""
    review_request: OpenRequest | None
    """The open request for a review of its change."""
    is_in_progress: bool
    """Whether its change waits for nobody, because a review starts when an author asks, and nobody has asked."""
    unreviewed_pins: tuple[PinnedVersion, ...]
    """The versions that its draft pins and that need a review before it can be published."""
    contained_in: tuple[EntityOverviewParent, ...]
    """The containers whose drafts list it."""

    @property
    def needs_review(self) -> bool:
        """Whether it has a change of its own to review."""
        return self.change not in (None, ChangeKind.CONTENTS)

    @property
    def reviewer_count(self) -> int:
        """How many different people have reviewed it; all deleted accounts count as one."""
        return len({review.reviewer_id for review in self.reviews})


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityOverviewParent:
    """A container that lists an entity."""

    entity: PublishableEntity
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageOverview:
    """Everything that a screen shows about one learning package and its reviews."""

    learning_package: LearningPackage
    mode: ReviewMode
    """What happens to unreviewed changes that are to be published."""
    review_required: bool
    """Whether they are refused."""
    policy: ReviewPolicy | None
    """The package's own policy; None if it has none, and the site's defaults apply."""
    unpublished: int
    """Entities with unpublished changes of their own."""
    reviewed: int
    unreviewed: int
    skipped: int
    """How many of the reviewed changes "publish reviewed items" would skip."""
    changes_requested: int
    """How many of the unreviewed changes have an open request for changes."""
    in_progress: int
    """How many of the other unreviewed changes wait for nobody, because nobody has asked for a review."""
    required_reviewers: int
    """How many different people have to review each change."""
    who_may_review: WhoMayReview
    """Which contributors may review a change."""
    review_starts: ReviewStarts
    """When a change waits for a review."""
    mine: OwnChanges | None
    """The state of the viewer's own changes; None without a viewer."""
    waits_for_me: WaitingCounts | None
    """How many changes wait for the viewer; None without a viewer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPeriod:
    """A time in which a learning package refused no unreviewed changes, and what was published meanwhile."""

    since: datetime | None
    """None if that was before the policy's history."""
    until: datetime | None
    """None if it has not ended."""
    ended_by_id: int | None
    """The id of the ``ReviewPolicyChange`` that ended it."""
    publish_count: int
    change_count: int
    unreviewed_count: int
    """How many of the changes were not reviewed when they went live."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnChanges:
    """How many unpublished changes one person has in one learning package, by their state."""

    unpublished: int
    unreviewed: int
    """All that are not reviewed, including those below."""
    changes_requested: int
    outdated: int
    """Those that a reviewer had reviewed before the latest edit."""


class QueueState(StrEnum):
    """The state of the review of a draft."""

    #: Nobody has asked for a review, in a library where a review starts when an author asks.
    IN_PROGRESS = "in_progress"
    UNREVIEWED = "unreviewed"
    #: A request for changes is open, whatever other reviewers say.
    CHANGES_REQUESTED = "changes_requested"
    #: As many reviewers as required have approved it.
    REVIEWED = "reviewed"


class WaitsFor(StrEnum):
    """What a change waits for from one person."""

    #: It is unreviewed, the person may review it and has not approved it yet, and no others are asked in their place.
    REVIEW = "review"
    #: The person is its author, and a reviewer has requested changes.
    ANSWER = "answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenRequest:
    """An open request for a review, with its people loaded."""

    request: ReviewRequest
    awaited: frozenset[int]
    """The ids of the named people who have given no verdict on the draft; empty: it waits for all who may review."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueRow:
    """What a list of all changes in a library shows about one of them, for one viewer."""

    entity_id: PublishableEntity.ID
    key: str | None
    """As Studio writes it; None if Studio has no key for it."""
    title: str
    kind: str
    """``component``, or the type of container, such as ``unit``."""
    block_type: str
    """The type of component, such as ``html``; for a container, the same as ``kind``."""
    change: ChangeKind
    draft_change_log_record_id: int | None
    """The change to review; None if core has no record of it."""
    draft_version_num: int | None
    published_version_num: int | None
    changed_by: AbstractBaseUser | None
    """The author: the user who last changed what the draft shows; None if openedx-core does not know."""
    changed_at: datetime | None
    state: QueueState
    is_outdated: bool
    """Whether a reviewer has reviewed it since it was last published, and an edit followed."""
    review_count: int
    """How many different people have approved it; all deleted accounts count as one."""
    my_verdict: Verdict | None
    """The viewer's verdict in force on this draft."""
    is_mine: bool
    """Whether the viewer is the author."""
    may_review: bool
    """Whether the viewer has the permission to review in the package."""
    own_change_at: datetime | None
    """When the viewer changed it, if they have the permission, and may not use it for that reason; otherwise None."""
    waits_for_me: WaitsFor | None
    review_request: OpenRequest | None
    """The open request for a review of it."""
    path: tuple[tuple[str | None, str], ...]
    """The key and title of each container around it, outermost first: of several places, that in the oldest one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingCounts:
    """How many changes in one learning package wait for one person."""

    to_review: int
    """Those that wait for a review by this person."""
    to_answer: int
    """Those of this person's own changes that have an open request for changes."""
