"""
The plugin against the reference model: after every step both must agree on everything.

Hypothesis makes up histories of a library, in which people write, review, publish and change their minds. A short run,
always the same, is among the tests; ``make fuzz`` makes a long one, always another. When something is found, hypothesis
prints the shortest history that it could find in which it happens.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from celery import shared_task
from django.core.exceptions import ValidationError
from django.test import TestCase, override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLog

from sample_plugin.reviews import api
from sample_plugin.reviews.data import ChangeKind
from sample_plugin.reviews.models import ReviewedStatus

from .history import History
from .library import Files, RealLibrary
from .reference import Mode, WhoMayReview

pytestmark = pytest.mark.django_db

BOTH = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate] if "NOSHRINK" in os.environ else list(Phase),
)
SHORT = settings(BOTH, max_examples=9, stateful_step_count=45, derandomize=True, database=None)
# "make fuzz" says how many histories it wants.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
LONG = settings(BOTH, max_examples=EXAMPLES or 1, stateful_step_count=80)

# What must have happened, in any run and in a long one.
COMMON = {
    "edit",
    "publish",
    "publish past the gate",
    "publish reviewed",
    "publish unreviewed, not required",
    "publish unreviewed: UnreviewedChanges",
    "review",
    "review change log",
}
RARE = {
    "carry over",
    "bulk edit",
    "dismiss",
    "dismiss: DoesNotExist",
    "import, gated",
    "pinned",
    "publish unreviewed, advisory",
    "request changes",
    "review many: ManyReviewsError",
    "review: SelfReviewError",
    "review: StaleReviewError",
    "skipped",
    "withdraw",
}

ERRORS: dict[str | None, Any] = {
    "nothing to review": api.NothingToReviewError,
    "stale": api.StaleReviewError,
    "own change": api.SelfReviewError,
}

# Few of each, so that people meet.
items = Bundle("items")
picks = st.integers(0, 30)
mostly = st.sampled_from([True, True, True, False])
notes = st.sampled_from(["More salt", "Less salt"])
somebody = st.integers(0, 2)
nobody = st.none()
# Whose request it is, in which core may not be told.
asking = nobody | nobody | somebody
words = st.sampled_from(["not_contributors", "not_contributors", "not_last_editor", "anybody"])
# A library may leave it to the site.
who = nobody | words
modes: st.SearchStrategy[Mode] = st.sampled_from(["required", "required", "advisory", "advisory", "off"])
titles = st.sampled_from(["Salt", "salt"])
files = st.sampled_from([{}, {"block.xml": 0}, {"block.xml": 1}])
some = st.lists(items, min_size=1, max_size=3, unique=True)
# How many versions ago.
ages = st.integers(0, 3)
# The second says whether a child is pinned, and to which of its versions.
child = st.tuples(st.integers(0, 5), nobody | nobody | ages)
children = st.lists(child, max_size=3)
arrangements = st.sampled_from(["leave", "reverse", "add", "remove", "pin"])


@shared_task(name="tests.model.import")  # type: ignore[untyped-decorator]
def import_task(act: Callable[[], None]) -> None:
    """Import content, in a task that the plugin's setting names."""
    act()


# Not at every step, or people would write more than they review.
now_and_then = precondition(lambda self: self.steps % 4 == 0)


