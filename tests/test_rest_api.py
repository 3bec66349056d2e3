"""
What the REST API says and does.

Who may is in test_permissions.py, and that all answers are as the OpenAPI schema says in test_openapi.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openedx_content import api as content_api
from openedx_content.models_api import Component

from sample_plugin.reviews import api
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, draft_record, live_versions, publish_state

pytestmark = pytest.mark.django_db

type Api = Callable[..., Any]
type Review = Callable[..., None]

V1 = "/api/sample-plugin/reviews/v1/"
LIBRARY = f"{V1}libraries/lib:Test:Gated/"
ENTITIES = f"{LIBRARY}entities/"
MANY = f"{LIBRARY}reviews/"
PUBLISH = f"{LIBRARY}publish-reviewed/"


@pytest.fixture(name="rest")
def _rest(client: Client, reviewer: User) -> Api:
    """A function that sends a request as ``reviewer``, who is global staff here, and returns the answer's JSON."""
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    cache.clear()  # what the throttle remembers
    client.force_login(reviewer)

    def send(method: str, path: str, body: Any = None, *, status: int = 200, **kwargs: Any) -> Any:
        data = {} if body is None else {"data": body, "content_type": "application/json"}
        response = getattr(client, method)(path, **data, **kwargs)
        assert response.status_code == status, response.content.decode()
        return response.json()

    return send


def key(item: Any) -> str:
    """Return the key of an item of ``library``."""
    if isinstance(item, Component):
        return f"lb:Test:Gated:html:{item.component_code}"
    return f"lct:Test:Gated:{item.container_type.type_code}:{item.container_code}"


def entity(item: Any, what: str = "") -> str:
    """Return the address of an item of ``library``."""
    return f"{V1}entities/{key(item)}/{what}"


def seen(item: Any) -> dict[str, int]:
    """Return what somebody says who has looked at the item."""
    return {"draft_change_log_record_id": draft_record(item).pk}


def make_live(library: Library) -> None:
    """Publish everything as it is."""
    with api.bypass_review(reason="To begin with"):
        library.publish()


def keys(listed: Any) -> list[str]:
    """Return the keys in a list."""
    return [shown["key"] for shown in listed["results"]]


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
        "key": "lib:Test:Gated",
        "title": "Library lib:Test:Gated",
        "review_required": True,
        "required_by": "default",
        "counts": {"unpublished": 4, "reviewed": 2, "unreviewed": 2, "skipped": 1},
        "may": {"view": True, "review": True, "publish_reviewed": True, "manage_policy": True},
    }


def test_the_policy_can_be_changed(rest: Api, library: Library, reviewer: User) -> None:
    answer = rest("patch", LIBRARY, {"review_required": False})
    assert (answer["review_required"], answer["required_by"]) == (False, "policy")
    assert not api.is_review_required(library.package.id)
    assert library.package.__class__.objects.get(pk=library.package.pk).review_policy.changed_by == reviewer
    assert rest("patch", LIBRARY, {"review_required": True})["review_required"] is True


@pytest.mark.parametrize("body", [{}, {"review_required": "perhaps"}, {"review_required": None}, [], "x", None])
def test_a_policy_that_is_none_is_refused(body: Any, rest: Api, library: Library) -> None:
    answer = rest(
        "patch", LIBRARY, body, status=400, **({} if body is not None else {"content_type": "application/json"})
    )
    assert answer["code"] in ("invalid", "parse_error")
    assert api.is_review_required(library.package.id)


# --- An entity --------------------------------------------------------------------------------------------------------


