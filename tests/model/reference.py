"""
A reference model of what was decided about reviews, for tests/model/test_model.py: what must be true, in plain Python.

It knows nothing of the plugin, of Django or of a database, and is as simple as it can be rather than fast: everything
is in a few dicts and lists, and every question is answered by looking through them.

Two things it does not predict but is told, for they are openedx-core's own: the draft changes that core has on record
(a bulk edit rewrites and drops some), and what core would publish (it pulls in dependencies, or refuses).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Change", "GoesLive", "Model", "Refusal", "Review", "Version"]

type Refusal = Literal["nothing to review", "stale", "own change"]
type Verdict = Literal["reviewed", "changes_requested"]


@dataclass(frozen=True)
class Version:
    """A version, with all that it says: its title, and its files or children; children may be pinned to versions."""

    id: int
    entity: int
    created_by: int | None
    title: str
    files: tuple[tuple[str, int], ...] = ()
    children: tuple[tuple[int, int | None], ...] = ()

    def says_the_same_as(self, other: Version) -> bool:
        """Return whether going from one to the other changes nothing."""
        return (self.title, self.files, self.children) == (other.title, other.files, other.children)

    @property
    def needs(self) -> set[int]:
        """What has to be live for this to be live. What is pinned is a part of this version, and needs nothing."""
        return {child for child, pinned_to in self.children if pinned_to is None}


@dataclass(frozen=True)
class Change:
    """One change of a draft, as core has it on record."""

    id: int
    log: int
    entity: int
    old: int | None
    new: int | None
    changed_by: int | None

    @property
    def is_side_effect(self) -> bool:
        """Whether only something that the entity contains has changed."""
        return self.old == self.new


@dataclass
class Review:
    """
    One person's verdict on one change, and with it on the version that was then in place: None if that was a deletion.

    The change is None once core has dropped it.
    """

    entity: int
    change: int | None
    version: int | None
    reviewer: int
    verdict: Verdict = "reviewed"
    note: str = ""
    withdrawn_by: int | None = None
    withdrawn_reason: str = ""
    carried_over: bool = False
    # The one that somebody gave, however many saves ago.
    origin: Review | None = field(default=None, compare=False, repr=False)

    @property
    def in_force(self) -> bool:
        """Whether nobody has taken it back."""
        return self.withdrawn_by is None


@dataclass(frozen=True)
class GoesLive:
    """What a publish does, or would do, to one entity."""

    entity: int
    old: int | None
    new: int | None


@dataclass
class Model:
    """One learning package."""

    versions: dict[int, Version] = field(default_factory=dict)
    draft: dict[int, int | None] = field(default_factory=dict)
    # What was never published has no place in here; what was, and then was deleted, is at None.
    live: dict[int, int | None] = field(default_factory=dict)
    changes: dict[int, Change] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    # The unreviewed changes that each bypass took live, by publish log.
    bypasses: dict[int, int] = field(default_factory=dict)
    policy: bool | None = None
    required_by_default: bool = True
    # How many people have to review a change: by the library's policy, or else by the site's default.
    reviewers: int | None = None
    reviewers_by_default: int = 1
    self_review_allowed: bool = False

    # Drafts

    def save(self, version: Version) -> None:
        """Put a new version in place."""
        self.versions[version.id] = version
        self.draft[version.entity] = version.id

    def told(self, changes: dict[int, Change]) -> None:
        """Take note of what core has on record now."""
        self.changes = changes
        for review in self.reviews:
            if review.change not in changes:
                review.change = None

    def reset(self) -> None:
        """Take every draft back to what is live."""
        for entity in self.draft:
            self.draft[entity] = self.live.get(entity)

    def versions_of(self, entity: int) -> list[Version]:
        """Return all versions that there ever were, oldest first."""
        return [version for version in self.versions.values() if version.entity == entity]

    def changed(self) -> set[int]:
        """Return what has unpublished changes of its own, deletions included."""
        return {entity for entity, version in self.draft.items() if version != self.live.get(entity)}

    def newest_deletion(self, entity: int) -> int | None:
        """Return the change that a deleted entity was deleted by."""
        return max((c.id for c in self.changes.values() if c.entity == entity and c.new is None), default=None)

    # D1: what is covered

    def covered(self, entity: int, version: int | None) -> bool:
        """Return whether enough people have reviewed exactly this version or deletion, and nobody asks for changes."""
        verdicts = self.verdicts_on(entity, version)
        people = {verdict.reviewer for verdict in verdicts if verdict.verdict == "reviewed"}
        return len(people) >= (self.reviewers or self.reviewers_by_default) and not self.requested(entity, version)

    def requested(self, entity: int, version: int | None) -> bool:
        """Return whether somebody asks for changes of exactly this version or deletion."""
        return any(verdict.verdict == "changes_requested" for verdict in self.verdicts_on(entity, version))

    def verdicts_on(self, entity: int, version: int | None) -> list[Review]:
        """Return what is in force of exactly this version, or of the newest deletion."""
        in_force = [r for r in self.reviews if r.in_force and (r.entity, r.version) == (entity, version)]
        deletion = self.newest_deletion(entity)
        return [r for r in in_force if version is not None or r.change == deletion is not None]

    def reviewed(self) -> set[int]:
        """Return what could be published for being reviewed."""
        return {entity for entity in self.changed() if self.covered(entity, self.draft[entity])}

    # Reviewing

    def shown(self, entity: int) -> list[int]:
        """Return the changes by which the draft may have become what it is, oldest first."""
        if self.draft[entity] is None:
            deletion = self.newest_deletion(entity)
            return [] if deletion is None else [deletion]
        version = self.draft[entity]
        return sorted(c.id for c in self.changes.values() if c.entity == entity and c.new == version)

    def is_own(self, entity: int, person: int) -> bool:
        """Return whether this person has made one of those changes; where core does not know, who wrote the version."""
        for change in (self.changes[change_id] for change_id in self.shown(entity)):
            written_by = None if change.new is None else self.versions[change.new].created_by
            if not change.is_side_effect and (change.changed_by or written_by) == person:
                return True
        return False

    def refusal(self, entity: int, reviewer: int, change: int | None = None) -> Refusal | None:
        """Return why this person cannot review the draft, having looked at this change."""
        if entity not in self.changed():
            return "nothing to review"
        if change is not None and change not in self.shown(entity):
            return "stale"
        if not self.self_review_allowed and self.is_own(entity, reviewer):
            return "own change"
        return None

    def review(self, entity: int, reviewer: int, change: int | None = None) -> Review:
        """Have this person review the draft. Who has done that before leaves no second review."""
        return self._give(Review(entity, change or self.shown(entity)[-1], self.draft[entity], reviewer))

    def request(self, entity: int, reviewer: int, change: int | None, note: str) -> Review:
        """Have this person ask for changes, in these words."""
        change = change or self.shown(entity)[-1]
        return self._give(Review(entity, change, self.draft[entity], reviewer, "changes_requested", note))

    def _give(self, review: Review) -> Review:
        """Put this on record, unless the same is there; what else the same person has said of it is taken back."""
        given = [v for v in self.verdicts_on(review.entity, review.version) if v.reviewer == review.reviewer]
        same = [
            one
            for one in given
            if one.verdict == review.verdict and (one.verdict == "reviewed" or one.note == review.note)
        ]
        for one in given:
            if one not in same:
                self._take_back(one, review.reviewer)
        if not same:
            self.reviews.append(review)
        return same[0] if same else review

    def _take_back(self, verdict: Review, by: int, reason: str = "") -> None:
        """Withdraw it with all that it was carried over to or from."""
        origin = verdict.origin or verdict
        for one in self.reviews:
            if one.in_force and (one.origin or one) is origin:
                one.withdrawn_by, one.withdrawn_reason = by, reason

    def still_shown_of(self, log: int) -> dict[int, int]:
        """Return what is left to review of one change log: changes by entity."""
        return {
            c.entity: c.id
            for c in self.changes.values()
            if c.log == log and not c.is_side_effect and c.entity in self.changed() and c.id in self.shown(c.entity)
        }

    def withdraw(self, entity: int, reviewer: int, withdrawn_by: int) -> bool:
        """Take back all that this person has given to the entity, and return whether there was anything."""
        given = [r for r in self.reviews if r.in_force and (r.entity, r.reviewer) == (entity, reviewer)]
        if withdrawn_by != reviewer:
            given = [r for r in given if r.verdict == "reviewed"]
        for review in given:
            review.withdrawn_by = withdrawn_by
        return bool(given)

    def dismiss(self, request: Review, by: int, reason: str) -> bool:
        """End a request for changes, and return whether it was one."""
        if not request.in_force or request.verdict != "changes_requested":
            return False
        self._take_back(request, by, reason)
        return True

    def commit(self, log: int) -> int:
        """Carry reviews over to what this log has put in place of versions that say the same, and return how many."""
        before = len(self.reviews)
        for change in list(self.changes.values()):
            if change.log != log or change.is_side_effect or change.old is None or change.new is None:
                continue
            if not self.versions[change.new].says_the_same_as(self.versions[change.old]):
                continue
            there = [r for r in self.reviews if r.in_force and r.version == change.new]
            for given in [r for r in self.reviews if r.in_force and r.version == change.old]:
                # A request is never given up for a review.
                if not any(
                    (r.reviewer == given.reviewer and given.verdict in ("reviewed", r.verdict))
                    or (r.origin or r) is (given.origin or given)
                    for r in there
                ):
                    copy = Review(change.entity, change.id, change.new, given.reviewer, given.verdict, given.note)
                    copy.carried_over, copy.origin = True, given.origin or given
                    self.reviews.append(copy)
        return len(self.reviews) - before

    # D2, D5: the gate

    def is_required(self) -> bool:
        """Return whether the gate holds."""
        return self.required_by_default if self.policy is None else self.policy

    def unreviewed_of(self, publish: Iterable[GoesLive]) -> set[int]:
        """Return what a publish would take live (or off it) that nobody has reviewed."""
        return {p.entity for p in publish if p.old != p.new and not self.covered(p.entity, p.new)}

    def publish(self, publish: Iterable[GoesLive]) -> None:
        """Take all of it live."""
        for published in publish:
            self.live[published.entity] = published.new

    # D4: publish reviewed items

    def publishable(self) -> tuple[set[int], set[int]]:
        """Return what "publish reviewed items" publishes, and what it skips."""
        reviewed = self.reviewed()
        skipped: set[int] = set()
        while blocked := {entity for entity in reviewed - skipped if self._is_blocked(entity, reviewed, skipped)}:
            skipped |= blocked
        return reviewed - skipped, skipped

    def _is_blocked(self, entity: int, reviewed: Collection[int], skipped: Collection[int]) -> bool:
        """Return whether it contains what is skipped, or what was never published and is not now."""
        return any(c in skipped or (c not in self.live and c not in reviewed) for c in self._contains(entity))

    def publish_reviewed(self) -> int:
        """Publish it, and return how many publishes that takes: one for each level of containers with new content."""
        publishes = 0
        left, _skipped = self.publishable()
        while left:
            ready = {entity for entity in left if self._contains(entity) <= self.live.keys()}
            self.live |= {entity: self.draft[entity] for entity in ready}
            left -= ready
            publishes += 1
        return publishes

    def _contains(self, entity: int) -> set[int]:
        version = self.draft[entity]
        return set() if version is None else self.versions[version].needs
