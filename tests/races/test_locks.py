"""Who waits for whom: one transaction is held between its judgement and its commit, and another one comes along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.db.transaction import atomic, set_rollback
from openedx_content import api as content_api
from openedx_content.applets.publishing import api as core_publishing
from openedx_content.models_api import PublishableEntityVersion, PublishLog

from sample_plugin.reviews import api, policy_changes
from sample_plugin.reviews.gate import core, wrapper
from sample_plugin.reviews.gate.judgement import judge
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.policy import PolicyInForce, get_policy, lock_publishes
from sample_plugin.reviews.publishing import publish_reviewed
from sample_plugin.reviews.signals import send_changes_requested
from sample_plugin.reviews.verdicts import carry_over, give, withdraw

from ..content import Item, Library, core_publish_from_drafts, draft_record, is_reviewed, live_versions
from .afterwards import live_against_verdicts
from .crew import Crew, is_waiting_for_a_lock, number_waiting
from .journal import Journal

pytestmark = pytest.mark.essential

type Review = Callable[..., None]


@pytest.fixture(name="while_publishing")
def _while_publishing(monkeypatch: pytest.MonkeyPatch, crew: Crew) -> Callable[..., tuple[bool, Any]]:
    """
    A function that lets somebody do something while the library is being published: judged, and not committed yet.

    It returns whether they had to wait for the publish, and what came of what they did.
    """

    def while_publishing(library: Library, act: Callable[[], Any]) -> tuple[bool, Any]:
        begun: list[Any] = []
        waited = False

        def judge_and_hold(publish_log: PublishLog, in_force: PolicyInForce) -> None:
            nonlocal waited
            judge(publish_log, in_force)
            if begun:
                return  # this one is what they do
            begun.append(crew.start(act))
            while not begun[0].done() and not waited:
                waited = is_waiting_for_a_lock()

        # The last word of the gate. What is done before it, it judges.
        monkeypatch.setattr(wrapper, "judge", judge_and_hold)
        library.publish()
        return waited, begun[0].result(timeout=60)

    return while_publishing


@pytest.fixture(name="without_lock")
def _without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hole: nobody waits for anybody."""
    for module in (carry_over, policy_changes, wrapper, publish_reviewed, give, withdraw):
        monkeypatch.setattr(module, "lock_publishes", get_policy)


def test_a_withdrawal_waits_for_the_publish_that_counts_on_the_review(
    while_publishing: Any, library: Library, review: Review, reviewer: User
) -> None:
    item = library.component()
    review(item)

    def withdraw() -> Any:
        try:
            return api.withdraw_review(item.id, reviewer_id=reviewer.pk)
        except ReviewedStatus.DoesNotExist as error:
            return error

    waited, outcome = while_publishing(library, withdraw)
    assert waited
    # When its turn has come, the review is one of what is live.
    assert isinstance(outcome, ReviewedStatus.DoesNotExist)
    assert live_versions().keys() == {item.id}
    assert live_against_verdicts(library.package.id) == []


@pytest.mark.usefixtures("without_lock")
def test_the_journal_tells_of_a_review_that_is_withdrawn_before_the_commit(
    journal: Journal, while_publishing: Any, library: Library, review: Review, reviewer: User
) -> None:
    """What the test before is about, and that the journal finds such a hole."""
    item = library.component()
    review(item)
    waited, _outcome = while_publishing(library, lambda: api.withdraw_review(item.id, reviewer_id=reviewer.pk))
    assert not waited
    (wrong,) = journal.check()
    assert f"of entity {item.id} live, of which no review was in force when it was committed" in wrong


def test_a_request_for_changes_waits_for_the_publish_that_was_judged_before_it(
    while_publishing: Any, library: Library, review: Review, other_reviewer: User
) -> None:
    item = library.component()
    review(item)
    waited, outcome = while_publishing(library, request_changes(item, other_reviewer))
    assert waited
    # When its turn has come there is nothing left to request changes of.
    assert isinstance(outcome, api.NothingToReviewError)
    assert live_versions().keys() == {item.id}
    assert live_against_verdicts(library.package.id) == []


