"""The values that explain what went live, and the history of one item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishableEntity

from ..filters import AddedEntry
from ..models import Basis, PublishJudgement, ReviewedStatus, Verdict

__all__ = ["EvidenceBasis", "HistoryEntry", "HistoryKind", "LiveEvidence"]


class EvidenceBasis(StrEnum):
    """Why something could go live."""

    #: Enough reviewers had approved it.
    REVIEWED = "reviewed"
    #: It was not reviewed, and a user decided to publish it all the same.
    BYPASSED = "bypassed"
    #: The library did not require reviews then.
    NOT_REQUIRED = "not_required"
    #: It came with a restored backup.
    RESTORED = "restored"
    #: It went live before the plugin recorded judgements.
    BEFORE_PLUGIN = "before_plugin"
    #: There is no record, so the publish went around the gate.
    UNEXPLAINED = "unexplained"

    @property
    def label(self) -> str:
        """The word for it, as screens show it."""
        return _("unexplained") if self == EvidenceBasis.UNEXPLAINED else str(Basis(self).label)


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveEvidence:
    """Why one version is live, or was; or why an entity was taken down."""

    entity: PublishableEntity
    key: str | None
    """As Studio writes it; None if Studio has no key for it."""
    title: str
    """The title of this version; of a deletion, that of the version that was live before."""
    version_num: int | None
    """None for a deletion."""
    is_live: bool
    """Whether this is what is live now."""
    publish_log_id: int
    published_at: datetime
    published_by: AbstractBaseUser | None
    """None if openedx-core does not know, and if the account was deleted since."""
    basis: EvidenceBasis
    is_unreviewed: bool | None
    """Whether it was without the reviews that the policy asked for then, whatever the mode; None if unknown."""
    reviews: tuple[ReviewedStatus, ...]
    """The verdicts that stood when it went live, oldest first: also those that were withdrawn later, and requests."""
    judgement: PublishJudgement | None
    """The record; None if it is unexplained."""
    added: Mapping[str, int] | None
    """Counts that other plugins add, as they were when it went live; None if one of them has failed."""

    @property
    def entity_ref(self) -> str:
        """The name that openedx-core has for the entity in its package."""
        return str(self.entity.entity_ref)

    @property
    def published_by_id(self) -> int | None:
        """The id of the publisher; None as above."""
        return self.published_by.pk if self.published_by else None

    @property
    def mode(self) -> str | None:
        """The review mode at that time; None if unknown."""
        return (self.judgement.mode or None) if self.judgement else None

    @property
    def required_reviewers(self) -> int | None:
        """How many reviewers a change needed at that time; None if unknown."""
        return self.judgement.required_reviewers if self.judgement else None

    @property
    def decided_by(self) -> AbstractBaseUser | None:
        """The user who bypassed the review; None without a bypass, and if the account was deleted since."""
        return self.judgement.decided_by if self.judgement else None

    @property
    def reason(self) -> str:
        """The reason for the bypass; otherwise empty."""
        return self.judgement.reason if self.judgement else ""

    @property
    def is_reviewed(self) -> bool:
        """Whether it is on record that it had the reviews that the policy asked for then. False if that is unknown."""
        return self.is_unreviewed is False

    @property
    def approvals(self) -> tuple[ReviewedStatus, ...]:
        """The reviews among the verdicts that stood when it went live; without the requests for changes."""
        return tuple(one for one in self.reviews if one.verdict == Verdict.REVIEWED)

    def is_approved_by(self, user_id: int) -> bool:
        """Return whether this user had approved it when it went live."""
        return any(one.reviewer_id == user_id for one in self.approvals)


class HistoryKind(StrEnum):
    """What happened to an item."""

    EDIT = "edit"
    #: A review or a request for changes.
    REVIEW = "review"
    PUBLISH = "publish"
    #: Something that another plugin has added.
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryEntry:
    """One thing that happened to one item."""

    kind: HistoryKind
    time: datetime
    person: AbstractBaseUser | None
    """The author, reviewer, publisher or another user; None if unknown, and if the account was deleted since."""
    version_num: int | None
    """The version that was made, reviewed or published; None for a deletion."""
    is_deletion: bool
    changed_nothing: bool
    """Whether an edit was a save without a change."""
    review: ReviewedStatus | None
    """Of a review: the verdict."""
    publish_log_id: int | None
    """Of a publish: its id, and in the next three why it was allowed."""
    basis: EvidenceBasis | None
    is_unreviewed: bool | None
    """Whether this item was without the reviews that it needed; None if unknown."""
    judgement: PublishJudgement | None
    added: AddedEntry | None
    """Of what another plugin has added: what it says."""
