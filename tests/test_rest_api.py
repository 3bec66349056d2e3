"""
Libraries, the list of changes, and what holds for the whole REST API.

Entities, marking and publishing have files of their own. Who may is in test_permissions.py, and that all answers are as
the OpenAPI schema says in test_openapi.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openedx_content import api as content_api
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.throttling import UserRateThrottle

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.rest_api.v1.libraries import LibraryView

from .content import Library, make_live
from .rest import ENTITIES, LIBRARY, MANY, PUBLISH, V1, Api, entity, key, keys, seen

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]


def test_the_addresses_are_the_ones_that_clients_know() -> None:
    args = {"library_key": "lib:A:b"}
    name = "sample_plugin_reviews:v1:"
    assert reverse(f"{name}library", kwargs=args) == f"{V1}libraries/lib:A:b/"


# --- A library --------------------------------------------------------------------------------------------------------


def test_a_library_says_what_a_screen_needs(rest: Api, library: Library, review: Review) -> None:
    reviewed, _unreviewed, inside = library.component(), library.component(), library.component()
    unit = library.unit(inside)
    review(reviewed, unit)
    assert rest("get", LIBRARY) == {
        "revision": api.get_fingerprint(library.package.id),
        "key": "lib:Test:Gated",
        "title": "Library lib:Test:Gated",
        "mode": "required",
        "review_required": True,
        "required_by": "default",
        "required_reviewers": 1,
        "required_reviewers_by": "default",
        "who_may_review": "not_contributors",
        "who_may_review_by": "default",
        "review_starts": "every_save",
        "review_starts_by": "default",
        "counts": {
            "unpublished": 4,
            "reviewed": 2,
            "unreviewed": 2,
            "skipped": 1,
            "changes_requested": 0,
            "in_progress": 0,
        },
        "mine": {"unpublished": 0, "unreviewed": 0, "changes_requested": 0, "outdated": 0},
        "waits_for_me": {"to_review": 2, "to_answer": 0},
        "last_publish": None,
        "may": {
            "view": True,
            "review": True,
            "request_review": True,
            "publish_reviewed": True,
            "manage_policy": True,
        },
    }


def test_the_policy_can_be_changed(rest: Api, library: Library, reviewer: User) -> None:
    answer = rest("patch", LIBRARY, {"review_required": False, "reason": "The course begins"})
    assert (answer["mode"], answer["review_required"], answer["required_by"]) == ("off", False, "policy")
    assert not api.is_review_required(library.package.id)
    assert library.package.__class__.objects.get(pk=library.package.pk).review_policy.changed_by == reviewer
    assert rest("patch", LIBRARY, {"review_required": True})["review_required"] is True
    answer = rest("patch", LIBRARY, {"mode": "advisory", "reason": "The first weeks"})
    assert (answer["mode"], answer["review_required"], answer["required_by"]) == ("advisory", False, "policy")
    answer = rest("patch", LIBRARY, {"mode": None})
    assert (answer["mode"], answer["review_required"], answer["required_by"]) == ("required", True, "default")


@pytest.mark.parametrize(
    "weaker",
    [{"review_required": False}, {"mode": "advisory"}, {"required_reviewers": 1}, {"who_may_review": "anybody"}],
)
def test_a_weaker_policy_needs_a_reason(weaker: dict[str, Any], rest: Api, library: Library) -> None:
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    for reason in ({}, {"reason": "  "}):
        answer = rest("patch", LIBRARY, {**weaker, **reason}, status=400)
        assert answer["details"] == {"reason": ["Say why the rule gets weaker; the reason is put on record."]}
    assert api.get_policy_history(library.package.id).count() == 1
    rest("patch", LIBRARY, {**weaker, "reason": "A small team"})
    assert api.get_policy_history(library.package.id)[0].reason == "A small team"


def test_the_history_of_a_policy_is_for_those_who_manage_it(rest: Api, library: Library, reviewer: User) -> None:
    api.set_review_mode(library.package.id, "off", changed_by=reviewer.pk, reason="The course begins")
    library.publish(library.component())
    api.change_policy(library.package.id, changed_by=None, reason="", mode=None, required_reviewers=2)
    number, closed, opened = rest("get", f"{LIBRARY}policy-history/")["results"]
    assert (number["field"], number["old_value"], number["new_value"]) == ("required_reviewers", None, "2")
    assert (number["old_in_force"], number["new_in_force"], number["reason"]) == ("1", "2", "")
    assert (opened["field"], opened["new_value"], opened["reason"]) == ("mode", "off", "The course begins")
    assert opened["changed_by"]["username"] == "reviewer"
    assert opened["ended_open_period"] is number["ended_open_period"] is closed["changed_by"] is None
    assert closed["ended_open_period"] == {
        "since": opened["changed_at"],
        "until": closed["changed_at"],
        "publish_count": 1,
        "change_count": 1,
        "unreviewed_count": 1,
    }


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"review_required": "perhaps"}, {"review_required": None}, [], "x", None),
        *({"mode": "on"}, {"mode": ""}, {"mode": False}, {"mode": "off", "review_required": False}, {"reason": "x"}),
    ],
)
def test_a_policy_that_is_none_is_refused(body: Any, rest: Api, library: Library) -> None:
    answer = rest(
        "patch", LIBRARY, body, status=400, **({} if body is not None else {"content_type": "application/json"})
    )
    assert answer["code"] in ("invalid", "parse_error")
    assert api.is_review_required(library.package.id)


def test_counting_costs_two_queries_and_four_more_if_a_container_is_reviewed(library: Library, review: Review) -> None:
    text, unit = library.component(), library.unit()
    for number, item in ((2, text), (2, unit), (6, text)):
        with CaptureQueriesContext(connection) as queries:
            api.get_package_overview(library.package.id)
        assert len(queries) == number
        review(item)


def test_a_package_that_is_no_library_is_not_found_by_its_ref(rest: Api) -> None:
    Library.create("some-other-package")
    assert rest("get", f"{V1}libraries/some-other-package/", status=404)["code"] == "not_found"


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.fixture(name="shelf")
def _shelf(library: Library, review: Review) -> dict[str, Any]:
    """A library with something in every state: what is published and unchanged is not in the list."""
    published, deleted = library.component("published"), library.component("deleted", title="deleted Water")
    make_live(library)
    reviewed = library.component("reviewed", title="Butter")
    outdated = library.component("outdated", title="apples")
    unreviewed = library.component("unreviewed", title="Cream")
    unit = library.unit(published, title="Dough")
    review(reviewed, outdated)
    library.edit(outdated, title="apples")
    library.delete(deleted)
    return {"reviewed": reviewed, "outdated": outdated, "unreviewed": unreviewed, "unit": unit, "deleted": deleted}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["outdated", "reviewed", "unreviewed", "deleted", "unit"]),
        ("state=all", ["outdated", "reviewed", "unreviewed", "deleted", "unit"]),
        ("state=reviewed", ["reviewed"]),
        ("state=unreviewed", ["outdated", "unreviewed", "deleted", "unit"]),
        ("state=outdated", ["outdated"]),
        ("kind=unit", ["unit"]),
        ("kind=component", ["outdated", "reviewed", "unreviewed", "deleted"]),
        ("kind=component&kind=unit&state=reviewed", ["reviewed"]),
        ("kind=component&kind=unit", ["outdated", "reviewed", "unreviewed", "deleted", "unit"]),
        ("text=unit-", ["unit"]),
        ("kind=section", []),
        ("text=bUT", ["reviewed"]),
        ("text=water", ["deleted"]),
        ("text=view", ["reviewed", "unreviewed"]),
        ("text=VIEW", ["reviewed", "unreviewed"]),
        ("kind[99999999999999999999]=unit", ["outdated", "reviewed", "unreviewed", "deleted", "unit"]),
        ("text=%25", []),
        ("text=_", []),
        ("order=-title", ["unit", "deleted", "unreviewed", "reviewed", "outdated"]),
        ("order=changed", ["reviewed", "unreviewed", "unit", "outdated", "deleted"]),
        ("order=-changed", ["deleted", "outdated", "unit", "unreviewed", "reviewed"]),
        ("order=-state&kind=component&text=view", ["reviewed", "unreviewed"]),
        ("order=state&kind=component&text=view", ["unreviewed", "reviewed"]),
    ],
)
def test_the_list_is_filtered_and_ordered(query: str, expected: list[str], rest: Api, shelf: dict[str, Any]) -> None:
    assert keys(rest("get", f"{ENTITIES}?{query}")) == [key(shelf[name]) for name in expected]


def test_pages_follow_each_other_without_a_gap(rest: Api, library: Library) -> None:
    items = [library.component(title="The same") for _ in range(7)]
    for order in ("title", "-changed", "state"):
        listed, address = [], f"{ENTITIES}?page_size=3&order={order}"
        while address:
            page = rest("get", address)
            listed += keys(page)
            address = page["next"]
        assert sorted(listed) == sorted(key(item) for item in items)


def test_what_is_equal_is_in_order_of_id_or_the_other_way_round(rest: Api, library: Library) -> None:
    items = [key(library.component(title="The same")) for _ in range(4)]
    for order in ("title", "state"):
        assert keys(rest("get", f"{ENTITIES}?order={order}")) == items
        assert keys(rest("get", f"{ENTITIES}?order=-{order}")) == items[::-1]


def test_what_was_renamed_is_found_by_its_new_title_only(rest: Api, library: Library) -> None:
    text = library.component(title="Salt")
    make_live(library)
    library.edit(text, title="Pepper")
    assert keys(rest("get", f"{ENTITIES}?text=Pepper")) == [key(text)]
    assert keys(rest("get", f"{ENTITIES}?text=Salt")) == []


def test_a_page_has_10_items_unless_said_otherwise_and_100_at_most(rest: Api, library: Library) -> None:
    for _ in range(101):
        library.component()
    assert [len(rest("get", f"{ENTITIES}{size}")["results"]) for size in ("", "?page_size=1000")] == [10, 100]


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "order=nonsense",
        "order=--title",
        "text=" + "x" * 501,
        "kind=components",
        "kind=unit&kind=lesson",
        "kind=" + "x" * 101,
        "&".join(f"kind=x{n}" for n in range(21)),
    ],
)
def test_a_wrong_filter_is_refused(query: str, rest: Api, library: Library) -> None:
    assert rest("get", f"{ENTITIES}?{query}", status=400)["code"] == "invalid"


def test_the_list_takes_the_same_queries_for_any_number(rest: Api, library: Library, review: Review) -> None:
    numbers = []
    for more in (1, 40):
        texts = [library.component() for _ in range(more)]
        library.unit(*texts)
        review(*texts[:20])
        rest("get", f"{ENTITIES}?page_size=100")
        with CaptureQueriesContext(connection) as queries:
            rest("get", f"{ENTITIES}?page_size=100")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


# --- Common to all endpoints ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_session_needs_a_csrf_token_to_change_anything(library: Library, reviewer: User) -> None:
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    text = library.component()
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    requests = [
        ("patch", LIBRARY, {"review_required": False}),
        ("put", entity(text, "review/"), seen(text)),
        ("delete", entity(text, "review/"), None),
        ("post", MANY, {"items": [{"key": key(text), **seen(text)}]}),
        ("post", PUBLISH, {}),
    ]
    for method, path, body in requests:
        response = getattr(client, method)(path, body, content_type="application/json")
        assert (response.status_code, response.json()["code"]) == (403, "permission_denied")
    assert api.is_review_required(library.package.id)
    assert not ReviewedStatus.objects.exists()


@pytest.mark.parametrize("body", ["[" * 200_000, '{"a":' * 100_000], ids=["lists", "objects"])
def test_what_is_nested_too_deeply_is_a_wrong_request(body: str, rest: Api, library: Library) -> None:
    path = entity(library.component(), "review/")
    answer = rest("put", path, status=400, data=body, content_type="application/json")
    assert answer["code"] == "parse_error"


def test_a_complaint_about_one_of_many_names_the_field(rest: Api, library: Library) -> None:
    answer = rest("get", f"{ENTITIES}?kind=", status=400)
    assert answer["detail"] == "The request is not valid. kind: This field may not be blank."


def test_a_kind_that_does_not_exist_is_answered_with_those_that_do(rest: Api, library: Library) -> None:
    answer = rest("get", f"{ENTITIES}?kind=components", status=400)
    kinds = {"component", *(container.type_code for container in content_api.get_all_container_subclasses())}
    assert {kind for kind in kinds if kind in answer["detail"]} == kinds
    for kind in kinds:
        rest("get", f"{ENTITIES}?kind={kind}")


def test_every_answer_without_a_tag_stays_out_of_caches(client: Client, rest: Api, library: Library) -> None:
    paths = [ENTITIES, entity(library.component()), f"{V1}libraries/lib:Test:Nothing/"]
    answers = [client.get(path) for path in paths] + [Client().get(LIBRARY), client.put(LIBRARY)]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 401, 405]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_a_browser_gets_no_page_whatever_the_site_renders_by_default(
    client: Client, rest: Api, library: Library
) -> None:
    # The workbench has DRF's page for browsers among its defaults, as sites may have.
    answer = client.get(LIBRARY, headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("wrong", ["sixty", "", "60", 60, 0, False, None, "60/fortnight"])
def test_a_rate_that_is_none_is_passed_over_and_a_check_says_so(
    wrong: Any, rest: Api, library: Library, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE = wrong
    rest("post", PUBLISH, {"dry_run": True})
    assert "sample_plugin_reviews.W008" in {message.id for message in run_checks()}


def test_what_is_expensive_is_limited(rest: Api, library: Library, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE = "2/minute"
    for _ in range(2):
        rest("post", PUBLISH, {"dry_run": True})
    assert rest("post", MANY, {}, status=429)["code"] == "throttled"
    rest("get", LIBRARY)


def test_an_anonymous_request_is_a_401_whatever_comes_first_in_the_platforms_authentication(
    client: Client, library: Library
) -> None:
    response = client.get(LIBRARY)
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"]


def test_an_anonymous_request_is_a_401_where_sessions_are_all_that_the_platform_has(
    rf: RequestFactory, library: Library
) -> None:
    request = rf.get(LIBRARY)
    request.user = AnonymousUser()
    for first, challenge in ((SessionAuthentication, "Session"), (BasicAuthentication, "Basic")):
        view = LibraryView.as_view(authentication_classes=[first])
        response = view(request, library_key="lib:Test:Gated")
        assert (response.status_code, response["WWW-Authenticate"]) == (401, f'{challenge} realm="api"')


def test_what_the_platform_limits_is_counted_apart(
    rest: Api, rf: RequestFactory, library: Library, reviewer: User, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE = "1/minute"
    request: Any = rf.get("/")
    request.user = reviewer
    assert UserRateThrottle().allow_request(request, LibraryView())
    rest("post", PUBLISH, {"dry_run": True})
    rest("post", PUBLISH, {"dry_run": True}, status=429)


def test_the_limit_is_60_a_minute_where_the_site_names_none(rest: Api, library: Library, settings: Any) -> None:
    del settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE
    for _ in range(60):
        rest("post", MANY, {}, status=400)
    rest("post", MANY, {}, status=429)
