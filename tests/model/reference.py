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
from typing import Any, Literal

__all__ = ["Change", "GoesLive", "Judgement", "Mode", "Model", "Refusal", "Review", "Version"]

type Refusal = Literal["nothing to review", "stale", "own change"]
type Verdict = Literal["reviewed", "changes_requested"]
type Mode = Literal["off", "advisory", "required"]
type WhoMayReview = Literal["not_contributors", "not_last_editor", "anybody"]


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

    def has_kept(self, shown: Version, discarded: Version) -> bool:
        """Return whether this was made when the draft showed one version, and has something of a discarded one."""
        added = (self._parts() & discarded._parts()) - shown._parts()
        names = [{part[:2] for part in version._parts()} for version in (shown, discarded, self)]
        return bool(added or names[0] - names[1] - names[2])

    def _parts(self) -> set[tuple[Any, ...]]:
        files = {("file", *file) for file in self.files}
        children = {("child", *child, place) for place, child in enumerate(self.children)}
        return {("title", "", self.title)} | files | children

    @property
    def needs(self) -> set[int]:
        """What has to be live for this to be live. What is pinned goes live with it."""
        return {child for child, pinned_to in self.children if pinned_to is None}

    @property
    def pins(self) -> set[int]:
        """The versions that are a part of this one."""
        return {pinned_to for _child, pinned_to in self.children if pinned_to is not None}


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


@dataclass(frozen=True)
class Judgement:
    """Why a publish was allowed, what was asked for then, and what of it was not reviewed."""

    basis: str
    mode: str
    reviewers: int
    unreviewed: frozenset[int] = frozenset()


