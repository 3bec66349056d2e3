"""Management commands: they print what a person needs to know, and a refusal is a sentence that changed nothing."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery import Celery, current_app
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openedx_content.models_api import Component, LearningPackage, PublishableEntity, PublishLog
from user_tasks.models import UserTaskStatus

from sample_plugin.reviews import api
from sample_plugin.reviews.management.commands import reviews_status
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus, ReviewPolicy, ReviewPolicyChange

from .content import Library, core_publish_from_drafts, draft_record, live_versions, publish_state

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]

TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
PACKAGE = "lib:Test:Gated"
UNREVIEWED = ["reviews_publish_unreviewed", PACKAGE, "--reason", "The exam is in an hour"]


def run(*args: str) -> str:
    """Run a command and return what it prints."""
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def run_refused(*args: str) -> str:
    """Run a command that is refused, and return the sentence; nothing may have changed."""
    before = state()
    with pytest.raises(CommandError) as refusal:
        run(*args)
    assert state() == before
    # With this a script gets exit code 1; see below for 2.
    assert refusal.value.returncode == 1
    return str(refusal.value)


def state() -> list[Any]:
    """Return all that the commands may change."""
    return [
        publish_state(),
        *(
            list(model.objects.values())
            for model in (ReviewedStatus, PublishJudgement, ReviewPolicy, ReviewPolicyChange)
        ),
    ]


@pytest.fixture(name="veto")
def _veto(settings: Any) -> None:
    """Another plugin prevents every publish."""
    pipeline = [*settings.OPEN_EDX_FILTERS_CONFIG[TYPE]["pipeline"], "tests.steps.Vetoes"]
    settings.OPEN_EDX_FILTERS_CONFIG = {TYPE: {"pipeline": pipeline, "fail_silently": False}}


# All of them


EVERY_COMMAND = pytest.mark.parametrize(
    "args",
    [
        pytest.param(["reviews_status"], id="reviews_status"),
        pytest.param(["reviews_audit"], id="reviews_audit"),
        pytest.param(["reviews_publish"], id="reviews_publish"),
        pytest.param(["reviews_publish_unreviewed", "--reason", "x"], id="reviews_publish_unreviewed"),
        pytest.param(["reviews_policy", "--do-not-require"], id="reviews_policy"),
    ],
)


@EVERY_COMMAND
def test_an_unknown_package_is_refused_and_those_that_exist_are_named(
    library: Library, ungated_library: Library, args: list[str]
) -> None:
    assert run_refused(*args, "lib:Test:Gatde") == (
        "There is no learning package “lib:Test:Gatde”. Existing ones: lib:Test:Gated, lib:Test:Ungated."
    )


@EVERY_COMMAND
def test_where_there_is_no_package_at_all_it_is_said_so(args: list[str]) -> None:
    assert run_refused(*args, PACKAGE) == f"There is no learning package “{PACKAGE}”. None exists yet."


def test_of_many_packages_only_the_first_are_named() -> None:
    for n in range(12):
        Library.create(f"lib:Many:L{n:02}")
    message = run_refused("reviews_status", PACKAGE)
    assert "lib:Many:L09" in message
    assert "lib:Many:L10" not in message


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["reviews_publish", PACKAGE], id="reviews_publish"),
        pytest.param(UNREVIEWED, id="reviews_publish_unreviewed"),
        pytest.param(["reviews_policy", PACKAGE, "--do-not-require"], id="reviews_policy"),
        pytest.param(["reviews_policy", PACKAGE], id="reviews_policy, only shown"),
    ],
)
def test_an_unknown_user_is_refused(library: Library, review: Review, args: list[str]) -> None:
    review(library.component())
    assert run_refused(*args, "--user", "nobody") == "There is no user “nobody”."


PUBLISHING = pytest.mark.parametrize(
    "args",
    [
        pytest.param(["reviews_publish", PACKAGE], id="reviewed"),
        # With a user it runs as a task.
        pytest.param(["reviews_publish", PACKAGE, "--user", "reviewer"], id="reviewed, by somebody"),
        pytest.param(UNREVIEWED, id="unreviewed"),
    ],
)


@PUBLISHING
def test_the_veto_of_another_plugin_is_shown_as_a_sentence(
    library: Library, review: Review, veto: None, args: list[str]
) -> None:
    review(library.component())
    library.component()
    assert run_refused(*args) == "Nothing is published on Sundays."


@PUBLISHING
def test_what_core_refuses_is_shown_as_a_sentence(library: Library, review: Review, args: list[str]) -> None:
    review(library.component())
    assert "at most 500 characters" in run_refused(*args, "--message", "x" * 501)


# reviews_status


def test_status_lists_what_awaits_a_review_and_what_has_one(library: Library, review: Review) -> None:
    edited, deleted = library.component("edited", title="Old"), library.component("deleted", title="Gone")
    review(edited, deleted)
    library.publish()
    library.edit(edited, title="Better")
    library.delete(deleted)
    new = library.component("new", title="New")
    review(new, deleted)
    assert run("reviews_status", PACKAGE).splitlines() == [
        "lib:Test:Gated “Library lib:Test:Gated”: review is required.",
        "",
        "Awaits review: 1",
        f"  “Better” (edited)  {edited.entity_ref}",
        "",
        "Reviewed: 2",
        f"  “Gone” (deleted)  {deleted.entity_ref}",
        f"  “New” (new)  {new.entity_ref}",
    ]


def test_status_says_where_no_review_is_required(ungated_library: Library) -> None:
    assert "review is NOT required." in run("reviews_status", "lib:Test:Ungated")


def test_status_check_fails_as_long_as_something_awaits_a_review(library: Library, review: Review) -> None:
    component, other = library.component(), library.component()
    review(component)
    assert run_refused("reviews_status", PACKAGE, "--check") == "Not everything is reviewed. Awaits review: 1."
    review(other)
    assert "Reviewed: 2" in run("reviews_status", PACKAGE, "--check")


def test_status_without_check_never_fails(library: Library) -> None:
    library.component()
    assert "Awaits review: 1" in run("reviews_status", PACKAGE)


def test_status_takes_as_many_queries_for_twenty_changes_as_for_one(
    library: Library, review: Review, django_assert_num_queries: Any
) -> None:
    for number in (1, 20):
        for _ in range(number):
            review(library.component())
            library.component()
        # The package; whether a review is required, and by how many; for two lists the package, the number, the rows;
        # how many changes are requested; twice the policy, and the imports.
        with django_assert_num_queries(13):
            run("reviews_status", PACKAGE)


def test_status_tells_how_many_have_reviewed_it_and_who_misses_what(
    library: Library, reviewer: User, other_reviewer: User, review: Review
) -> None:
    untouched, begun, reviewed = (library.component(title=title) for title in ["Salt", "Yeast", "Water"])
    requested, twice = library.component(title="Flour"), library.component(title="Oil")
    review(begun, reviewed, requested)
    api.mark_reviewed(reviewed.id, reviewer_id=other_reviewer.pk)
    api.request_changes(requested.id, reviewer_id=other_reviewer.pk, note="Which one?\nThere are many.")
    api.request_changes(twice.id, reviewer_id=reviewer.pk, note="Too much")
    api.request_changes(twice.id, reviewer_id=other_reviewer.pk, note="Olive?")
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    assert run("reviews_status", PACKAGE).splitlines() == [
        "lib:Test:Gated “Library lib:Test:Gated”: review is required, by 2 people.",
        "",
        "Awaits review: 2",
        f"  “Salt” (new)  {untouched.entity_ref}: 0 of 2 reviews",
        f"  “Yeast” (new)  {begun.entity_ref}: 1 of 2 reviews",
        "",
        "Changes requested: 2",
        f"  “Flour” (new)  {requested.entity_ref}: changes requested: other-reviewer: Which one?",
        f"  “Oil” (new)  {twice.entity_ref}: changes requested: reviewer: Too much; other-reviewer: Olive?",
        "",
        "Reviewed: 1",
        f"  “Water” (new)  {reviewed.entity_ref}",
    ]


def test_status_names_nobody_whose_account_was_deleted(library: Library, reviewer: User) -> None:
    api.request_changes(library.component().id, reviewer_id=reviewer.pk, note="Less salt")
    reviewer.delete()
    assert ": changes requested: a deleted account: Less salt\n" in run("reviews_status", PACKAGE)


def test_status_check_fails_as_long_as_changes_are_requested(library: Library, reviewer: User) -> None:
    component = library.component()
    api.request_changes(component.id, reviewer_id=reviewer.pk, note="Less salt")
    assert run_refused("reviews_status", PACKAGE, "--check") == (
        "Not everything is reviewed. Awaits review: 0. Changes requested: 1."
    )
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    assert "Reviewed: 1" in run("reviews_status", PACKAGE, "--check")


def test_status_looks_up_the_verdicts_of_many_at_once(
    library: Library, reviewer: User, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            run("reviews_status", PACKAGE)
        return len(captured)

    def make(number: int) -> None:
        for _ in range(number):
            review(library.component())
            api.request_changes(library.component().id, reviewer_id=reviewer.pk, note="Less salt")

    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    make(1)
    few = queries()
    make(20)
    assert queries() == few
    monkeypatch.setattr(reviews_status, "_AT_ONCE", 10)
    # 21 in each of the two lists: three times instead of once, in six queries.
    assert queries() == few + 2 * 2 * 6


# reviews_publish


def test_publish_publishes_exactly_what_was_reviewed(library: Library, review: Review) -> None:
    reviewed, unreviewed = library.component("reviewed", title="Salt"), library.component()
    review(reviewed)
    assert run("reviews_publish", PACKAGE).splitlines() == [
        "Published: 1",
        f"  “Salt” (new)  {reviewed.entity_ref}",
    ]
    assert live_versions().keys() == {reviewed.id}
    assert "Awaits review: 1" in run("reviews_status", PACKAGE)
    assert unreviewed.id not in live_versions()


def test_publish_says_what_was_skipped_and_why(library: Library, review: Review) -> None:
    unit = library.unit(library.component(title="Unread"), title="The dough")
    review(unit)
    assert run("reviews_publish", PACKAGE).splitlines() == [
        "Published: 0",
        "Skipped: 1",
        f"  “The dough” (new)  {unit.entity_ref}: "
        "It contains “Unread”, which has no published version and is not published with it.",
    ]


def test_nothing_that_people_wrote_does_anything_to_the_terminal(
    library: Library, review: Review, reviewer: User
) -> None:
    wicked = "\x1b[2J\x9b1m\u202ered\nAwaits review: 0"
    LearningPackage.objects.update(title=wicked)
    awaited, requested, reviewed, inside = (library.component(title=wicked) for _ in range(4))
    unit = library.unit(inside, title=wicked)
    PublishableEntity.objects.filter(pk=awaited.id).update(entity_ref=f"ref{wicked}")
    ReviewedStatus.objects.filter(pk=api.request_changes(requested.id, reviewer_id=reviewer.pk, note="?").pk).update(
        note=wicked
    )
    review(reviewed, unit)
    with pytest.raises(CommandError) as refusal:
        run("reviews_publish_unreviewed", PACKAGE, "--reason", "x", "--entity", "no such ref", "--entity", wicked)
    printed = [
        run("reviews_status", PACKAGE),
        run("reviews_publish", PACKAGE, "--dry-run"),
        run("reviews_publish", PACKAGE, "--user", "reviewer"),
        run("reviews_policy", PACKAGE, "--require"),
        str(refusal.value),
    ]
    with pytest.raises(CommandError) as unknown:
        run("reviews_status", "lib:Nowhere")
    for text in (*printed, str(unknown.value)):
        assert {one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Cs")} <= {"\n"}
        assert "\nAwaits review: 0" not in text
    assert "⟨U+001B⟩[2J" in printed[0]
    assert "⟨U+202E⟩red" in printed[1]


def test_publish_puts_message_and_user_on_record(library: Library, review: Review, other_reviewer: User) -> None:
    review(library.component())
    run("reviews_publish", PACKAGE, "--message", "For the exam", "--user", "other-reviewer")
    publish_log = PublishLog.objects.get()
    assert (publish_log.message, publish_log.published_by) == ("For the exam", other_reviewer)


def test_publish_by_somebody_is_among_their_tasks(library: Library, review: Review, reviewer: User) -> None:
    component = library.component()
    review(component)
    printed = run("reviews_publish", PACKAGE, "--user", "reviewer")
    assert printed == f"Published: 1\n  “{component.versioning.draft.title}” (new)  {component.entity_ref}\n"
    status = UserTaskStatus.objects.get()
    assert (status.user, status.state) == (reviewer, UserTaskStatus.SUCCEEDED)


@pytest.mark.parametrize("args", [[], ["--user", "reviewer", "--dry-run"]], ids=["by nobody", "dry run"])
def test_publish_that_belongs_to_nobody_or_does_nothing_is_no_task(
    library: Library, reviewer: User, args: list[str]
) -> None:
    run("reviews_publish", PACKAGE, *args)
    assert not UserTaskStatus.objects.exists()


def test_publish_in_the_background_prints_where_it_is_on_record(
    library: Library, review: Review, reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    component = library.component()
    review(component)
    with django_capture_on_commit_callbacks(execute=True):
        printed = run("reviews_publish", PACKAGE, "--background", "--user", "reviewer", "--message", "For the exam")
        assert live_versions() == {}
    status = UserTaskStatus.objects.get()
    assert printed == f"Publishing in the background: {status.uuid} (pending)\n"
    assert (status.user, status.state) == (reviewer, UserTaskStatus.SUCCEEDED)
    assert live_versions().keys() == {component.id}
    assert PublishLog.objects.get().message == "For the exam"


def test_publish_in_the_background_needs_a_user(library: Library, review: Review) -> None:
    review(library.component())
    before = state()
    with pytest.raises(CommandError, match="--background needs --user") as refusal:
        run("reviews_publish", PACKAGE, "--background")
    assert refusal.value.returncode == 2
    assert state() == before
    assert not UserTaskStatus.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_publish_in_the_background_is_refused_where_there_is_no_queue(
    library: Library, review: Review, reviewer: User
) -> None:
    review(library.component())
    app, before = Celery(broker="amqp://127.0.0.1:1//", set_as_current=False), current_app._get_current_object()
    app.conf.task_publish_retry, app.conf.broker_transport_options = False, {"max_retries": 0}
    app.set_current()
    try:
        refused = run_refused("reviews_publish", PACKAGE, "--background", "--user", "reviewer")
    finally:
        before.set_current()
    assert refused.startswith("Nothing was published: the queue cannot be reached (")
    assert not UserTaskStatus.objects.exists()


def test_publish_cannot_be_a_dry_run_in_the_background(library: Library, reviewer: User) -> None:
    args = ["reviews_publish", PACKAGE, "--user", "reviewer", "--background", "--dry-run"]
    assert "not allowed with" in run_refused(*args)


def test_a_dry_run_shows_the_same_and_changes_nothing(library: Library, review: Review) -> None:
    review(library.component(), library.unit(library.component()))
    before = state()
    shown = run("reviews_publish", PACKAGE, "--dry-run")
    assert state() == before
    assert shown.startswith("Would publish: 1\n")
    assert run("reviews_publish", PACKAGE) == shown.replace("Would publish", "Published")
    assert state() != before


def test_publishing_nothing_is_no_error_and_leaves_no_trace(library: Library) -> None:
    library.component()
    before = state()
    assert run("reviews_publish", PACKAGE) == "Published: 0\n"
    assert state() == before


# reviews_publish_unreviewed


def test_unreviewed_changes_are_published_and_put_on_record(
    library: Library, review: Review, other_reviewer: User
) -> None:
    reviewed, unreviewed = library.component(), library.component()
    review(reviewed)
    printed = run(*UNREVIEWED, "--user", "other-reviewer", "--message", "Late")
    assert live_versions().keys() == {reviewed.id, unreviewed.id}
    bypass = PublishJudgement.objects.get()
    assert (bypass.basis, bypass.reason, bypass.decided_by) == (
        Basis.BYPASSED,
        "The exam is in an hour",
        other_reviewer,
    )
    assert bypass.unreviewed == [unreviewed.id]
    assert (bypass.publish_log.message, bypass.publish_log.published_by) == ("Late", other_reviewer)
    assert printed == f"Published: 2, of which unreviewed: 1. On record as a bypass, publish {bypass.pk}.\n"


def test_without_a_user_it_is_the_operator_who_is_on_record(library: Library) -> None:
    library.component()
    run(*UNREVIEWED)
    bypass = PublishJudgement.objects.get()
    assert (bypass.reason, bypass.decided_by) == ("The exam is in an hour (operator)", None)


def test_where_no_review_is_required_it_is_no_bypass(ungated_library: Library) -> None:
    ungated_library.component()
    printed = run("reviews_publish_unreviewed", "lib:Test:Ungated", "--reason", "To be sure")
    judgement = PublishJudgement.objects.get()
    assert printed == f"Published: 1, of which unreviewed: 1. On record as not required, publish {judgement.pk}.\n"


def test_an_entity_without_changes_leaves_no_empty_publish(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    before = publish_state()
    assert run(*UNREVIEWED, "--entity", component.entity_ref) == "There is nothing to publish.\n"
    assert publish_state() == before


def test_where_everything_was_reviewed_there_is_no_bypass_to_record(library: Library, review: Review) -> None:
    review(library.component())
    assert run(*UNREVIEWED) == "Published: 1, all of them reviewed.\n"
    assert PublishJudgement.objects.get().basis == Basis.REVIEWED


def test_an_entity_is_published_unreviewed_with_what_it_contains_and_nothing_else(library: Library) -> None:
    child, other = library.component(), library.component()
    unit = library.unit(child)
    assert run(*UNREVIEWED, "--entity", unit.entity_ref).startswith("Published: 2, of which unreviewed: 2.")
    assert live_versions().keys() == {unit.id, child.id}
    assert other.id not in live_versions()


def test_several_entities_are_published_unreviewed(library: Library) -> None:
    one, two, other = library.component(), library.component(), library.component()
    run(*UNREVIEWED, "--entity", one.entity_ref, "--entity", two.entity_ref)
    assert live_versions().keys() == {one.id, two.id}
    assert other.id not in live_versions()


def test_a_deletion_is_published_unreviewed(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    run(*UNREVIEWED, "--entity", component.entity_ref)
    assert live_versions()[component.id] is None


def test_an_unknown_entity_is_refused_also_beside_a_known_one(library: Library, ungated_library: Library) -> None:
    component, elsewhere = library.component(), ungated_library.component("elsewhere")
    refused = run_refused(*UNREVIEWED, "--entity", component.entity_ref, "--entity", elsewhere.entity_ref)
    assert refused == f"There is no entity {elsewhere.entity_ref} in {PACKAGE}."


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_words_in_the_reason_nothing_is_published(library: Library, reason: str) -> None:
    library.component()
    refused = run_refused("reviews_publish_unreviewed", PACKAGE, "--reason", reason)
    assert refused == "Say why this is published without a review; the reason is put on record."


def test_without_a_reason_nothing_is_published(library: Library) -> None:
    library.component()
    assert "--reason" in run_refused("reviews_publish_unreviewed", PACKAGE)


def test_with_nothing_to_publish_there_is_no_publish(library: Library) -> None:
    before = state()
    assert run(*UNREVIEWED) == "There is nothing to publish.\n"
    assert state() == before


# reviews_policy


def test_policy_shows_what_holds_and_changes_nothing(library: Library, ungated_library: Library) -> None:
    before = state()
    assert run("reviews_policy", PACKAGE) == f"{PACKAGE}: review is required.\n"
    assert run("reviews_policy", "lib:Test:Ungated") == "lib:Test:Ungated: review is NOT required.\n"
    assert state() == before


def test_policy_is_switched_and_puts_on_record_who_decided(library: Library, reviewer: User) -> None:
    printed = run("reviews_policy", PACKAGE, "--do-not-require", "--reason", "Exam week", "--user", "reviewer")
    assert printed == f"{PACKAGE}: review is NOT required.\n"
    assert not api.is_review_required(library.package.id)
    assert ReviewPolicy.objects.get().changed_by == reviewer
    assert run("reviews_policy", PACKAGE, "--require") == f"{PACKAGE}: review is required.\n"
    assert api.is_review_required(library.package.id)
    assert ReviewPolicy.objects.get().changed_by is None


def test_a_review_is_requested_and_status_tells_what_is_in_progress(library: Library, reviewer: User) -> None:
    text = library.component("salt", title="Salt")
    other = library.component(title="Yeast")
    printed = run("reviews_policy", PACKAGE, "--review-starts", "when_asked")
    assert printed == f"{PACKAGE}: review is required. A review starts when an author asks.\n"
    assert run("reviews_status", PACKAGE).splitlines()[2:] == [
        "In progress, nobody has asked for a review: 2",
        f"  “Salt” (new)  {text.entity_ref}",
        f"  “Yeast” (new)  {other.entity_ref}",
        "",
        "Awaits review: 0",
        "",
        "Reviewed: 0",
    ]
    asked = ["reviews_request", PACKAGE, "--user", "author"]
    assert run_refused(*asked, "--reviewer", "author") == "author may not review in this library: ask another person."
    assert "has no item “lb:Test:Gated:html:no”" in run_refused(*asked, "--inside", "lb:Test:Gated:html:no")
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    one = [*asked, "--inside", "lb:Test:Gated:html:salt", "--reviewer", "reviewer", "--due", "2026-12-24"]
    assert run(*one) == "Review requested: 1. Asked: reviewer.\n"
    assert run_refused("reviews_status", PACKAGE, "--check").endswith("Awaits review: 1. In progress: 1.")
    assert run(*asked) == "Review requested: 2. Asked: everyone who may review.\n"
    log = str(draft_record(text).draft_change_log_id)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    assert run_refused(*asked, "--change-log", log) == "There is no unreviewed change to ask about."


def test_policy_says_and_sets_how_many_reviewers_it_takes(library: Library, reviewer: User) -> None:
    printed = run("reviews_policy", PACKAGE, "--reviewers", "2", "--user", "reviewer")
    assert printed == f"{PACKAGE}: review is required, by 2 people.\n"
    policy = ReviewPolicy.objects.get()
    assert (policy.required_reviewers, policy.review_required, policy.changed_by) == (2, None, reviewer)
    assert run("reviews_policy", PACKAGE) == printed
    printed = run("reviews_policy", PACKAGE, "--do-not-require", "--reviewers", "3", "--reason", "Exam week")
    assert printed == f"{PACKAGE}: review is NOT required (if turned on: by 3 people).\n"
    fewer = run("reviews_policy", PACKAGE, "--require", "--reviewers", "1", "--reason", "A small team")
    assert fewer == f"{PACKAGE}: review is required.\n"
    assert ReviewPolicy.objects.get().required_reviewers == 1


def test_policy_can_leave_the_number_to_the_site(library: Library, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 3
    run("reviews_policy", PACKAGE, "--reviewers", "2", "--reason", "A small team")
    printed = run("reviews_policy", PACKAGE, "--reviewers", "default")
    assert printed == f"{PACKAGE}: review is required, by 3 people.\n"
    assert ReviewPolicy.objects.get().required_reviewers is None


@pytest.mark.parametrize("number", ["0", "21", "-1", "1.5", "two", ""])
def test_policy_takes_no_other_number(library: Library, number: str) -> None:
    assert "is not valid: enter a number from 1 to 20 or “default”." in run_refused(
        "reviews_policy", PACKAGE, "--do-not-require", f"--reviewers={number}"
    )


def test_policy_cannot_be_both(library: Library) -> None:
    assert "not allowed with" in run_refused("reviews_policy", PACKAGE, "--require", "--do-not-require")
    assert "not allowed with" in run_refused("reviews_policy", PACKAGE, "--require", "--mode", "off")


@pytest.mark.parametrize(
    "weaker", [["--mode", "advisory"], ["--do-not-require"], ["--reviewers", "1"], ["--who-may-review", "anybody"]]
)
def test_a_weaker_policy_needs_a_reason(library: Library, weaker: list[str]) -> None:
    run("reviews_policy", PACKAGE, "--reviewers", "2")
    before = state()
    for reason in ([], ["--reason", "  "]):
        assert run_refused("reviews_policy", PACKAGE, *weaker, *reason) == (
            "Say why the rule gets weaker; the reason is put on record. Add --reason."
        )
    assert "control" not in run_refused("reviews_policy", PACKAGE, *weaker, "--reason", "\x1b[31m")
    assert "needs something to change" in run_refused("reviews_policy", PACKAGE, "--reason", "Why")
    assert state() == before


def test_advisory_mode_is_set_and_shown(library: Library) -> None:
    shown = "review is NOT required (advisory mode: unreviewed changes are published and put on record"
    printed = run("reviews_policy", PACKAGE, "--mode", "advisory", "--reason", "The first weeks")
    assert printed == f"{PACKAGE}: {shown}).\n"
    assert f"{shown}).\n" in run("reviews_status", PACKAGE)
    printed = run("reviews_policy", PACKAGE, "--reviewers", "2")
    assert printed == f"{PACKAGE}: {shown}; if turned on: by 2 people).\n"
    assert run("reviews_policy", PACKAGE, "--mode", "default", "--reviewers", "default", "--reason", "x") == (
        f"{PACKAGE}: review is required.\n"
    )


def test_policy_prints_its_history(library: Library, reviewer: User) -> None:
    run("reviews_policy", PACKAGE, "--mode", "off", "--reason", "Exam\nweek", "--user", "reviewer")
    run("reviews_policy", PACKAGE, "--mode", "default")
    policy, *lines = run("reviews_policy", PACKAGE, "--history").splitlines()
    assert policy == f"{PACKAGE}: review is required."
    assert [line.partition("UTC  ")[2] for line in lines] == [
        "review mode: off → the site's default, by a script or a deleted account: no reason given",
        "review mode: the site's default → off, by reviewer: Exam week",
    ]


# The progress bar


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


WITH_PROGRESS = pytest.mark.parametrize(
    ("args", "bar"),
    [
        pytest.param(["reviews_status", PACKAGE], "Awaits review:   0%", id="reviews_status"),
        pytest.param(["reviews_publish", PACKAGE], "Publishing reviewed items: 0 statements", id="reviews_publish"),
        pytest.param(
            ["reviews_publish", PACKAGE, "--user", "reviewer"],
            "Publishing reviewed items: 0 statements",
            id="reviews_publish, by somebody",
        ),
        pytest.param(UNREVIEWED, "Publishing: 0 statements", id="reviews_publish_unreviewed"),
    ],
)


@WITH_PROGRESS
def test_progress_is_shown_on_a_terminal_and_kept_out_of_the_output(
    library: Library, review: Review, monkeypatch: pytest.MonkeyPatch, args: list[str], bar: str
) -> None:
    review(library.component())
    library.component()
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    printed = run(*args)
    assert bar in stderr.getvalue()
    assert "statements" not in printed
    assert "%" not in printed
    # What is left on the terminal's last line is nothing.
    assert stderr.getvalue().rpartition("\r")[2].strip() == ""


@WITH_PROGRESS
def test_no_progress_is_shown_where_nobody_watches(
    library: Library, review: Review, capsys: pytest.CaptureFixture[str], args: list[str], bar: str
) -> None:
    review(library.component())
    library.component()
    call_command(*args)
    captured = capsys.readouterr()
    assert captured.out
    assert captured.err == ""


def test_a_bar_does_not_get_between_the_lines_on_a_terminal(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.component()
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    call_command("reviews_status", PACKAGE, stdout=Terminal())
    assert stderr.getvalue() == ""


# From a shell


@pytest.fixture(name="manage")
def _manage(transactional_db: None, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs ``manage.py`` as a process of its own, on the demo library in a SQLite database."""
    root = Path(__file__).parents[1]
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "WORKBENCH_YAML")}
    env |= {"WORKBENCH_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}

    def manage(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(root / "manage.py"), *args]
        return subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603

    # Migrating another one takes long, and the one of the tests is empty.
    call_command("demo", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "workbench.sqlite3")])
    return manage


