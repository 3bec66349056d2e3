"""Marking and withdrawing over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, draft_record, make_live, now
from .rest import ENTITIES, LIBRARY, MANY, PUBLISH, Api, entity, key, keys, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]


# --- Marking and withdrawing ------------------------------------------------------------------------------------------


def test_marking_puts_the_review_on_record(rest: Api, library: Library, reviewer: User) -> None:
    text = library.component()
    shown = rest("put", entity(text, "review/"), {**seen(text), "note": "Checked"})
    assert shown["is_reviewed"]
    [given] = api.get_reviews(text.id)
    assert (given.reviewer, given.note, given.draft_change_log_record) == (reviewer, "Checked", draft_record(text))


def test_marking_again_changes_nothing(rest: Api, library: Library) -> None:
    text = library.component()
    first = rest("put", entity(text, "review/"), {**seen(text), "note": "First"})
    assert rest("put", entity(text, "review/"), {**seen(text), "note": "Second"}) == first
    assert ReviewedStatus.objects.count() == 1


def test_marking_what_has_moved_on_is_refused_with_what_it_is_now(rest: Api, library: Library) -> None:
    text = library.component()
    looked_at = seen(text)
    library.edit(text, title="New amounts")
    answer = rest("put", entity(text, "review/"), looked_at, status=409)
    assert answer["code"] == "stale_review"
    assert answer["detail"] == "“New amounts” has changed since: look at the new draft, then review it."
    assert answer["details"]["current"] == rest("get", entity(text))
    assert not ReviewedStatus.objects.exists()
    rest(
        "put",
        entity(text, "review/"),
        {"draft_change_log_record_id": answer["details"]["current"]["draft_change_log_record_id"]},
    )


def test_marking_what_has_been_published_meanwhile_is_refused(rest: Api, library: Library) -> None:
    text = library.component()
    looked_at = seen(text)
    make_live(library)
    answer = rest("put", entity(text, "review/"), looked_at, status=409)
    assert (answer["code"], answer["details"]["current"]["change"]) == ("nothing_to_review", None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"draft_change_log_record_id": None},
        {"draft_change_log_record_id": "x"},
        {"draft_change_log_record_id": 0},
        {"draft_change_log_record_id": 2**70},
        {"draft_change_log_record_id": 1, "note": "x" * 10_001},
        {"draft_change_log_record_id": 1, "note": None},
        [],
    ],
)
def test_a_wrong_mark_is_refused(body: Any, rest: Api, library: Library) -> None:
    text = library.component()
    assert rest("put", entity(text, "review/"), body, status=400)["code"] == "invalid"
    assert not ReviewedStatus.objects.exists()


def test_what_is_no_json_is_refused(rest: Api, library: Library) -> None:
    text = library.component()
    path = entity(text, "review/")
    assert rest("put", path, status=400, data="{", content_type="application/json")["code"] == "parse_error"
    assert rest("put", path, status=415, data="a=b", content_type="application/x-www-form-urlencoded")["code"] == (
        "unsupported_media_type"
    )
    assert rest("post", path, status=405)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({}, "draft_change_log_record_id", "draft_change_log_record_id: This field is required."),
        ([], "non_field_errors", "Invalid data. Expected a dictionary, but got list."),
        (
            {"draft_change_log_record_id": 1, "note": "x" * 10_001},
            "note",
            "note: This is a text of at most 10000 characters.",
        ),
    ],
)
def test_an_error_names_the_field_that_is_wrong(
    body: Any, field: str, sentence: str, rest: Api, library: Library
) -> None:
    answer = rest("put", entity(library.component(), "review/"), body, status=400)
    assert list(answer["details"]) == [field]
    assert answer["detail"] == f"The request is not valid. {sentence}"


def test_an_error_names_what_is_wrong_behind_what_is_right(rest: Api, library: Library) -> None:
    text = library.component()
    answer = rest("post", MANY, {"items": [{"key": key(text), **seen(text)}, {"key": key(text)}]}, status=400)
    assert answer["detail"] == "The request is not valid. draft_change_log_record_id: This field is required."
    assert list(answer["details"]) == ["items"]


def test_a_method_that_there_is_not_and_a_page_that_there_is_not_have_a_code(rest: Api, library: Library) -> None:
    assert rest("get", f"{ENTITIES}?page=99", status=404) == {
        "code": "not_found",
        "detail": "Invalid page.",
        "details": {},
    }
    answer = rest("post", LIBRARY, {}, status=405)
    assert (answer["code"], answer["details"]) == ("method_not_allowed", {})


def test_a_text_may_be_empty(rest: Api, library: Library) -> None:
    one, two = library.component(), library.component()
    rest("put", entity(one, "review/"), {**seen(one), "note": ""})
    rest("post", MANY, {"items": [{"key": key(two), **seen(two)}], "note": ""})
    rest("post", PUBLISH, {"dry_run": True, "message": ""})
    assert keys(rest("get", f"{ENTITIES}?text=")) == [key(one), key(two)]
    assert [given.note for given in ReviewedStatus.objects.all()] == ["", ""]


def test_a_note_has_10000_characters_at_most(rest: Api, library: Library) -> None:
    one, two = library.component(), library.component()
    rest("put", entity(one, "review/"), {**seen(one), "note": "x" * 10_000})
    answer = rest("post", MANY, {"items": [{"key": key(two), **seen(two)}], "note": "x" * 10_001}, status=400)
    assert list(answer["details"]) == ["note"]
    assert ReviewedStatus.objects.count() == 1


def test_a_review_can_be_taken_back_once(rest: Api, library: Library, review: Review, reviewer: User) -> None:
    text = library.component()
    review(text)
    assert not rest("delete", entity(text, "review/"))["is_reviewed"]
    [given] = api.get_reviews(text.id)
    assert (given.in_force, given.withdrawn_by) == (None, reviewer)
    assert rest("delete", entity(text, "review/"), status=404)["code"] == "no_review"


def test_somebody_elses_review_stays(rest: Api, library: Library, other_reviewer: User) -> None:
    text = library.component()
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    rest("delete", entity(text, "review/"), status=404)
    assert rest("get", entity(text))["is_reviewed"]


def test_the_history_has_all_reviews_newest_first(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    library.edit(text)
    review(text)
    rest("delete", entity(text, "review/"))
    review(text)
    history = rest("get", entity(text, "reviews/"))["results"]
    assert [(given["version_num"], given["in_force"]) for given in history] == [(2, True), (2, False), (1, False)]
    assert [given["withdrawn_by"] and given["withdrawn_by"]["username"] for given in history] == [
        None,
        "reviewer",
        "reviewer",
    ]


def test_the_history_says_which_were_carried_over_and_when_each_was_withdrawn(
    rest: Api, library: Library, review: Review
) -> None:
    text = library.component()
    review(text)
    given = ReviewedStatus.objects.get()
    carried_over = ReviewedStatus.objects.create(
        entity_id=text.id,
        version_id=library.edit(text),
        version_num=2,
        carried_over_from=given,
        reviewer=None,
        created=now(),
    )
    history = rest("get", entity(text, "reviews/"))["results"]
    assert [(shown["id"], shown["is_carried_over"], shown["in_force"], shown["withdrawn_at"]) for shown in history] == [
        (carried_over.pk, True, True, None),
        (given.pk, False, True, None),
    ]
    assert (history[0]["reviewer"], history[1]["reviewer"]["username"]) == (None, "reviewer")
    rest("delete", entity(text, "review/"))
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    withdrawn = rest("get", entity(text, "reviews/"))["results"][1]
    assert withdrawn["in_force"] is False
    assert withdrawn["withdrawn_at"] == given.withdrawn_at.isoformat().replace("+00:00", "Z")


def test_of_reviews_from_the_same_moment_the_later_comes_first(
    rest: Api, library: Library, review: Review, other_reviewer: User
) -> None:
    text = library.component()
    review(text)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    ReviewedStatus.objects.update(created=now())
    history = rest("get", entity(text, "reviews/"))["results"]
    assert [given["reviewer"]["username"] for given in history] == ["other-reviewer", "reviewer"]


# --- Many at once -----------------------------------------------------------------------------------------------------


def test_many_are_marked_at_once(rest: Api, library: Library, reviewer: User) -> None:
    items = [library.component(), library.unit(), library.component()]
    body = {"items": [{"key": key(item), **seen(item)} for item in items], "note": "The import"}
    assert rest("post", MANY, body) == {"reviewed": 3}
    assert [(given.entity_id, given.note) for given in ReviewedStatus.objects.order_by("entity_id")] == [
        (item.id, "The import") for item in items
    ]
    assert rest("post", MANY, body) == {"reviewed": 3}
    assert ReviewedStatus.objects.count() == 3


def test_many_is_all_or_nothing_with_the_reason_for_each(rest: Api, library: Library, reviewer: User) -> None:
    live = library.component("live", title="Live")
    make_live(library)
    good, stale = library.component("good"), library.component("stale", title="Old")
    own = library.component("own", title="Mine", created_by=reviewer.pk)
    items = [{"key": key(item), **seen(item)} for item in (good, stale, own, live)]
    library.edit(stale, title="New")
    answer = rest("post", MANY, {"items": items}, status=409)
    assert answer["code"] == "not_all_reviewable"
    assert {item["key"]: item["code"] for item in answer["details"]["items"]} == {
        key(stale): "stale_review",
        key(own): "own_change",
        key(live): "nothing_to_review",
    }
    assert answer["detail"].startswith("Nothing was marked: 3 of the changes cannot be reviewed.")
    assert answer["details"]["items"][1]["detail"].startswith("“New” has changed since")
    assert not ReviewedStatus.objects.exists()


def test_many_names_the_keys_that_lead_nowhere(rest: Api, library: Library) -> None:
    elsewhere = Library.create("lib:Test:Other").component("salt")
    good = library.component("good")
    items = [
        {"key": key(good), **seen(good)},
        {"key": "lb:Test:Other:html:salt", **seen(elsewhere)},
        {"key": "lb:Test:Gated:html:nothing", **seen(good)},
        {"key": "nonsense", **seen(good)},
    ]
    answer = rest("post", MANY, {"items": items}, status=409)
    assert answer["code"] == "unknown_keys"
    assert [item["key"] for item in answer["details"]["items"]] == [item["key"] for item in items[1:]]
    assert not ReviewedStatus.objects.exists()


def test_many_of_another_items_change_is_stale(rest: Api, library: Library) -> None:
    one, two = library.component(), library.component()
    answer = rest("post", MANY, {"items": [{"key": key(one), **seen(two)}]}, status=409)
    assert answer["details"]["items"][0]["code"] == "stale_review"


def test_the_same_item_twice_is_fine_unless_the_changes_differ(rest: Api, library: Library) -> None:
    text = library.component()
    item = {"key": key(text), **seen(text)}
    assert rest("post", MANY, {"items": [item, item]}) == {"reviewed": 1}
    other = {**item, "draft_change_log_record_id": 10**6}
    answer = rest("post", MANY, {"items": [item, other]}, status=400)
    assert "twice" in answer["detail"]
    assert list(answer["details"]) == ["items"]


def test_a_key_has_1000_characters_at_most(rest: Api, library: Library) -> None:
    for number, status in ((1000, 409), (1001, 400)):
        rest("post", MANY, {"items": [{"key": "x" * number, "draft_change_log_record_id": 1}]}, status=status)


@pytest.mark.parametrize("number", [0, 1001])
def test_many_are_1_to_1000(number: int, rest: Api, library: Library) -> None:
    items = [{"key": f"lb:Test:Gated:html:text-{n}", "draft_change_log_record_id": 1} for n in range(number)]
    assert rest("post", MANY, {"items": items}, status=400)["code"] == "invalid"


def test_1000_can_be_marked_at_once_in_a_bounded_number_of_queries(rest: Api, library: Library) -> None:
    with content_api.bulk_draft_changes_for(library.package.id) as change_log:
        items = [library.component() for _ in range(1000)]
    records = dict(change_log.records.values_list("entity_id", "pk"))
    body = {"items": [{"key": key(item), "draft_change_log_record_id": records[item.id]} for item in items]}
    with CaptureQueriesContext(connection) as queries:
        assert rest("post", MANY, body) == {"reviewed": 1000}
    assert len(queries) <= 29
