"""Requests for changes, more than one reviewer, whole units and one's own changes, over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus

from .content import Item, Library, is_reviewed
from .rest import ENTITIES, LIBRARY, MANY, V1, Api, entity, key, keys, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]


@pytest.fixture(name="requested")
def _requested(library: Library, other_reviewer: User) -> Item:
    """A component of which ``other_reviewer`` has requested changes."""
    text = library.component("salt", title="Salt")
    api.request_changes(text.id, reviewer_id=other_reviewer.pk, note="More salt")
    return text


def test_changes_are_requested_with_a_note(rest: Api, library: Library, reviewer: User) -> None:
    text = library.component()
    body = {**seen(text), "verdict": "changes_requested", "note": "More salt"}
    shown = rest("put", entity(text, "review/"), body)
    [request] = shown["requests"]
    assert (request["reviewer"]["username"], request["verdict"], request["note"], request["in_force"]) == (
        "reviewer",
        "changes_requested",
        "More salt",
        True,
    )
    assert (shown["is_reviewed"], shown["reviews"]) == (False, [])
    assert rest("put", entity(text, "review/"), body) == shown
    shown = rest("put", entity(text, "review/"), seen(text))
    assert (shown["is_reviewed"], shown["requests"], len(shown["reviews"])) == (True, [], 1)
    history = rest("get", entity(text, "reviews/"))["results"]
    assert [(given["verdict"], given["in_force"]) for given in history] == [
        ("reviewed", True),
        ("changes_requested", False),
    ]


def test_a_request_without_a_note_is_refused(rest: Api, library: Library) -> None:
    text = library.component()
    for note in ({}, {"note": ""}, {"note": "  "}):
        answer = rest(
            "put", entity(text, "review/"), {**seen(text), "verdict": "changes_requested", **note}, status=400
        )
        assert answer["details"].keys() == {"note"}
    rest("put", entity(text, "review/"), {**seen(text), "verdict": "perhaps"}, status=400)
    assert not ReviewedStatus.objects.exists()


def test_a_request_of_what_has_moved_on_is_refused_with_what_it_is_now(rest: Api, library: Library) -> None:
    text = library.component()
    looked_at = seen(text)
    library.edit(text, title="New amounts")
    body = {**looked_at, "verdict": "changes_requested", "note": "More salt"}
    answer = rest("put", entity(text, "review/"), body, status=409)
    assert (answer["code"], answer["details"]["current"]["title"]) == ("stale_review", "New amounts")


def test_a_request_can_be_taken_back(rest: Api, library: Library) -> None:
    text = library.component()
    rest("put", entity(text, "review/"), {**seen(text), "verdict": "changes_requested", "note": "More salt"})
    assert rest("delete", entity(text, "review/"))["requests"] == []


def test_a_request_is_dismissed_with_a_reason(rest: Api, library: Library, requested: Item, reviewer: User) -> None:
    api.mark_reviewed(requested.id, reviewer_id=reviewer.pk)
    [request] = rest("get", entity(requested))["requests"]
    address = entity(requested, f"reviews/{request['id']}/dismissal/")
    for body in ({}, {"reason": ""}, {"reason": " "}, {"reason": "x" * 10_001}):
        assert rest("post", address, body, status=400)["details"].keys() == {"reason"}
    assert not is_reviewed(library, requested)
    shown = rest("post", address, {"reason": "It is salt enough"})
    assert (shown["is_reviewed"], shown["requests"]) == (True, [])
    history = rest("get", entity(requested, "reviews/"))["results"]
    [dismissed] = [given for given in history if given["verdict"] == "changes_requested"]
    assert (dismissed["withdrawn_by"]["username"], dismissed["withdrawn_reason"]) == ("reviewer", "It is salt enough")
    assert rest("post", address, {"reason": "Once more"}, status=404)["code"] == "no_request"


@pytest.mark.parametrize("number", ["0", "-1", "x", "1e3", str(2**70), "١٢٣"])
def test_what_is_no_request_is_not_found(rest: Api, requested: Item, number: str) -> None:
    answer = rest("post", entity(requested, f"reviews/{number}/dismissal/"), {"reason": "No"}, status=404)
    assert answer["code"] == "no_request"


def test_a_review_is_not_dismissed_nor_a_request_of_something_else(
    rest: Api, library: Library, requested: Item, review: Review
) -> None:
    other = library.component()
    review(other)
    given = ReviewedStatus.objects.reviews().get()
    request = ReviewedStatus.objects.requests().get()
    for item, review_id in ((other, given.pk), (other, request.pk)):
        answer = rest("post", entity(item, f"reviews/{review_id}/dismissal/"), {"reason": "No"}, status=404)
        assert answer["code"] == "no_request"
    assert ReviewedStatus.objects.in_force().count() == 2


def test_an_edit_answers_the_request(rest: Api, library: Library, requested: Item) -> None:
    library.edit(requested)
    shown = rest("get", entity(requested))
    assert (shown["requests"], [given["note"] for given in shown["outdated_requests"]]) == ([], ["More salt"])


def test_the_number_of_reviewers_is_changed_alone_or_with_the_rest(rest: Api, library: Library) -> None:
    answer = rest("patch", LIBRARY, {"required_reviewers": 2})
    assert (answer["required_reviewers"], answer["required_reviewers_by"]) == (2, "policy")
    assert (answer["review_required"], answer["required_by"]) == (True, "default")
    answer = rest("patch", LIBRARY, {"review_required": False, "required_reviewers": None, "reason": "x"})
    assert (answer["required_reviewers"], answer["required_reviewers_by"]) == (1, "default")
    assert (answer["review_required"], answer["required_by"]) == (False, "policy")


@pytest.mark.parametrize("number", [0, -1, 21, "two", [], True])
def test_a_number_that_is_none_is_refused_and_nothing_else_is_changed(rest: Api, library: Library, number: Any) -> None:
    rest("patch", LIBRARY, {"review_required": False, "required_reviewers": number, "reason": "x"}, status=400)
    assert api.is_review_required(library.package.id)
    assert api.get_required_reviewers(library.package.id) == 1


def test_one_of_two_reviews_is_told(rest: Api, library: Library, review: Review) -> None:
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    text = library.component()
    review(text)
    shown = rest("get", entity(text))
    assert (shown["reviewer_count"], shown["required_reviewers"], shown["is_reviewed"]) == (1, 2, False)
    assert shown["may_review"]["allowed"]


def test_what_is_requested_is_listed_and_counted(rest: Api, library: Library, requested: Item) -> None:
    library.component()
    assert keys(rest("get", f"{ENTITIES}?state=changes_requested")) == [key(requested)]
    counts = rest("get", LIBRARY)["counts"]
    assert (counts["changes_requested"], counts["unreviewed"]) == (1, 2)


def test_an_author_sees_their_own_changes(
    client: Client, library: Library, requested: Item, author: User, reviewer: User
) -> None:
    library.component(created_by=reviewer.pk)
    User.objects.filter(pk=author.pk).update(is_staff=True)
    client.force_login(author)
    assert keys(client.get(f"{ENTITIES}?mine=true").json()) == [key(requested)]
    assert keys(client.get(f"{ENTITIES}?mine=true&state=reviewed").json()) == []
    mine = client.get(LIBRARY).json()["mine"]
    assert mine == {"unpublished": 1, "unreviewed": 1, "changes_requested": 1, "outdated": 0}
    shown = client.get(entity(requested)).json()
    assert (shown["is_own_change"], shown["may_review"]["reason"]) == (True, "own_change")


def test_what_is_ones_own_is_told_also_where_one_may_review_it(
    client: Client, library: Library, requested: Item, author: User, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    User.objects.filter(pk=author.pk).update(is_staff=True)
    client.force_login(author)
    shown = client.get(entity(requested)).json()
    assert (shown["is_own_change"], shown["may_review"]["allowed"]) == (True, True)


def test_a_whole_unit_is_listed_and_reviewed_at_once_or_not_at_all(rest: Api, library: Library, reviewer: User) -> None:
    text, own = library.component(), library.component(created_by=reviewer.pk)
    unit = library.unit(text, own)
    library.component()
    inside = rest("get", f"{ENTITIES}?inside={key(unit)}")["results"]
    assert {shown["key"] for shown in inside} == {key(text), key(own), key(unit)}
    assert [shown["key"] for shown in inside if shown["may_review"]["reason"] == "own_change"] == [key(own)]

    items = [{name: shown[name] for name in ("key", "draft_change_log_record_id")} for shown in inside]
    answer = rest("post", MANY, {"items": items}, status=409)
    assert [(refused["key"], refused["code"]) for refused in answer["details"]["items"]] == [(key(own), "own_change")]
    assert not ReviewedStatus.objects.exists()
    rest("post", MANY, {"items": [item for item in items if item["key"] != key(own)]})
    assert is_reviewed(library, unit)
    assert is_reviewed(library, text)


@pytest.mark.parametrize("inside", ["lct:Test:Gated:unit:nothing", "lct:Test:Other:unit:basics", "x", "lib:Test:Gated"])
def test_inside_of_nothing_is_a_wrong_request(rest: Api, library: Library, inside: str) -> None:
    Library.create("lib:Test:Other").unit(created_by=None)
    answer = rest("get", f"{ENTITIES}?inside={inside}", status=400)
    assert answer["details"] == {"inside": ["There is no item with this key in this library."]}


def test_the_author_of_a_change_may_not_request_changes_of_it(client: Client, library: Library, author: User) -> None:
    text = library.component()
    User.objects.filter(pk=author.pk).update(is_staff=True)
    client.force_login(author)
    body = {**seen(text), "verdict": "changes_requested", "note": "More salt"}
    response = client.put(f"{V1}entities/{key(text)}/review/", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (403, "own_change")