@pytest.mark.usefixtures("without_lock")
def test_the_journal_tells_of_a_request_that_is_made_before_the_commit(
    journal: Journal, while_publishing: Any, library: Library, review: Review, other_reviewer: User
) -> None:
    item = library.component()
    review(item)
    waited, _outcome = while_publishing(library, request_changes(item, other_reviewer))
    assert not waited
    (wrong,) = journal.check()
    assert f"of entity {item.id} live" in wrong


@pytest.mark.usefixtures("without_lock")
@pytest.mark.parametrize("what", ["withdrawal", "request"])
def test_the_tables_alone_tell_of_both_afterwards(
    what: str, while_publishing: Any, library: Library, review: Review, reviewer: User, other_reviewer: User
) -> None:
    item = library.component()
    review(item)
    withdraw = partial(api.withdraw_review, item.id, reviewer_id=reviewer.pk)
    while_publishing(library, withdraw if what == "withdrawal" else request_changes(item, other_reviewer))
    (wrong,) = live_against_verdicts(library.package.id)
    assert f"of entity {item.id} went live as reviewed" in wrong


@pytest.fixture(name="while_requesting")
def _while_requesting(monkeypatch: pytest.MonkeyPatch, crew: Crew, other_reviewer: User) -> Callable[..., bool]:
    """A function that lets somebody do something while changes are being requested, and returns whether they waited."""

    def while_requesting(item: Item, act: Callable[[], Any]) -> bool:
        waited, begun = False, []

        def meanwhile(requests: Any) -> None:
            nonlocal waited
            send_changes_requested(requests)
            begun.append(crew.start(act))
            while not begun[0].done() and not waited:
                waited = is_waiting_for_a_lock()

        monkeypatch.setattr(give, "send_changes_requested", meanwhile)
        request_changes(item, other_reviewer)()
        begun[0].result(timeout=60)
        return waited

    return while_requesting


def test_a_request_is_not_lost_in_a_save_that_changes_nothing(
    while_requesting: Any, library: Library, review: Review
) -> None:
    item = library.component(title="Salt")
    review(item)
    assert while_requesting(item, lambda: library.edit(item, title="Salt"))
    assert not is_reviewed(library, item)
    assert api.find_changes(library.package.id, state=api.ReviewState.CHANGES_REQUESTED).count() == 1


@pytest.mark.usefixtures("without_lock")
def test_without_the_lock_it_would_be(while_requesting: Any, library: Library, review: Review) -> None:
    item = library.component(title="Salt")
    review(item)
    assert not while_requesting(item, lambda: library.edit(item, title="Salt"))
    assert is_reviewed(library, item)


def request_changes(item: Item, person: User) -> Callable[[], Any]:
    """Return what asks for changes of an item, as it is shown now, and returns the request or why there is none."""
    record_id = draft_record(item).pk

    def request() -> Any:
        try:
            return api.request_changes(
                item.id, reviewer_id=person.pk, note="More salt", draft_change_log_record_id=record_id
            )
        except api.ReviewError as error:
            return error

    return request


def test_a_policy_waits_for_the_publish_that_was_judged_by_the_old_one(while_publishing: Any, library: Library) -> None:
    api.set_review_required(library.package.id, False, changed_by=None)
    library.component()
    waited, _outcome = while_publishing(
        library, lambda: api.set_review_required(library.package.id, True, changed_by=None)
    )
    assert waited
    assert len(live_versions()) == 1


def test_to_ask_for_more_reviewers_waits_as_well(while_publishing: Any, library: Library, review: Review) -> None:
    review(library.component())
    waited, _policy = while_publishing(
        library, lambda: api.set_required_reviewers(library.package.id, 2, changed_by=None)
    )
    assert waited
    assert len(live_versions()) == 1


@pytest.mark.usefixtures("without_lock")
def test_the_journal_tells_of_a_policy_that_changes_before_the_commit(
    journal: Journal, while_publishing: Any, library: Library
) -> None:
    api.set_review_required(library.package.id, False, changed_by=None)
    library.component()
    waited, _outcome = while_publishing(
        library, lambda: api.set_review_required(library.package.id, True, changed_by=None)
    )
    assert not waited
    assert len(journal.check()) == 1