def test_an_entity_says_what_a_screen_needs(
    rest: Api, library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    text = library.component("salt", title="Salt")
    unit = library.unit(text, title="Taste")
    for person in (other_reviewer, reviewer):
        api.mark_reviewed(text.id, reviewer_id=person.pk, note=f"by {person.username}")
    shown = rest("get", entity(text))
    record = draft_record(text)
    changed_at = shown.pop("changed_at")
    assert changed_at.startswith(record.draft_change_log.changed_at.isoformat()[:19])
    reviews = shown.pop("reviews")
    assert [(given["reviewer"]["username"], given["note"], given["version_num"]) for given in reviews] == [
        ("other-reviewer", "by other-reviewer", 1),
        ("reviewer", "by reviewer", 1),
    ]
    assert shown == {
        "key": "lb:Test:Gated:html:salt",
        "title": "Salt",
        "kind": "component",
        "block_type": "html",
        "change": "new",
        "draft_version_num": 1,
        "published_version_num": None,
        "changed_by": {"username": "author", "name": ""},
        "draft_change_log_record_id": record.pk,
        "is_reviewed": True,
        "is_overtaken": False,
        "may_review": {"allowed": True, "reason": None},
        "contained_in": [{"key": key(unit), "title": "Taste"}],
    }


def test_a_container_says_what_kind_it_is(rest: Api, library: Library) -> None:
    for container, kind in (
        (library.unit(), "unit"),
        (library.subsection(), "subsection"),
        (library.section(), "section"),
    ):
        shown = rest("get", entity(container))
        assert (shown["key"], shown["kind"], shown["block_type"]) == (key(container), kind, kind)


def test_each_kind_of_change_is_told(rest: Api, library: Library) -> None:
    edited, deleted, untouched, inside = (library.component() for _ in range(4))
    unit = library.unit(inside)
    make_live(library)
    new = library.component()
    library.edit(edited)
    library.edit(inside)
    library.delete(deleted)
    told = {item: rest("get", entity(item)) for item in (new, edited, deleted, untouched, unit)}
    assert [told[item]["change"] for item in told] == ["new", "edited", "deleted", None, "contents"]
    assert [(told[item]["published_version_num"], told[item]["draft_version_num"]) for item in told] == [
        (None, 1),
        (1, 2),
        (1, None),
        (1, 1),
        (1, 1),
    ]
    assert told[deleted]["title"] == deleted.versioning.latest.title
    assert told[deleted]["draft_change_log_record_id"] == draft_record(deleted).pk
    assert told[untouched]["draft_change_log_record_id"] is told[unit]["draft_change_log_record_id"] is None
    assert (
        told[untouched]["may_review"] == told[unit]["may_review"] == {"allowed": False, "reason": "nothing_to_review"}
    )


def test_what_was_deleted_before_it_was_published_has_a_title_and_no_change(rest: Api, library: Library) -> None:
    text = library.component(title="Never mind")
    library.delete(text)
    shown = rest("get", entity(text))
    assert (shown["title"], shown["change"], shown["may_review"]["reason"]) == ("Never mind", None, "nothing_to_review")


def test_an_edit_overtakes_a_review(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    library.edit(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["is_overtaken"], shown["reviews"]) == (False, True, [])


def test_a_review_of_what_is_live_is_not_overtaken_by_the_next_edit(
    rest: Api, library: Library, review: Review
) -> None:
    text = library.component()
    review(text)
    library.publish()
    library.edit(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["is_overtaken"]) == (False, False)


def test_a_review_of_a_unit_stays_overtaken_when_something_in_it_is_published(
    rest: Api, library: Library, review: Review
) -> None:
    text = library.component()
    unit = library.unit(text)
    make_live(library)
    library.edit(unit)
    review(unit)
    library.edit(unit)
    library.edit(text)
    review(text)
    library.publish(text)
    assert rest("get", entity(unit))["is_overtaken"]
    assert keys(rest("get", f"{ENTITIES}?state=overtaken")) == [key(unit)]


def test_what_was_carried_over_to_a_version_like_the_live_one_is_not_overtaken(
    rest: Api, library: Library, review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    text = library.component(title="Salt")
    review(text)
    library.publish()
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(text, title="Salt")
    assert rest("get", entity(text))["is_reviewed"]
    library.edit(text)
    assert not rest("get", entity(text))["is_overtaken"]


def test_the_newest_of_several_deletions_is_the_one_to_review(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    make_live(library)
    version = text.versioning.published.pk
    library.delete(text)
    review(text)
    library.set_draft(text, version)
    library.delete(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["is_overtaken"], shown["reviews"]) == (False, True, [])
    assert shown["draft_change_log_record_id"] == draft_record(text).pk
    rest("put", entity(text, "review/"), seen(text))
    assert rest("get", entity(text))["reviews"][0]["version_num"] is None


@pytest.mark.parametrize("made", ["created", "edited", "brought back", "deleted"])
@pytest.mark.parametrize("own", [True, False])
def test_may_review_agrees_with_what_happens(
    made: str, own: bool, rest: Api, library: Library, reviewer: User, author: User
) -> None:
    who = reviewer.pk if own else author.pk
    text = library.component(created_by=who if made == "created" else author.pk)
    if made != "created":
        make_live(library)
        library.edit(text, by=author.pk if made != "edited" else who)
    if made == "brought back":
        edited = text.versioning.draft.pk
        library.delete(text)
        library.set_draft(text, edited, by=who)
    if made == "deleted":
        library.delete(text, by=who)
    may = rest("get", entity(text))["may_review"]
    assert may == {"allowed": not own, "reason": "own_change" if own else None}
    rest("put", entity(text, "review/"), seen(text), status=403 if own else 200)


def test_a_site_may_allow_to_review_ones_own_change(rest: Api, library: Library, reviewer: User, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    text = library.component(created_by=reviewer.pk)
    assert rest("get", entity(text))["may_review"]["allowed"]
    rest("put", entity(text, "review/"), seen(text))


@pytest.mark.parametrize(
    "wrong",
    [
        "lb:Test:Gated:html:nothing",
        "lb:Test:Gated:problem:salt",
        "lb:Test:Nothing:html:salt",
        "lct:Test:Gated:unit:nothing",
        "lct:Test:Gated:section:{unit}",
        "lib:Test:Gated",
        "course-v1:a+b+c",
        "salt",
        "lb:",
        "lct:Test:Gated:unit",
        "💥",
        "lb:Test:Gated:html:SALT",
    ],
)
def test_a_wrong_key_is_not_found(wrong: str, rest: Api, library: Library) -> None:
    library.component("salt")
    wrong = wrong.format(unit=library.unit().container_code)
    assert rest("get", f"{V1}entities/{wrong}/", status=404)["code"] == "not_found"
    [missing] = rest("get", f"{V1}entities/", query_params={"key": wrong})["missing"]
    assert missing["key"] == wrong


# --- Many by key ------------------------------------------------------------------------------------------------------


def test_entities_by_key_come_in_order_and_once(rest: Api, library: Library) -> None:
    items = [library.component(), library.unit(), library.component()]
    wanted = [key(item) for item in items]
    answer = rest("get", f"{V1}entities/", query_params={"key": [*wanted, wanted[0]]})
    assert keys(answer) == wanted
    assert answer["missing"] == []
    assert answer["results"][1] == rest("get", entity(items[1]))


def test_unknown_keys_are_reported_one_by_one(rest: Api, library: Library) -> None:
    text = library.component("salt")
    wanted = ["nonsense", key(text), "lb:Test:Gated:html:nothing"]
    answer = rest("get", f"{V1}entities/", query_params={"key": wanted})
    assert keys(answer) == [key(text)]
    assert answer["missing"] == [
        {"key": "nonsense", "code": "invalid_key"},
        {"key": "lb:Test:Gated:html:nothing", "code": "not_found"},
    ]


@pytest.mark.parametrize("number", [0, 101])
def test_one_asks_for_1_to_100_keys(number: int, rest: Api, library: Library) -> None:
    wanted = [f"lb:Test:Gated:html:text-{n}" for n in range(number)]
    answer = rest("get", f"{V1}entities/", query_params={"key": wanted}, status=400)
    assert answer["detail"].endswith(f"Name 1 to 100 keys, not {number}.")
    assert len(rest("get", f"{V1}entities/", query_params={"key": wanted[:100] or ["x"]})["missing"]) in (1, 100)


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.fixture(name="shelf")
def _shelf(library: Library, review: Review) -> dict[str, Any]:
    """A library with something in every state: what is published and unchanged is not in the list."""
    published, deleted = library.component("published"), library.component("deleted", title="deleted Water")
    make_live(library)
    reviewed = library.component("reviewed", title="Butter")
    overtaken = library.component("overtaken", title="apples")
    unreviewed = library.component("unreviewed", title="Cream")
    unit = library.unit(published, title="Dough")
    review(reviewed, overtaken)
    library.edit(overtaken, title="apples")
    library.delete(deleted)
    return {"reviewed": reviewed, "overtaken": overtaken, "unreviewed": unreviewed, "unit": unit, "deleted": deleted}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["overtaken", "reviewed", "unreviewed", "deleted", "unit"]),
        ("state=all", ["overtaken", "reviewed", "unreviewed", "deleted", "unit"]),
        ("state=reviewed", ["reviewed"]),
        ("state=unreviewed", ["overtaken", "unreviewed", "deleted", "unit"]),
        ("state=overtaken", ["overtaken"]),
        ("kind=unit", ["unit"]),
        ("kind=component", ["overtaken", "reviewed", "unreviewed", "deleted"]),
        ("kind=component&kind=unit&state=reviewed", ["reviewed"]),
        ("kind=lesson", []),
        ("text=bUT", ["reviewed"]),
        ("text=water", ["deleted"]),
        ("text=view", ["reviewed", "unreviewed"]),
        ("text=VIEW", ["reviewed", "unreviewed"]),
        ("kind[99999999999999999999]=unit", ["overtaken", "reviewed", "unreviewed", "deleted", "unit"]),
        ("text=%25", []),
        ("text=_", []),
        ("order=-title", ["unit", "deleted", "unreviewed", "reviewed", "overtaken"]),
        ("order=changed", ["reviewed", "unreviewed", "unit", "overtaken", "deleted"]),
        ("order=-changed", ["deleted", "overtaken", "unit", "unreviewed", "reviewed"]),
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


def test_a_page_has_10_items_unless_said_otherwise_and_100_at_most(rest: Api, library: Library) -> None:
    for _ in range(101):
        library.component()
    assert [len(rest("get", f"{ENTITIES}{size}")["results"]) for size in ("", "?page_size=1000")] == [10, 100]


@pytest.mark.parametrize("query", ["state=nonsense", "order=nonsense", "order=--title", "text=" + "x" * 501])
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
    assert answer["detail"] == "“New amounts” has changed since: look at its draft again, then review that."
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
    assert "twice" in rest("post", MANY, {"items": [item, other]}, status=400)["detail"]


@pytest.mark.parametrize("number", [0, 1001])
def test_many_are_1_to_1000(number: int, rest: Api, library: Library) -> None:
    items = [{"key": f"lb:Test:Gated:html:text-{n}", "draft_change_log_record_id": 1} for n in range(number)]
    assert rest("post", MANY, {"items": items}, status=400)["code"] == "invalid"


def test_1000_can_be_marked_at_once_in_a_bounded_number_of_queries(rest: Api, library: Library) -> None:
    with content_api.bulk_draft_changes_for(library.package.id):
        items = [library.component() for _ in range(1000)]
    records = dict(draft_record(items[0]).draft_change_log.records.values_list("entity_id", "pk"))
    body = {"items": [{"key": key(item), "draft_change_log_record_id": records[item.id]} for item in items]}
    with CaptureQueriesContext(connection) as queries:
        assert rest("post", MANY, body) == {"reviewed": 1000}
    assert len(queries) < 40


# --- Publishing -------------------------------------------------------------------------------------------------------


def test_publish_reviewed_publishes_what_is_reviewed_and_says_so(
    rest: Api, library: Library, review: Review, reviewer: User
) -> None:
    reviewed, _unreviewed, inside = (
        library.component(title="Salt"),
        library.component(),
        library.component(title="Yeast"),
    )
    unit = library.unit(inside, title="Dough")
    review(reviewed, unit)
    planned = rest("post", PUBLISH, {"dry_run": True})
    assert live_versions() == {}
    done = rest("post", PUBLISH, {"message": "Week one"})
    assert (
        {**planned, "dry_run": False}
        == done
        == {
            "dry_run": False,
            "published_count": 1,
            "skipped_count": 1,
            "published": [{"key": key(reviewed), "title": "Salt", "change": "new"}],
            "skipped": [
                {
                    "key": key(unit),
                    "title": "Dough",
                    "change": "new",
                    "reason": "It contains “Yeast”, which was never published and is not reviewed.",
                }
            ],
        }
    )
    assert set(live_versions()) == {reviewed.id}
    publish_log = reviewed.publishable_entity.published.publish_log_record.publish_log
    assert (publish_log.message, publish_log.published_by) == ("Week one", reviewer)


def test_with_nothing_reviewed_nothing_is_published(rest: Api, library: Library) -> None:
    library.component()
    before = publish_state()
    assert rest("post", PUBLISH, {})["published_count"] == 0
    assert publish_state() == before


@pytest.mark.parametrize("body", [{"message": "x" * 501}, {"dry_run": "perhaps"}, {"message": None}, []])
@pytest.mark.django_db(transaction=True)
def test_a_wrong_publish_is_refused(body: Any, rest: Api, library: Library) -> None:
    assert rest("post", PUBLISH, body, status=400)["code"] == "invalid"


@pytest.mark.django_db(transaction=True)
def test_another_plugins_veto_is_a_409_with_its_sentence(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    review(library.component())
    config = settings.OPEN_EDX_FILTERS_CONFIG[EntityPrePublish.filter_type]
    settings.OPEN_EDX_FILTERS_CONFIG = {
        EntityPrePublish.filter_type: {**config, "pipeline": [*config["pipeline"], "tests.steps.Vetoes"]}
    }
    assert rest("post", PUBLISH, {}, status=409) == {
        "code": "publish_prevented",
        "detail": "Nothing is published on Sundays.",
        "details": {},
    }
    assert live_versions() == {}


@pytest.mark.django_db(transaction=True)
def test_a_large_publish_goes_to_the_background(
    rest: Api, client: Client, library: Library, review: Review, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 2
    texts = [library.component() for _ in range(2)]
    review(*texts)
    response = client.post(PUBLISH, {"message": "All of it"}, content_type="application/json")
    assert response.status_code == 202
    queued = response.json()
    assert response["Location"] == queued["status_url"]
    status = rest("get", queued["status_url"])
    assert (status["state"], status["total"], status["done"], status["error"]) == ("succeeded", 2, 2, None)
    assert status["result"]["published"] == [
        {"key": key(text), "title": text.versioning.draft.title, "change": "new"} for text in texts
    ]
    assert set(live_versions()) == {text.id for text in texts}


def test_a_dry_run_is_answered_at_once_whatever_the_size(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    review(library.component())
    assert rest("post", PUBLISH, {"dry_run": True})["published_count"] == 1


@pytest.mark.parametrize("publish_id", ["00000000-0000-0000-0000-000000000000", "nonsense"])
def test_an_unknown_publish_is_not_found(publish_id: str, rest: Api, library: Library) -> None:
    assert rest("get", f"{PUBLISH}{publish_id}/", status=404)["code"] == "not_found"


@pytest.mark.django_db(transaction=True)
def test_a_publish_of_another_library_is_not_found(rest: Api, library: Library, review: Review, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    review(library.component())
    queued = rest("post", PUBLISH, {}, status=202)
    Library.create("lib:Test:Other")
    rest("get", queued["status_url"].replace("Gated", "Other"), status=404)


# --- What holds for all of them ---------------------------------------------------------------------------------------


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
