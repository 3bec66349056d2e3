"""What is live and why, over REST: in pages, as a file, and as the history of one item."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from sample_plugin.conversations.api import start_conversation
from sample_plugin.reviews import api
from sample_plugin.reviews.filters import EntityHistoryRequested, LiveEvidenceRequested
from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, core_publish_from_drafts, draft_record, make_live
from .rest import LIBRARY, Api, entity, keys

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

AUDIT = f"{LIBRARY}audit/"


@pytest.fixture(name="audited")
def _audited(library: Library, other_reviewer: User) -> tuple[Any, Any]:
    """Something that was reviewed in May, and something that was bypassed in June."""
    salt, yeast = library.component("salt", title="Salt"), library.component("yeast", title="@Yeast")
    api.mark_reviewed(salt.id, reviewer_id=other_reviewer.pk, note="Fine")
    library.publish(salt, published_at=datetime(2026, 5, 3, 12, tzinfo=UTC), published_by=other_reviewer.pk)
    with api.bypass_review(reason="In a hurry", user_id=other_reviewer.pk):
        library.publish(yeast, published_at=datetime(2026, 6, 3, 12, tzinfo=UTC))
    return salt, yeast


def test_what_is_live_is_listed_with_its_reasons(rest: Api, audited: tuple[Any, Any], other_reviewer: User) -> None:
    salt, yeast = rest("get", AUDIT)["results"]
    assert (salt["key"], salt["title"], salt["version_num"], salt["basis"], salt["is_unreviewed"]) == (
        "lb:Test:Gated:html:salt",
        "Salt",
        1,
        "reviewed",
        False,
    )
    assert (salt["published_at"], salt["published_by"]["username"]) == ("2026-05-03T12:00:00Z", "other-reviewer")
    assert [(one["reviewer"]["username"], one["note"]) for one in salt["reviews"]] == [("other-reviewer", "Fine")]
    assert (yeast["basis"], yeast["reason"], yeast["decided_by"]["username"], yeast["required_reviewers"]) == (
        "bypassed",
        "In a hurry",
        "other-reviewer",
        1,
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("since=2026-05-01&until=2026-06-01", ["salt"]),
        ("since=2026-05-03T12:00:01Z", ["yeast"]),
        ("basis=bypassed", ["yeast"]),
        ("basis=bypassed&page=1&page_size=1", ["yeast"]),
        ("page=2&page_size=1", ["yeast"]),
        ("everything=true", ["salt", "yeast"]),
        ("basis=unexplained", []),
    ],
)
def test_one_asks_for_a_part(rest: Api, audited: tuple[Any, Any], query: str, found: list[str]) -> None:
    assert keys(rest("get", f"{AUDIT}?{query}")) == [f"lb:Test:Gated:html:{code}" for code in found]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=May", "since"),
        ("until=0001-01-01T00:00%2B02:00", "until"),
        ("since=2026-06-01&until=2026-05-01", "until"),
        ("basis=luck", "basis"),
    ],
)
@pytest.mark.parametrize("address", [AUDIT, f"{LIBRARY}audit.csv"])
def test_nonsense_is_refused(rest: Api, library: Library, address: str, query: str, field: str) -> None:
    assert list(rest("get", f"{address}?{query}", status=400)["details"]) == [field]


def test_the_file_has_the_same_rows(rest: Api, client: Client, audited: tuple[Any, Any]) -> None:
    response = client.get(f"{LIBRARY}audit.csv?basis=bypassed", headers={"accept": "text/csv"})
    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="lib-Test-Gated-audit.csv"'
    assert response["Cache-Control"] == "no-store"
    [yeast] = csv.DictReader(response.getvalue().decode().splitlines())
    assert (yeast["key"], yeast["title"], yeast["unreviewed"]) == ("lb:Test:Gated:html:yeast", "'@Yeast", "yes")


def test_the_history_is_one_timeline(
    rest: Api, library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    text = library.component("salt")
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="Less salt")
    library.edit(text, by=other_reviewer.pk)
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="Still")
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    library.publish(text, published_by=author.pk)
    library.delete(text, by=author.pk)
    with api.bypass_review(reason="In a hurry", user_id=reviewer.pk):
        library.publish()

    history = rest("get", entity(text, "history/"))
    told = [
        (one["kind"], one["person"] and one["person"]["username"], one["version_num"], one["is_deletion"])
        for one in history["results"]
    ]
    assert told == [
        ("publish", None, None, True),
        ("edit", "author", None, True),
        ("publish", "author", 2, False),
        ("review", "reviewer", 2, False),
        ("review", "reviewer", 2, False),
        ("edit", "other-reviewer", 2, False),
        ("review", "reviewer", 1, False),
        ("edit", "author", 1, False),
    ]
    bypass, _edit, publish, review, request, *_earlier, first = history["results"]
    assert bypass["judgement"] == {
        "publish_log_id": bypass["judgement"]["publish_log_id"],
        "basis": "bypassed",
        "unreviewed": True,
        "mode": "required",
        "required_reviewers": 1,
        "decided_by": {"username": "reviewer", "name": "", "is_active": True},
        "reason": "In a hurry",
    }
    assert (publish["judgement"]["basis"], publish["review"]) == ("reviewed", None)
    # The same as in the list of reviews.
    assert [review["review"], request["review"]] == rest("get", entity(text, "reviews/"))["results"][:2]
    assert (first["review"], first["judgement"], first["added"]) == (None, None, None)
    page = rest("get", entity(text, "history/?page=2&page_size=3"))
    assert (page["count"], page["results"]) == (8, history["results"][3:6])


def test_what_other_plugins_add_is_shown_and_a_crash_of_theirs_costs_only_that(
    rest: Api, client: Client, library: Library, reviewer: User, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    text = library.component()
    start_conversation(text.id, author_id=reviewer.pk, body="How much?")
    api.set_review_required(library.package.id, False, changed_by=None)
    library.publish()

    def shown() -> tuple[Any, ...]:
        history = rest("get", entity(text, "history/"))
        [live] = rest("get", AUDIT)["results"]
        [row] = csv.DictReader(client.get(f"{LIBRARY}audit.csv").getvalue().decode().splitlines())
        call_command("reviews_audit", "lib:Test:Gated")
        printed = capsys.readouterr()
        return (
            [(one["kind"], one["added"]) for one in history["results"]],
            history["is_complete"],
            (live["added"], row["added"]),
            printed.out.partition("not required")[2].splitlines()[0],
            printed.err.partition(":")[0],
        )

    said = {"code": "conversation_started", "title": "Conversation started", "text": "How much?"}
    assert shown() == (
        [("publish", None), ("other", said), ("edit", None)],
        True,
        ({"open_conversations": 1, "resolved_conversations": 0}, "open_conversations: 1, resolved_conversations: 0"),
        "; open_conversations: 1, resolved_conversations: 0",
        "",
    )
    crash = {"pipeline": ["tests.steps.Crashes"], "fail_silently": False}
    settings.OPEN_EDX_FILTERS_CONFIG = dict.fromkeys(
        (EntityHistoryRequested.filter_type, LiveEvidenceRequested.filter_type), crash
    )
    assert shown() == (
        [("publish", None), ("edit", None)],
        False,
        (None, "unknown"),
        "",
        "What other plugins add is missing",
    )


def test_a_publish_without_a_record_is_unexplained_in_the_history(rest: Api, library: Library) -> None:
    api.set_review_required(library.package.id, False, changed_by=None)
    text = library.component()
    core_publish_from_drafts(library.package.id, library.drafts(text))
    publish, _edit = rest("get", entity(text, "history/"))["results"]
    assert (publish["judgement"]["basis"], publish["judgement"]["unreviewed"]) == ("unexplained", None)


def test_a_side_effect_is_not_in_the_history_of_a_container(
    rest: Api, library: Library, review: Callable[..., None]
) -> None:
    text = library.component()
    unit = library.unit(text)
    review(text, unit)
    library.publish()
    library.edit(text)
    review(text)
    library.publish()
    assert [one["kind"] for one in rest("get", entity(unit, "history/"))["results"]] == ["publish", "review", "edit"]


def test_a_verdict_that_its_reviewer_replaced_is_told_from_a_withdrawn_one(
    rest: Api, library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="Less salt")
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    request = api.request_changes(text.id, reviewer_id=other_reviewer.pk, note="Why?")
    api.dismiss_request(request.pk, dismissed_by_id=reviewer.pk, reason="Never mind")
    api.withdraw_review(text.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    told = [(one["in_force"], one["replaced"]) for one in rest("get", entity(text, "reviews/"))["results"]]
    # Newest first: the last review, the dismissed request, the withdrawn review, the replaced request.
    assert told == [(True, False), (False, False), (False, False), (False, True)]


def test_of_two_deletions_a_verdict_on_the_one_does_not_replace_that_on_the_other(
    rest: Api, library: Library, reviewer: User
) -> None:
    text = library.component()
    version = draft_record(text).new_version_id
    make_live(library)
    for _ in range(2):
        library.set_draft(text, version)
        library.delete(text)
        api.request_changes(text.id, reviewer_id=reviewer.pk, note="Keep it")
    api.withdraw_review(text.id, reviewer_id=reviewer.pk)
    assert ReviewedStatus.objects.filter(in_force=None).count() == 2
    assert [one["replaced"] for one in rest("get", entity(text, "reviews/"))["results"]] == [False, False]