class Reviewing(History):
    """All that people do."""

    # Writing

    @initialize(target=items, is_live=st.booleans())
    def begin(self, is_live: bool) -> Any:
        """Begin with what is there, unpublished or published."""
        if is_live:
            self._publish(list(self.model.draft), with_dependencies=True, bypassing=True)
        return multiple(*self.model.draft)

    @now_and_then
    @rule(
        target=items,
        kind=st.sampled_from([0, 0, 1, 2, 3]),
        title=titles,
        children=children,
        by=nobody | somebody,
        names_author=mostly,
    )
    def create(self, kind: int, title: str, children: Any, by: int | None, names_author: bool) -> Any:
        """Create an item. Of some, core is only told who made them, and not who made their first version."""
        names_author = names_author or kind > 0
        with self._drafts_change("create", by if names_author else None):
            person = self._person(by)
            version = self.real.create(kind, title, self._fitting(kind, children), person, names_author=names_author)
            self.model.create(version, person)
        return version.entity

    @rule(
        entity=items, title=titles, files=files, arrange=arrangements, child=child, by=nobody | somebody, asking=asking
    )
    def edit(
        self, entity: Any, title: str, files: Files, arrange: str, child: Any, by: int | None, asking: int | None
    ) -> None:
        """Save an item with another title, other files or other children. Or the same, by chance."""
        children = list(self.model.versions_of(entity)[-1].children)
        match arrange:
            case "reverse":
                children.reverse()
            case "add":
                children += self._fitting(self.real.kind(entity), [child])
            case "remove":
                children = children[1:]
            case "pin":
                children[:1] = [(listed, self._version(listed, 0)) for listed, _pinned_to in children[:1]]
        self._save(entity, title, files, children, by, asking)

    @rule(pick=picks, reviewer=somebody, is_good=mostly, by=nobody | somebody)
    def review_and_save(self, pick: int, reviewer: int, is_good: bool, by: int | None) -> None:
        """Review an item, or ask for changes; then somebody opens it, and saves it as it is."""
        entity = self._pick(pick)
        if is_good:
            self._review(entity, self.real.people[reviewer], None)
        else:
            self._request(entity, self.real.people[reviewer], None, "More salt")
        latest = self.model.versions_of(entity)[-1]
        self._save(entity, latest.title, dict(latest.files), latest.children, by)

    def _save(
        self, entity: Any, title: str, files: Files, children: Any, by: int | None, asking: int | None = None
    ) -> None:
        with self._drafts_change("edit", by, asking):
            self.model.save(self.real.save(entity, title, files, children, self._person(by)))

    @rule(entity=items, by=nobody | somebody, asking=asking)
    def delete(self, entity: Any, by: int | None, asking: int | None) -> None:
        """Delete an item."""
        with self._drafts_change("delete", by, asking):
            content_api.soft_delete_draft(entity, deleted_by=self._person(by))
            self.model.draft[entity] = None

    @rule(entity=items, age=ages, by=nobody | somebody, asking=asking)
    def restore(self, entity: Any, age: int, by: int | None, asking: int | None) -> None:
        """Bring an earlier version back, or one that was deleted."""
        version = self._version(entity, age)
        with self._drafts_change("restore", by, asking):
            content_api.set_draft_version(entity, version, set_by=self._person(by))
            self.model.draft[entity] = version

    @now_and_then
    @rule(by=nobody | somebody)
    def discard_changes(self, by: int | None) -> None:
        """Discard all unpublished changes of the library."""
        with self._drafts_change("discard changes", by):
            content_api.reset_drafts_to_published(self.real.id, reset_by=self._person(by))
            self.model.reset()

    @precondition(lambda self: not self.bulk)
    @now_and_then
    @rule(by=nobody | somebody, asking=asking)
    def begin_bulk_edit(self, by: int | None, asking: int | None) -> None:
        """Make all that follows one change log."""
        self.acting = self._person(asking if by is None else by)
        self.bulk = ExitStack()
        self.bulk.enter_context(TestCase.captureOnCommitCallbacks(execute=True))
        with self._request_of(asking):
            self.bulk.enter_context(content_api.bulk_draft_changes_for(self.real.id, changed_by=self._person(by)))

    @precondition(lambda self: self.bulk)
    @rule()
    def end_bulk_edit(self) -> None:
        """And commit it."""
        assert self.bulk
        self.bulk.close()
        self.bulk = None
        with self._step("bulk edit"):
            self._read_changes()

    @precondition(lambda self: not self.bulk)
    @now_and_then
    @rule(entities=some, title=titles, by=nobody | somebody, is_published_within=st.booleans())
    def import_content(self, entities: list[Any], title: str, by: int | None, is_published_within: bool) -> None:
        """
        Import as the platform does: items are saved in one bulk edit, and published after it or in it.

        In a worker there is no request that tells who acts.
        """

        def write() -> None:
            for entity in entities:
                latest = self.model.versions_of(entity)[-1]
                version = self.real.save(entity, title, dict(latest.files), list(latest.children), self._person(by))
                self.model.save(version)

        def publish() -> None:
            going_live = self.real.would_publish(entities, with_dependencies=True)
            if self.model.is_required():
                publish_log = self.real.publish(entities, with_dependencies=True)
                assert not publish_log.records.exists()
                self.model.judge(publish_log.pk)
            elif going_live is not None:
                publish_log = self.real.publish(entities, with_dependencies=True)
                self.model.judge(publish_log.pk, self.model.unreviewed_of(going_live))
                self.model.publish(going_live)

        def run() -> None:
            with content_api.bulk_draft_changes_for(self.real.id, changed_by=self._person(by)) as change_log:
                write()
                if is_published_within and self.model.is_required():
                    publish()
            self.model.imports.add(change_log.pk)
            publish()

        with (
            self._drafts_change("import" + (", gated" if self.model.is_required() else ""), by, None),
            override_settings(SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS=[import_task.name]),
        ):
            import_task.apply([run], throw=True)

    # Reviewing

    @rule(pick=picks, reviewer=somebody, seen=nobody | st.just(0) | st.integers(1, 50) | st.integers(4, 50))
    def review(self, pick: int, reviewer: int, seen: int | None) -> None:
        """Review an item, having seen this change; that may be out of date, or of something else."""
        entity = self._pick(pick)
        self._review(entity, self.real.people[reviewer], None if seen is None else self._change(entity, seen))

    @precondition(lambda self: self.model.pinned())
    @rule(age=st.integers(0, 5), reviewer=somebody, is_good=mostly)
    def review_pinned(self, age: int, reviewer: int, is_good: bool) -> None:
        """Review a version that a container pins, or ask for changes of it. The draft may have moved on."""
        pinned = sorted(self.model.pinned())
        version = self.model.versions[pinned[-1 - age % len(pinned)]]
        moves = [move.id for move in self.model.moves(version.entity) if move.new == version.id]
        self.seen["pinned"] += 1
        # Core may have forgotten how it was made.
        if moves and is_good:
            self._review(version.entity, self.real.people[reviewer], moves[-1])
        elif moves:
            self._request(version.entity, self.real.people[reviewer], moves[-1], "More salt")

    def _review(self, entity: Any, person: int, change: int | None) -> None:
        refusal = self.model.refusal(entity, person, change)
        with self._refused(ERRORS.get(refusal), "review"):
            api.mark_reviewed(entity, reviewer_id=person, draft_change_log_record_id=change)
            self.model.review(entity, person, change)

    @rule(pick=picks, reviewer=somebody, seen=nobody | st.just(0) | st.integers(1, 50), note=notes)
    def request(self, pick: int, reviewer: int, seen: int | None, note: str) -> None:
        """Request changes of an item, having seen this change; perhaps once more, in other words."""
        entity = self._pick(pick)
        self._request(entity, self.real.people[reviewer], None if seen is None else self._change(entity, seen), note)

    def _request(self, entity: Any, person: int, change: int | None, note: str) -> None:
        refusal = self.model.refusal(entity, person, change)
        with self._refused(ERRORS.get(refusal), "request changes"):
            api.request_changes(entity, reviewer_id=person, draft_change_log_record_id=change, note=note)
            self.model.request(entity, person, change, note)

    @precondition(lambda self: any(review.verdict == "changes_requested" for review in self.model.reviews))
    @rule(age=st.integers(0, 5), by=somebody)
    def dismiss(self, age: int, by: int) -> None:
        """Dismiss a request for changes, which may be over."""
        requests = [review for review in self.model.reviews if review.verdict == "changes_requested"]
        request = requests[-1 - age % len(requests)]
        request_id = self.real.find_request(request)
        is_standing = self.model.can_be_dismissed(request)
        with self._refused(None if is_standing else ReviewedStatus.DoesNotExist, "dismiss"):
            api.dismiss_request(request_id, dismissed_by_id=self.real.people[by], reason="It is salt enough")
            self.model.dismiss(request, self.real.people[by], "It is salt enough")

    @rule(picks=st.lists(picks, max_size=3), reviewer=somebody, seen=st.integers(0, 1))
    def review_many(self, picks: list[int], reviewer: int, seen: int) -> None:
        """Review some items, all or none."""
        entities = {self._pick(pick) for pick in picks}
        self._review_many({entity: self._change(entity, seen) for entity in entities}, reviewer)

    @rule(reviewer=somebody, left_out=nobody | items)
    def review_all(self, reviewer: int, left_out: int | None) -> None:
        """Review all that this person may, or all but one."""
        person = self.real.people[reviewer]
        entities = [e for e in self.model.changed() if e != left_out and not self.model.refusal(e, person)]
        self._review_many({entity: self.model.shown(entity)[-1] for entity in entities}, reviewer)

    def _review_many(self, changes: Any, reviewer: int) -> None:
        person = self.real.people[reviewer]
        refusals = {entity: self.model.refusal(entity, person, change) for entity, change in changes.items()}
        refused = {entity: ERRORS[refusal] for entity, refusal in refusals.items() if refusal}
        with self._refused(api.ManyReviewsError if refused else None, "review many") as error:
            reviews = api.mark_many_reviewed(changes, reviewer_id=person)
            given = [self.model.review(entity, person, change) for entity, change in sorted(changes.items())]
            assert [review.version_id for review in reviews] == [review.version for review in given]
        if error:
            assert {entity: type(reason) for entity, reason in error[0].errors.items()} == refused

    @precondition(lambda self: self.logs)
    @rule(age=st.integers(0, 10), reviewer=somebody)
    def review_change_log(self, age: int, reviewer: int) -> None:
        """Review what is left of one change log."""
        person, log = self.real.people[reviewer], list(self.logs)[-1 - age % len(self.logs)]
        expected: Any = None
        left = self.model.still_shown_of(log)
        if not DraftChangeLog.objects.filter(pk=log).exists():
            expected = DraftChangeLog.DoesNotExist
        elif any(self.model.refusal(entity, person) for entity in left):
            expected = api.SelfReviewError
        with self._refused(expected, "review change log"):
            reviews = api.mark_change_log_reviewed(log, reviewer_id=person)
            for entity, change in sorted(left.items()):
                self.model.review(entity, person, change)
            assert [review.entity_id for review in reviews] == sorted(left)

    @precondition(lambda self: self.model.reviews)
    @rule(age=st.integers(0, 10), by=nobody | somebody)
    def withdraw(self, age: int, by: int | None) -> None:
        """Take back what somebody has given to an item. Perhaps once more."""
        review = self.model.reviews[-1 - age % len(self.model.reviews)]
        entity: Any = review.entity
        person = review.reviewer
        withdrawn = self.model.withdraw(entity, person, self._person(by) or person)
        with self._refused(None if withdrawn else ReviewedStatus.DoesNotExist, "withdraw"):
            api.withdraw_review(entity, reviewer_id=person, withdrawn_by_id=self._person(by))

    # Where reviews are required

    @now_and_then
    @rule(mode=nobody | modes, by=nobody | somebody)
    def set_policy(self, mode: Mode | None, by: int | None) -> None:
        """Say whether this library requires reviews, or only tells what it would refuse."""
        api.set_review_mode(self.real.id, mode, changed_by=self._person(by), reason="The course begins")
        self.model.policy = mode

    @now_and_then
    @rule(number=st.sampled_from([None, 1, 1, 2, 3]), by=nobody | somebody)
    def set_reviewers(self, number: int | None, by: int | None) -> None:
        """Say how many people have to review a change of this library."""
        api.set_required_reviewers(self.real.id, number, changed_by=self._person(by))
        self.model.reviewers = number

    @now_and_then
    @rule(who=who, by=nobody | somebody)
    def set_who_may_review(self, who: WhoMayReview | None, by: int | None) -> None:
        """Say who may review a change of this library, as far as their own changes go."""
        api.set_who_may_review(self.real.id, who, changed_by=self._person(by))
        self.model.who = who

    @now_and_then
    @rule(mode=modes, required=mostly, who=words, self_review=st.booleans(), reviewers=st.sampled_from([1, 1, 2]))
    def configure_site(self, mode: Mode, required: bool, who: WhoMayReview, self_review: bool, reviewers: int) -> None:
        """Change the plugin's settings. The older names of two of them count if the newer ones have their default."""
        override = override_settings(
            SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE=mode,
            SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT=required,
            SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW=who,
            SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW=self_review,
            SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS=reviewers,
        )
        self.history.enter_context(override)
        self.model.mode_by_default = mode if required or mode != "required" else "off"
        self.model.who_by_default = "anybody" if who == "not_contributors" and self_review else who
        self.model.reviewers_by_default = reviewers

    # Publishing

    @rule(entities=nobody | some, with_dependencies=st.booleans(), bypassing=st.sampled_from([False, False, True]))
    def publish(self, entities: Any, with_dependencies: bool, bypassing: bool) -> None:
        """Publish all or some items, whatever their state; some with what they contain, or without."""
        self._publish(entities, with_dependencies=with_dependencies or entities is None, bypassing=bypassing)

    @precondition(lambda self: self.after_bypass and not self.bulk)
    @rule(entities=some)
    def publish_after_bypass(self, entities: Any) -> None:
        """Publish in a task that was started under a bypass, and goes on after it."""
        self._publish(entities, with_dependencies=True, bypassing=False, task=self.after_bypass)

    @rule(dry_run=st.sampled_from([False, False, True]), age=nobody | nobody | st.integers(0, 5))
    def publish_reviewed(self, dry_run: bool, age: int | None) -> None:
        """Publish reviewed items, or say what would happen; all, or those of one change log."""
        logs = [log for log in self.logs if DraftChangeLog.objects.filter(pk=log).exists()]
        log = None if age is None or not logs else logs[-1 - age % len(logs)]
        publishable, skipped = self.model.publishable(log)
        kinds = [
            (entity, ChangeKind.between(self.model.live.get(entity), self.model.draft[entity]))
            for entity in sorted(publishable)
        ]
        impossible = self.bulk and bool(publishable)
        what = "publish reviewed" + (" of a log" if log else "")
        what += ", dry run" if dry_run else ""
        self.seen["skipped"] += bool(skipped)
        before = self.real.everything() if dry_run else None
        with self._refused(ValidationError if impossible else None, what):
            result = api.publish_reviewed_items(self.real.id, dry_run=dry_run, draft_change_log_id=log)
            assert [(item.entity_id, item.change) for item in result.published] == kinds
            assert [item.entity_id for item in result.skipped] == sorted(skipped)
            assert len(result.publish_logs) == (0 if dry_run else self.model.publish_reviewed(log))
            for publish_log in result.publish_logs:
                self.model.judge(publish_log.pk)
        if dry_run:
            assert self.real.everything() == before


def test_the_plugin_does_what_the_model_says(caplog: pytest.LogCaptureFixture) -> None:
    """Or hypothesis prints the shortest history that it can find in which it does not."""
    caplog.set_level(logging.CRITICAL)  # the plugin and openedx-filters write about each refusal
    Reviewing.real, Reviewing.seen = RealLibrary(), Counter()
    run_state_machine_as_test(Reviewing, settings=LONG if EXAMPLES else SHORT)
    seen = +Reviewing.seen
    print(*(f"{count:7} {what}" for what, count in seen.most_common()), sep="\n")  # noqa: T201, for "make fuzz"
    # If nothing ever happened they would agree as well.
    assert seen.keys() >= COMMON
    # In a short run, chance decides which of these happen, and it decides otherwise with another hypothesis.
    assert EXAMPLES < 100 or seen.keys() >= RARE