@dataclass
class Model:
    """One learning package."""

    versions: dict[int, Version] = field(default_factory=dict)
    # Who made an item, which core knows even where it is not told who made its first version.
    created_by: dict[int, int | None] = field(default_factory=dict)
    draft: dict[int, int | None] = field(default_factory=dict)
    # What was never published has no place in here; what was, and then was deleted, is at None.
    live: dict[int, int | None] = field(default_factory=dict)
    # All versions that are live or once were.
    been_live: set[int] = field(default_factory=set)
    changes: dict[int, Change] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    # By publish log.
    judgements: dict[int, Judgement] = field(default_factory=dict)
    # What happens to what is not reviewed: by the library's policy, or else by the site's default.
    policy: Mode | None = None
    mode_by_default: Mode = "required"
    # How many people have to review a change: by the library's policy, or else by the site's default.
    reviewers: int | None = None
    reviewers_by_default: int = 1
    # Who may review, as far as their own changes go: by the library's policy, or else by the site's default.
    who: WhoMayReview | None = None
    who_by_default: WhoMayReview = "not_contributors"
    # The change logs that an import has made.
    imports: set[int] = field(default_factory=set)

    # Drafts

    def create(self, version: Version, by: int | None) -> None:
        """Put a new item in place, with its first version."""
        self.created_by[version.entity] = by
        self.save(version)

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

    def refusal(self, entity: int, reviewer: int, change: int | None = None) -> Refusal | None:
        """Return why this person cannot review what they have looked at: this change or, if none, the draft."""
        version = self.draft[entity]
        if entity not in self.changed() or (change is not None and change not in self.shown(entity)):
            looked_at = self.changes.get(change or 0)
            # The draft does not show it (any more). But it goes live with a container that pins it.
            if not looked_at or looked_at.entity != entity or looked_at.is_side_effect:
                looked_at = None
            if not looked_at or looked_at.new not in self.pinned():
                return "stale" if entity in self.changed() else "nothing to review"
            version = looked_at.new
        everybody, last = self.contributors(entity, version)
        match self.who or self.who_by_default:
            case "not_contributors":
                return "own change" if reviewer in everybody else None
            case "not_last_editor":
                return "own change" if reviewer in last else None
        return None

    # D6: who has made it

    def contributors(self, entity: int, version: int | None) -> tuple[set[int], set[int]]:
        """Return who has contributed to a version that is not live (or to a deletion), and who was the last to."""
        moves = self.moves(entity)
        if version == self.draft[entity]:
            if version == self.live.get(entity):
                return set(), set()
            # All that has happened since the draft last showed what is live.
            while any(move.new == self.live.get(entity) for move in moves):
                del moves[0]
        else:
            moves = [move for move in moves if move.new == version]

        # By what was done and the version that came of it: both grow with time.
        made_by = {(move.id, move.new or 0): self._people(move) for move in moves}
        behind = [*(move.new for move in moves), version]
        for made in behind:  # grows
            if made is None or made in self.been_live:
                continue
            maker = self._maker(entity, made)
            if maker and maker.new == made:
                made_by[maker.id, made] = self._people(maker)
            else:
                # Core has forgotten it over what came next in the same bulk edit.
                by = {self.versions[made].created_by, maker.changed_by if maker else None} - {None}
                made_by[maker.id if maker else 0, made] = by or {self._first_author(made)}
            before = max((v.id for v in self.versions_of(entity) if v.id < made), default=None)
            was_forgotten = before is not None and maker == self._maker(entity, before)
            made_of = maker.old if maker and maker.old is not None and not was_forgotten else before
            if made_of not in behind:
                behind.append(made_of)
            # Core makes a version of the newest there is, also of a discarded one: something of it may be left.
            is_open = made_of is not None and before is not None and before not in behind
            if is_open and self.versions[made].has_kept(self.versions[made_of or 0], self.versions[before or 0]):
                behind.append(before)
        # Without what has changed nothing, and without authors unknown.
        people = [people for _when, people in sorted(made_by.items(), key=lambda one: one[0]) if people is not None]
        named = [{person for person in some if person is not None} for some in people]
        return {person for some in named for person in some}, named[-1] if named else set()

    def moves(self, entity: int) -> list[Change]:
        """Return what was done to this entity itself, oldest first."""
        moves = [change for change in self.changes.values() if change.entity == entity and not change.is_side_effect]
        return sorted(moves, key=lambda move: move.id)

    def author(self, entity: int) -> int | None:
        """Return who was the last to change what the draft shows, as lists tell it."""
        move = [move for move in self.moves(entity) if self._people(move) is not None][-1]
        if move.changed_by is not None or move.new is None:
            return move.changed_by
        return self.versions[move.new].created_by or self._first_author(move.new)

    def _people(self, move: Change) -> set[int | None] | None:
        """Return whom this change and its version name, None for an author unknown; or None if nothing has changed."""
        if move.new is None:
            return {move.changed_by}
        version = self.versions[move.new]
        if move.old is not None and version.says_the_same_as(self.versions[move.old]):
            return None
        return {move.changed_by, version.created_by} - {None} or {self._first_author(version.id)}

    def _first_author(self, version: int) -> int | None:
        """Return who made the entity, if this is its first version."""
        entity = self.versions[version].entity
        return self.created_by[entity] if version == self.versions_of(entity)[0].id else None

    def _maker(self, entity: int, version: int) -> Change | None:
        """Return what was done when this version was made: the first that has left it, or a later one, in place."""
        return next((move for move in self.moves(entity) if (move.new or 0) >= version), None)

    # D1: what is pinned

    def pinned(self) -> set[int]:
        """Return the versions that were never live, and that go live with the draft of a container that pins them."""
        found = {pin for version in self.draft.values() for pin in self._pins(version)}
        while more := {below for pin in found for below in self._pins(pin)} - found:
            found |= more
        return found

    def _pins(self, version: int | None) -> set[int]:
        return set() if version is None else self.versions[version].pins - self.been_live

    def unready(self, version: int | None) -> set[int]:
        """Return what this version pins, directly or not, that must not go live: never live, and not covered."""
        unready: set[int] = set()
        for pin in self._pins(version):
            unready |= self.unready(pin) | ({pin} if not self.covered(self.versions[pin].entity, pin) else set())
        return unready

    # Giving verdicts, and taking them back

    def review(self, entity: int, reviewer: int, change: int | None = None) -> Review:
        """Have this person review what they have looked at. Who has done that before leaves no second review."""
        return self._give(Review(entity, *self._looked_at(entity, change), reviewer))

    def request(self, entity: int, reviewer: int, change: int | None, note: str) -> Review:
        """Have this person ask for changes, in these words."""
        return self._give(Review(entity, *self._looked_at(entity, change), reviewer, "changes_requested", note))

    def _looked_at(self, entity: int, change: int | None) -> tuple[int, int | None]:
        """Return the change that a verdict is pinned to, which is never a side effect, and its version."""
        shown = [one for one in self.shown(entity) if not self.changes[one].is_side_effect]
        if change is None or (change in self.shown(entity) and change not in shown):
            change = shown[-1]
        return change, self.changes[change].new

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
                self._withdraw(one, review.reviewer)
        if not same:
            self.reviews.append(review)
        return same[0] if same else review

    def _withdraw(self, verdict: Review, by: int, reason: str = "") -> None:
        """Withdraw it with all that it was carried over to or from, but for what is said of what is live."""
        origin = verdict.origin or verdict
        for one in self.reviews:
            if one.in_force and (one.origin or one) is origin and not self._is_of_live(one):
                one.withdrawn_by, one.withdrawn_reason = by, reason

    def _is_of_live(self, verdict: Review) -> bool:
        """Return whether it is about what is or was live, and not about what a draft shows (again)."""
        draft, live = self.draft[verdict.entity], self.live.get(verdict.entity)
        if verdict.version is None:
            return draft is live is None and verdict.entity in self.live
        return verdict.version in self.been_live and not (draft == verdict.version != live)

    def still_shown_of(self, log: int) -> dict[int, int]:
        """Return what is left to review of one change log: changes by entity."""
        return {
            c.entity: c.id
            for c in self.changes.values()
            if c.log == log and not c.is_side_effect and c.entity in self.changed() and c.id in self.shown(c.entity)
        }

    def withdraw(self, entity: int, reviewer: int, withdrawn_by: int) -> bool:
        """Take back what this person has said of drafts of the entity, and return whether there was anything."""
        given = [r for r in self.reviews if r.in_force and (r.entity, r.reviewer) == (entity, reviewer)]
        if withdrawn_by != reviewer:
            given = [r for r in given if r.verdict == "reviewed"]
        given = [r for r in given if not self._is_of_live(r)]
        for review in given:
            self._withdraw(review, withdrawn_by)
        return bool(given)

    def can_be_dismissed(self, request: Review) -> bool:
        """Return whether this is a request for changes that stands, and not one of what is live."""
        return request.in_force and request.verdict == "changes_requested" and not self._is_of_live(request)

    def dismiss(self, request: Review, by: int, reason: str) -> None:
        """End a request for changes."""
        self._withdraw(request, by, reason)

    def commit(self, log: int) -> int:
        """Carry verdicts over to what this log has put in place of versions that say the same, and return how many."""
        before = len(self.reviews)
        for change in list(self.changes.values()):
            if change.log != log or change.is_side_effect or change.old is None or change.new is None:
                continue
            if not self.versions[change.new].says_the_same_as(self.versions[change.old]):
                continue
            for given in [r for r in self.reviews if r.in_force and r.version == change.old]:
                # One verdict of a person; a request is never given up for a review.
                for there in self._by_same(given, change.new):
                    if (given.verdict, there.verdict) == ("changes_requested", "reviewed"):
                        self._withdraw(there, given.reviewer)
                if not self._by_same(given, change.new):
                    copy = Review(change.entity, change.id, change.new, given.reviewer, given.verdict, given.note)
                    copy.carried_over, copy.origin = True, given.origin or given
                    self.reviews.append(copy)
        return len(self.reviews) - before

    def _by_same(self, verdict: Review, version: int) -> list[Review]:
        return [r for r in self.reviews if r.in_force and (r.version, r.reviewer) == (version, verdict.reviewer)]

    # D10: imports

    def waiting_of(self, log: int) -> set[int]:
        """Return what a log has put in place that is not live yet, and that nobody has edited since."""
        return {entity for entity in self.changed() if self._put_in_place(entity, log)}

    def _put_in_place(self, entity: int, log: int) -> bool:
        shown = [self.changes[change] for change in self.shown(entity)]
        return any(change.log == log and not change.is_side_effect for change in shown)

    # D2, D5: the gate

    def mode(self) -> Mode:
        """Return what happens to what is not reviewed."""
        return self.policy or self.mode_by_default

    def is_required(self) -> bool:
        """Return whether the gate holds."""
        return self.mode() == "required"

    def judge(self, publish_log: int, unreviewed: Collection[int] = (), *, bypassing: bool = False) -> None:
        """Put on record why this may go live."""
        basis = "not_required" if not self.is_required() else "bypassed" if unreviewed and bypassing else "reviewed"
        reviewers = self.reviewers or self.reviewers_by_default
        self.judgements[publish_log] = Judgement(basis, self.mode(), reviewers, frozenset(unreviewed))

    def unreviewed_of(self, publish: Iterable[GoesLive]) -> set[int]:
        """Return what a publish would take live (or off it) that is not covered, or pins what must not go live."""
        changes = [p for p in publish if p.old != p.new]
        return {p.entity for p in changes if not self.covered(p.entity, p.new) or self.unready(p.new)}

    def unready_drafts(self) -> set[int]:
        """Return what keeps everything from being published."""
        return self.unreviewed_of(
            GoesLive(entity, self.live.get(entity), self.draft[entity]) for entity in self.changed()
        )

    def publish(self, publish: Iterable[GoesLive]) -> None:
        """Take all of it live."""
        for published in publish:
            self._take_live(published.entity, published.new)

    def _take_live(self, entity: int, version: int | None) -> None:
        self.live[entity] = version
        if version is not None:
            self.been_live.add(version)

    # D4: publish reviewed items

    def publishable(self, log: int | None = None) -> tuple[set[int], set[int]]:
        """Return what "publish reviewed items" publishes, and what it skips; of one log, if that is what was asked."""
        reviewed = {entity for entity in self.reviewed() if log is None or self._put_in_place(entity, log)}
        skipped = {entity for entity in reviewed if self.unready(self.draft[entity])}
        while blocked := {entity for entity in reviewed - skipped if self._is_blocked(entity, reviewed, skipped)}:
            skipped |= blocked
        return reviewed - skipped, skipped

    def _is_blocked(self, entity: int, reviewed: Collection[int], skipped: Collection[int]) -> bool:
        """Return whether it contains what is skipped, or what has no live version and gets none now."""
        return any(c in skipped or (self._is_missing(c) and c not in reviewed) for c in self._contains(entity))

    def _is_missing(self, entity: int) -> bool:
        """Return whether it has no live version, and not for having been deleted with a publish."""
        return self.live.get(entity) is None and (entity not in self.live or self.draft[entity] is not None)

    def publish_reviewed(self, log: int | None = None) -> int:
        """Publish it, and return how many publishes that takes: one for each level of containers with new content."""
        publishes = 0
        left, _skipped = self.publishable(log)
        while left:
            ready = {entity for entity in left if self._contains(entity) <= self.live.keys()}
            for entity in ready:
                self._take_live(entity, self.draft[entity])
            left -= ready
            publishes += 1
        return publishes

    def _contains(self, entity: int) -> set[int]:
        version = self.draft[entity]
        return set() if version is None else self.versions[version].needs
