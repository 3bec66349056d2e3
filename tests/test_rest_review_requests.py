"""Authors ask for a review over REST, and the answers show who is asked and what is in progress."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from sample_plugin.reviews import api, authz

from .content import Item, Library, draft_record, make_live
from .rest import ENTITIES, LIBRARY, QUEUE, Api, entity, key, keys

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

REQUESTS = f"{LIBRARY}review-requests/"
REVIEWERS = f"{LIBRARY}reviewers/"


@pytest.fixture(autouse=True)
def _reviewers_may_review(reviewer: User, other_reviewer: User) -> None:
    """Both reviewers are global staff, so they may review in every library, with openedx-authz and without."""
    User.objects.filter(pk__in=[reviewer.pk, other_reviewer.pk]).update(is_staff=True)


@pytest.fixture(name="text")
def _text(library: Library) -> Item:
    """A component that is new."""
    return library.component("salt", title="Salt")


def test_a_review_is_requested_shown_and_withdrawn(
    rest: Api, library: Library, text: Item, other_reviewer: User
) -> None:
    body = {"reviewers": ["other-reviewer"], "message": "Please", "due": "2026-12-24"}
    shown = rest("post", entity(text, "review-request/"), body)
    person = {"username": "other-reviewer", "name": "", "is_active": True}
    expected = {
        "requested_by": {**person, "username": "reviewer"},
        "reviewers": [person],
        "awaited": [person],
        "message": "Please",
        "due": "2026-12-24",
    }
    assert {name: shown["review_request"][name] for name in expected} == expected
    [row] = rest("get", QUEUE)["results"]
    assert row["review_request"] == shown["review_request"]
    assert (row["state"], row["waits_for_me"]) == ("unreviewed", None)
    assert rest("delete", entity(text, "review-request/"))["review_request"] is None
    answer = rest("delete", entity(text, "review-request/"), status=404)
    assert answer["code"] == "no_review_request"


def test_another_authors_request_is_withdrawn_by_who_manages_the_policy(
    rest: Api, text: Item, author: User, reviewer: User
) -> None:
    api.request_review(text.id, requested_by_id=author.pk)
    reviewer.is_staff = False
    reviewer.save()
    reviewer.user_permissions.add(*Permission.objects.filter(codename__in=["view_reviewedstatus"]))
    # With openedx-authz, a caller without a role does not see the library.
    rest("delete", entity(text, "review-request/"), status=404 if authz.is_installed() else 403)
    assert api.get_open_requests([text.id])
    reviewer.is_staff = True
    reviewer.save()
    assert rest("delete", entity(text, "review-request/"))["review_request"] is None


@pytest.mark.parametrize("name", ["author", "nobody-has-this-name"])
def test_a_name_that_may_not_review_is_refused_like_one_that_nobody_has(rest: Api, text: Item, name: str) -> None:
    answer = rest("post", entity(text, "review-request/"), {"reviewers": [name]}, status=409)
    assert answer == {
        "code": "reviewer_not_allowed",
        "detail": f"{name} may not review in this library: ask another person.",
        "details": {},
    }


def test_done_asks_again_over_rest(rest: Api, library: Library, text: Item, other_reviewer: User) -> None:
    again = entity(text, "review-request/again/")
    assert rest("post", again, status=409)["code"] == "nobody_to_ask"
    api.request_changes(text.id, reviewer_id=other_reviewer.pk, note="Less")
    library.edit(text)
    shown = rest("post", again)
    assert [person["username"] for person in shown["review_request"]["awaited"]] == ["other-reviewer"]


def test_many_are_requested_by_key_by_container_and_by_change_log(rest: Api, library: Library, text: Item) -> None:
    inside, other = library.component(), library.component()
    unit = library.unit(inside)
    assert rest("post", REQUESTS, {"keys": [key(other), key(text)]}) == {"requested": 2}
    assert rest("post", REQUESTS, {"inside": key(unit)}) == {"requested": 2}
    assert api.get_open_requests([inside.id, unit.id, text.id]).keys() == {inside.id, unit.id, text.id}
    log = draft_record(other).draft_change_log_id
    assert rest("post", REQUESTS, {"change_log": log, "message": "All of it"}) == {"requested": 1}
    unclear: list[dict[str, Any]] = [{}, {"keys": [key(text)], "inside": key(unit)}, {"keys": []}]
    for body in unclear:
        rest("post", REQUESTS, body, status=400)
    answer = rest("post", REQUESTS, {"keys": ["lb:Test:Other:html:salt"]}, status=409)
    assert (answer["code"], answer["details"]["items"][0]["code"]) == ("unknown_keys", "not_found")
    make_live(library)
    answer = rest("post", REQUESTS, {"keys": [key(text)]}, status=409)
    assert (answer["code"], answer["details"]["items"][0]["key"]) == ("not_all_requestable", key(text))
    assert rest("post", REQUESTS, {"inside": key(unit)}, status=409)["code"] == "nothing_to_review"


def test_what_is_in_progress_is_counted_and_listed_over_rest(rest: Api, library: Library, text: Item) -> None:
    shown = rest("patch", LIBRARY, {"review_starts": "when_asked"})
    assert (shown["review_starts"], shown["review_starts_by"]) == ("when_asked", "policy")
    assert (shown["counts"]["in_progress"], shown["counts"]["unreviewed"]) == (1, 1)
    assert shown["waits_for_me"]["to_review"] == 0
    assert keys(rest("get", f"{ENTITIES}?state=in_progress")) == [key(text)]
    assert rest("get", QUEUE)["results"][0]["state"] == "in_progress"
    assert rest("get", entity(text))["is_in_progress"]
    rest("post", entity(text, "review-request/"), {})
    assert rest("get", LIBRARY)["counts"]["in_progress"] == 0


def test_people_whom_the_library_knows_can_be_named(
    rest: Api, library: Library, text: Item, author: User, reviewer: User, other_reviewer: User
) -> None:
    User.objects.create_user("a-stranger", is_staff=True)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    library.edit(text, by=reviewer.pk)
    names = [person["username"] for person in rest("get", REVIEWERS)["results"]]
    assert names == ["other-reviewer", "reviewer"]