def test_exit_codes_tell_done_from_refused_from_misspelt(
    manage: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    package = "lib:WorkbenchDemo:Bread"
    commands = [
        ["reviews_status", package],
        ["reviews_status", package, "--check"],
        ["reviews_publish_unreviewed", package],
    ]
    # Starting one takes seconds.
    with ThreadPoolExecutor() as pool:
        listed, checked, misspelt = pool.map(lambda args: manage(*args), commands)

    assert (listed.returncode, listed.stderr) == (0, "")
    assert "“Salt” (edited)" in listed.stdout

    assert (checked.returncode, checked.stdout) == (1, listed.stdout)
    assert checked.stderr == "CommandError: Not everything is reviewed. Awaits review: 13.\n"

    assert (misspelt.returncode, misspelt.stdout) == (2, "")
    assert "the following arguments are required: --reason" in misspelt.stderr


def test_help_says_what_the_command_does_and_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("reviews_publish_unreviewed", "--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "--reason" in said
    assert "WITHOUT a review" in said


# reviews_audit


@pytest.fixture(name="audited")
def _audited(library: Library, reviewer: User, other_reviewer: User) -> Library:
    """A library in which something was reviewed in May, and something bypassed in June."""
    salt, yeast = library.component("salt", title="Salt"), library.component("yeast", title="=1+1 “Yeast”")
    api.mark_reviewed(salt.id, reviewer_id=reviewer.pk, note="Fine")
    library.publish(salt, published_at=datetime(2026, 5, 3, 12, tzinfo=UTC), published_by=other_reviewer.pk)
    with api.bypass_review(reason="-2 hours left", user_id=other_reviewer.pk):
        library.publish(yeast, published_at=datetime(2026, 6, 3, 12, tzinfo=UTC))
    return library


SUMMARY = "Live: {}. reviewed: {}, bypassed: {}, not required: 0, restored: 0, before the plugin: 0, unexplained: 0."


def test_audit_tells_what_is_live_and_why(audited: Library) -> None:
    assert run("reviews_audit", PACKAGE).splitlines() == [
        "  2026-05-03 12:00 UTC  “Salt” v1  lb:Test:Gated:html:salt  published by other-reviewer: reviewed; approved "
        "by reviewer",
        "  2026-06-03 12:00 UTC  “=1+1 “Yeast”” v1  lb:Test:Gated:html:yeast  published: bypassed by other-reviewer: "
        "-2 hours left",
        SUMMARY.format(2, 1, 1),
    ]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        pytest.param(["--since", "2026-05-03T14:00+02:00", "--until", "2026-06-01"], "salt", id="in May"),
        pytest.param(["--since", "2026-05-03T12:00:01+00:00"], "yeast", id="since"),
        pytest.param(["--basis", "bypassed"], "yeast", id="basis"),
        pytest.param(["--unreviewed"], "yeast", id="unreviewed"),
        pytest.param(["--reviewer", "reviewer"], "salt", id="reviewer"),
        pytest.param(["--all", "--reviewer", "reviewer"], "salt", id="all of a reviewer"),
    ],
)
def test_audit_answers_what_is_asked(audited: Library, args: list[str], found: str) -> None:
    audited_now = json.loads(run("reviews_audit", PACKAGE, "--format", "json", *args))
    assert [item["key"] for item in audited_now] == [f"lb:Test:Gated:html:{found}"]