def test_of_two_who_publish_what_is_reviewed_the_second_finds_it_done(
    while_publishing: Any, library: Library, review: Review
) -> None:
    review(library.component())
    waited, result = while_publishing(library, lambda: api.publish_reviewed_items(library.package.id))
    assert waited
    assert (result.publish_logs, result.published) == ((), ())
    assert (PublishLog.objects.count(), len(live_versions())) == (1, 1)


def test_authors_and_reviewers_do_not_wait_for_a_publish(
    while_publishing: Any, library: Library, review: Review, author: User, other_reviewer: User
) -> None:
    item = library.component()
    review(item)

    def work() -> Any:
        library.edit(item)
        library.component()
        return api.mark_reviewed(item.id, reviewer_id=other_reviewer.pk)

    waited, given = while_publishing(library, work)
    assert not waited
    assert given.version_num == 2
    # What was judged is what went live.
    assert live_versions() == {item.id: item.publishable_entity.versions.get(version_num=1).pk}


def test_a_step_that_hangs_keeps_from_everybody_what_is_not_committed(
    while_publishing: Any, library: Library, review: Review
) -> None:
    review(library.component())
    waited, seen_by_others = while_publishing(library, lambda: (live_versions(), PublishLog.objects.count()))
    assert not waited
    assert seen_by_others == ({}, 0)


def test_a_publish_of_another_library_does_not_wait(
    while_publishing: Any, library: Library, review: Review, author: User
) -> None:
    other = Library.create("lib:Test:Other", author.pk)
    review(library.component(), other.component())
    waited, published = while_publishing(library, other.publish)
    assert not waited
    assert published.records.count() == 1


@pytest.fixture(name="gate_is_open")
def _gate_is_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The largest hole of all: core's own function, and nobody notices."""
    pre_save.disconnect(sender=PublishLog, dispatch_uid=core.TRIPWIRE)
    for module in (core_publishing, content_api):
        monkeypatch.setattr(module, "publish_from_drafts", core_publish_from_drafts)
    monkeypatch.setattr(wrapper, "require_reviews_of_drafts", lambda learning_package_id: None)
    yield
    monkeypatch.undo()
    core.install()


@pytest.mark.usefixtures("gate_is_open")
def test_the_journal_tells_of_what_goes_live_without_a_review(
    journal: Journal, library: Library, review: Review, reviewer: User
) -> None:
    edited, withdrawn, deleted, fine = (library.component() for _ in range(4))
    review(edited, withdrawn, deleted, fine)
    library.edit(edited)
    api.withdraw_review(withdrawn.id, reviewer_id=reviewer.pk)
    library.publish()
    library.delete(deleted)
    library.delete(fine)
    review(fine)
    library.publish()
    wrong = journal.check()
    assert journal.went_live == 6
    for item, sentence in zip((edited, withdrawn, deleted), wrong, strict=True):
        assert f"entity {item.id} live" in sentence


@pytest.mark.usefixtures("gate_is_open")
def test_the_journal_tells_of_what_a_container_takes_live_with_it(
    journal: Journal, library: Library, review: Review
) -> None:
    fine, pinned = library.component(), library.component()
    review(fine, pinned)
    version = content_api.get_draft_version(fine.id)
    unreviewed = library.edit(pinned)
    library.edit(pinned)
    review(pinned)
    unit = library.unit(version, PublishableEntityVersion.objects.get(pk=unreviewed))
    review(unit)
    library.publish()
    (wrong,) = journal.check()
    assert f"of entity {unit.id} live, which pins version {unreviewed}" in wrong


def test_the_first_publishes_of_a_library_do_not_get_into_each_others_way(
    library: Library, crew: Crew, author: User
) -> None:
    """One makes the row at which the others wait, and it is gone again when that one is refused."""
    other = Library.create("lib:Test:Other", author.pk)

    def lock(package_id: Any) -> None:
        with atomic():
            lock_publishes(package_id)

    waiting: list[Any] = []
    with atomic():
        lock_publishes(library.package.id)
        for package_id in (library.package.id, library.package.id, other.package.id):
            waiting.append(crew.start(partial(lock, package_id)))
        while number_waiting() < 2:
            pass
        set_rollback(True)
    for future in waiting:
        future.result(timeout=60)