def test_audit_of_all_has_what_is_no_longer_live(audited: Library) -> None:
    audited.delete(Component.objects.get(component_code="yeast"))
    with api.bypass_review(reason="Nobody is here"):
        audited.publish()
    assert SUMMARY.format(1, 1, 0) in run("reviews_audit", PACKAGE)
    everything = run("reviews_audit", PACKAGE, "--all")
    assert SUMMARY.format("1, changes: 3", 1, 2) in everything
    assert "“=1+1 “Yeast”” deletion  lb:Test:Gated:html:yeast" in everything


@pytest.mark.parametrize("value", ["May", "2026-13-01", "2026-05-01T25:00", "0001-01-01T00:00+02:00"])
def test_audit_refuses_what_is_not_a_time(audited: Library, value: str) -> None:
    with pytest.raises(CommandError, match="This is not a time: write 2026-05-01, or 2026-05-01T12:00"):
        run("reviews_audit", PACKAGE, "--since", value)


def test_audit_refuses_a_time_that_ends_before_it_begins(audited: Library) -> None:
    assert run_refused("reviews_audit", PACKAGE, "--since", "2026-06-01", "--until", "2026-05-01") == (
        "--since must be before --until."
    )


def test_audit_as_csv_runs_nothing_in_a_spreadsheet(audited: Library) -> None:
    """And the summary is not in the file."""
    err = StringIO()
    out = StringIO()
    call_command("reviews_audit", PACKAGE, "--format", "csv", stdout=out, stderr=err)
    salt, yeast = csv.DictReader(out.getvalue().splitlines())
    assert (salt["title"], salt["published_at"], salt["unreviewed"]) == ("Salt", "2026-05-03T12:00:00+00:00", "no")
    assert salt["reviews"].startswith("reviewer approved 20")
    assert (yeast["title"], yeast["reason"], yeast["decided_by"]) == (
        "'=1+1 “Yeast”",
        "'-2 hours left",
        "other-reviewer",
    )
    assert err.getvalue() == SUMMARY.format(2, 1, 1) + "\n"


def test_audit_of_nothing_is_a_valid_file(library: Library) -> None:
    assert json.loads(run("reviews_audit", PACKAGE, "--format", "json")) == []


def test_audit_that_is_strict_fails_if_something_is_unexplained(ungated_library: Library) -> None:
    args = ["reviews_audit", "lib:Test:Ungated", "--strict"]
    text = ungated_library.component()
    ungated_library.publish(text)
    run(*args)
    ungated_library.edit(text)
    core_publish_from_drafts(ungated_library.package.id, ungated_library.drafts(text))
    assert run_refused(*args).startswith("Unexplained: 1.")
    # Without the option, it is for people to read.
    assert "unexplained: 1." in run(*args[:-1])
