"""My reviews: who sees what of two libraries, counts included; what is overdue; and figures that name nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from openedx_content.models_api import LearningPackage

from sample_plugin.reviews import api, authz
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.rules import CAN_MANAGE_POLICY, CAN_REVIEW, CAN_VIEW, find_libraries
from workbench.roles import INSTALLED, PLUGINS_MAY_BRING_ROLES

from .authz import assign, needs_authz
from .content import Item, Library, draft_record, make_live, now
from .rest import LIBRARY, V1, Api

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MY_REVIEWS = f"{V1}my-reviews/"
GROUPS = ["to_review", "to_answer", "with_others", "overdue"]
HERE, THERE = "lib:Test:Gated", "lib:Other:Gated"
LONG_AGO = timedelta(days=8)


def fill(library: Library, person: User, other: User) -> None:
    """Write one change of each kind: of others, new and old, and of this person, with a request and without."""
    library.component("new")
    library.component("late", created=now() - LONG_AGO)
    library.component("own", created_by=person.pk)
    asked = library.component("asked", created_by=person.pk)
    api.request_changes(asked.id, reviewer_id=other.pk, note="More salt")
    judged = library.component("judged")
    api.request_changes(judged.id, reviewer_id=person.pk, note="Less salt")
    done = library.component("done")
    api.mark_reviewed(done.id, reviewer_id=other.pk)


def listed(client: Client) -> dict[str, list[str] | None]:
    """Return the library and the code of all that is on somebody's list, by group; None for a group without a count."""
    groups: dict[str, list[str] | None] = {}
    for group in GROUPS:
        answer = client.get(MY_REVIEWS, {"group": group}).json()
        assert list(answer["counts"]) == GROUPS
        assert answer["counts"][group] in (answer["count"], None)
        libraries = client.get(f"{V1}libraries/").json()["results"]
        assert answer["library_count"] == len(libraries)
        assert {shown["library"]["key"] for shown in answer["results"]} <= {each["key"] for each in libraries}
        found = [f"{shown['library']['key'][4]} {shown['key'].rpartition(':')[2]}" for shown in answer["results"]]
        groups[group] = found if answer["counts"][group] is not None else None
    return groups


NOTHING: dict[str, list[str] | None] = {"to_review": [], "to_answer": [], "with_others": [], "overdue": None}
# What is in the libraries Test and Other, for somebody with these roles in them; the oldest first.
LISTS: dict[tuple[str, str], dict[str, list[str] | None]] = {
    ("", ""): NOTHING,
    ("library_user", ""): {**NOTHING, "to_answer": ["T asked"], "with_others": ["T own", "T judged"]},
    ("", "library_admin"): {
        "to_review": ["O late", "O new"],
        "to_answer": ["O asked"],
        "with_others": ["O own", "O judged"],
        "overdue": ["O late"],
    },
    ("library_admin", "library_author"): {
        "to_review": ["T late", "T new"],
        "to_answer": ["T asked", "O asked"],
        "with_others": ["T own", "T judged", "O own", "O judged"],
        "overdue": ["T late"],
    },
    ("staff", "staff"): {
        "to_review": ["T late", "O late", "T new", "O new"],
        "to_answer": ["T asked", "O asked"],
        "with_others": ["T own", "T judged", "O own", "O judged"],
        "overdue": ["T late", "O late"],
    },
}
if PLUGINS_MAY_BRING_ROLES:
    LISTS["library_reviewer", "library_user"] = {
        "to_review": ["T late", "T new"],
        "to_answer": ["T asked", "O asked"],
        "with_others": ["T own", "T judged", "O own", "O judged"],
        "overdue": None,
    }


@pytest.mark.parametrize(("here", "there"), LISTS)
def test_a_list_has_what_the_roles_allow_and_nothing_else(
    here: str, there: str, library: Library, reviewer: User, other_reviewer: User, client: Client
) -> None:
    # Written alternately, so that the order is one of both.
    other_library = Library.create(THERE, library.author_id)
    fill(library, reviewer, other_reviewer)
    fill(other_library, reviewer, other_reviewer)
    if here == "staff":
        User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    elif not INSTALLED:
        here = there = ""
    for role, one in ((here, library), (there, other_library)):
        if role not in ("", "staff"):
            assign(reviewer, role, one.package.package_ref)
    client.force_login(reviewer)
    assert listed(client) == LISTS[here, there]
    managed = client.get(f"{V1}libraries/", {"may_manage_policy": True}).json()["results"]
    roles = {HERE: here, THERE: there}
    manage = {key for key, role in roles.items() if role in ("library_admin", "staff")}
    assert {each["key"] for each in managed} == manage


def test_a_row_says_what_a_screen_needs(rest: Api, library: Library, author: User, reviewer: User) -> None:
    created = now() - timedelta(days=20)
    text = library.component("salt", title="Salt", created=created)
    [row] = rest("get", MY_REVIEWS)["results"]
    # Counted from the beginning of this hour.
    assert row.pop("age_days") in (19, 20)
    assert row == {
        "library": {"key": HERE, "title": f"Library {HERE}"},
        "key": "lb:Test:Gated:html:salt",
        "title": "Salt",
        "kind": "component",
        "block_type": "html",
        "change": "new",
        "state": "unreviewed",
        "waiting_since": created.isoformat().replace("+00:00", "Z"),
        "requested_by": None,
        "due": None,
        "is_overdue": True,
    }
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="More salt")
    ReviewedStatus.objects.update(created=now() - LONG_AGO)
    [row] = rest("get", f"{MY_REVIEWS}?group=with_others")["results"]
    # Since the request it waits for its author, and no longer for a review.
    assert (row["state"], row["is_overdue"]) == ("changes_requested", False)
    assert row["age_days"] in (7, 8)
    assert rest("get", f"{MY_REVIEWS}?group=mine", status=400)["details"].keys() == {"group"}


def test_it_takes_the_same_queries_for_any_number_of_libraries(
    client: Client, author: User, reviewer: User, other_reviewer: User
) -> None:
    User.objects.filter(pk=reviewer.pk).update(is_staff=not INSTALLED)
    client.force_login(reviewer)
    counts = []
    for number in range(10):
        library = Library.create(f"lib:Test:L{number}", author.pk)
        assign(reviewer, ("library_admin", "library_user")[number % 2], library.package.package_ref)
        fill(library, reviewer, other_reviewer)
        if number in (4, 9):
            client.get(MY_REVIEWS)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(MY_REVIEWS)
            counts.append(len(queries))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(MY_REVIEWS, headers={"if-none-match": answer["ETag"]}).status_code == 304
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_a_304_ends_with_a_change_or_another_role(client: Client, library: Library, reviewer: User) -> None:
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    client.force_login(reviewer)
    tags = [client.get(MY_REVIEWS)["ETag"]]
    text = library.component()
    tags.append(client.get(MY_REVIEWS)["ETag"])
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    tags.append(client.get(MY_REVIEWS)["ETag"])
    Library.create("lib:Test:Empty")
    tags.append(client.get(MY_REVIEWS)["ETag"])
    User.objects.filter(pk=reviewer.pk).update(is_staff=False)
    tags.append(client.get(MY_REVIEWS)["ETag"])
    assert len(set(tags)) == 5


# --- Which libraries --------------------------------------------------------------------------------------------------


@needs_authz
@pytest.mark.parametrize("rule", ["known", "unknown"])
def test_all_libraries_at_once_are_the_same_as_one_by_one(
    rule: str, library: Library, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openedx_authz.engine.enforcer import AuthzEnforcer  # noqa: PLC0415

    if rule == "unknown":
        monkeypatch.setattr(authz, "_RULE", "another one")
    refs = [HERE, *(f"lib:{org}:L{number}" for org in ("A", "AB") for number in range(3)), "not-a-library"]
    for ref in refs[1:]:
        Library.create(ref)
    assign(reviewer, "library_admin", "lib:A:L0")
    assign(reviewer, "library_user", "lib:A:L1")
    assign(User.objects.create_user("somebody"), "library_admin", "lib:A:L2")
    enforcer = AuthzEnforcer.get_enforcer()
    # In an organization, in a role that stands in for another, and one policy that takes something away again.
    enforcer.add_grouping_policy("user^reviewer", "role^library_author", "lib^lib:AB:*")
    enforcer.add_grouping_policy("user^reviewer", "role^stand_in", "lib^lib:AB:*")
    enforcer.add_grouping_policy("role^stand_in", "role^library_admin", "lib^lib:AB:L1")
    enforcer.add_policy("role^library_author", "act^content_libraries.view_library", "lib^lib:AB:L2", "deny")
    one_by_one = {
        package.package_ref: (reviewer.has_perm(CAN_REVIEW, package), reviewer.has_perm(CAN_MANAGE_POLICY, package))
        for package in LearningPackage.objects.all()
        if package.package_ref != "not-a-library" and reviewer.has_perm(CAN_VIEW, package)
    }
    found = {one.learning_package.package_ref: one for one in find_libraries(reviewer)}
    assert {ref: (one.may_review, one.may_manage_policy) for ref, one in found.items()} == one_by_one
    assert one_by_one.keys() == {"lib:A:L0", "lib:A:L1", "lib:AB:L0", "lib:AB:L1"}
    assert {ref for ref, (_review, manage) in one_by_one.items() if manage} == {"lib:A:L0", "lib:AB:L1"}


# --- What is overdue --------------------------------------------------------------------------------------------------


def status(*options: str) -> str:
    """Run the command and return what it prints."""
    out = StringIO()
    call_command("reviews_status", HERE, "--overdue", *options, stdout=out)
    return out.getvalue()


def test_what_has_waited_too_long_for_a_review_is_overdue(library: Library, reviewer: User, settings: Any) -> None:
    late = library.component("late", title="Late", created=now() - LONG_AGO)
    asked = library.component("asked", created=now() - LONG_AGO)
    api.request_changes(asked.id, reviewer_id=reviewer.pk, note="More salt")
    library.component("new")
    # A save that changes nothing does not start the time again.
    library.edit(late, title="Late")
    assert "\nOverdue: 1\n  “Late” (new)  xblock.v1:html:late: waits for 8 days\n" in status()
    with pytest.raises(CommandError, match=r"^Overdue: 1\.$"):
        status("--check")
    settings.SAMPLE_PLUGIN_REVIEWS_OVERDUE_DAYS = 9
    assert "\nOverdue: 0\n" in status("--check")


def test_a_request_for_a_review_says_whose_turn_it_is_and_until_when(
    library: Library, author: User, reviewer: User, other_reviewer: User, client: Client
) -> None:
    api.change_policy(library.package.id, changed_by=None, reason="", review_starts="when_asked")
    User.objects.filter(pk__in=(reviewer.pk, other_reviewer.pk)).update(is_staff=True)
    yesterday = localdate() - timedelta(days=1)
    for name, due in (("in-progress", None), ("late", yesterday), ("today", localdate())):
        text = library.component(name, title=name, created=now() - timedelta(days=2), created_by=author.pk)
        if name != "in-progress":
            api.request_review(text.id, requested_by_id=author.pk, reviewer_ids=[reviewer.pk], due=due)
    lists = {}
    for user in (author, reviewer, other_reviewer):
        client.force_login(user)
        lists[user.username] = listed(client)
    assert lists["reviewer"] == {**NOTHING, "to_review": ["T late", "T today"], "overdue": ["T late"]}
    assert lists["other-reviewer"] == {**NOTHING, "overdue": ["T late"]}
    [late] = client.get(MY_REVIEWS, {"group": "overdue"}).json()["results"]
    assert (late["requested_by"]["username"], late["due"]) == (author.username, str(yesterday))
    assert status().count("\n  “") == 1
    found = figures(library)
    assert (found.unreviewed, found.overdue) == (2, 1)


# --- Figures ----------------------------------------------------------------------------------------------------------


def figures(library: Library) -> api.QueueFigures:
    """Return the figures of a library."""
    return api.get_queue_figures([library.package.id])[library.package.id]


@pytest.fixture(name="live")
def _live(library: Library, reviewer: User) -> Callable[..., Item]:
    """A function that makes something that was reviewed and published so many days after it was written."""

    def live(to_verdict: float, to_publish: float, *, written: float = 60) -> Item:
        begin = now() - timedelta(days=written)
        text = library.component(created=begin)
        review = api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
        ReviewedStatus.objects.filter(pk=review.pk).update(created=begin + timedelta(days=to_verdict))
        library.publish(text, published_at=begin + timedelta(days=to_publish))
        return text

    return live


def test_figures_say_how_long_changes_took(library: Library, live: Callable[..., Item], other_reviewer: User) -> None:
    for days in range(1, 5):
        live(days, 2 * days)
    few = figures(library)
    assert (few.to_first_verdict, few.to_publish) == (None, None)
    for days in range(5, 11):
        text = live(days, 2 * days)
    # Neither what came long ago, nor a second verdict, nor one that was carried over to a save that changed nothing.
    live(1, 1, written=120)
    given = ReviewedStatus.objects.filter(entity=text.id).get()
    second = {"entity_id": text.id, "reviewer": other_reviewer, "created": now(), "version_num": 9}
    ReviewedStatus.objects.create(draft_change_log_record_id=given.draft_change_log_record_id, **second)
    library.edit(text)
    ReviewedStatus.objects.create(draft_change_log_record=draft_record(text), carried_over_from=given, **second)
    day = timedelta(days=1)
    assert figures(library).to_first_verdict == api.Durations(count=10, median=5.5 * day, percentile_90=9.1 * day)
    assert figures(library).to_publish == api.Durations(count=10, median=11 * day, percentile_90=18.2 * day)


def test_figures_count_what_is_open_by_age(rest: Api, library: Library, reviewer: User) -> None:
    make_live(library)
    other = Library.create("lib:Test:Other", library.author_id)
    other.component()
    for age in (0, 1, 2, 7, 8, 30, 31, 400):
        text = library.component(created=now() - timedelta(days=age))
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="Salt")
    assert rest("get", f"{LIBRARY}figures/") == {
        "period_days": 90,
        "unreviewed": 7,
        "changes_requested": 1,
        "overdue": 4,
        "open_by_age": [
            {"from_days": 0, "to_days": 1, "count": 2},
            {"from_days": 2, "to_days": 7, "count": 2},
            {"from_days": 8, "to_days": 30, "count": 2},
            {"from_days": 31, "to_days": None, "count": 2},
        ],
        "to_first_verdict": None,
        "to_publish": None,
    }


def test_figures_take_four_queries_for_any_number(library: Library, live: Callable[..., Item]) -> None:
    others = [Library.create(f"lib:Test:L{number}", library.author_id) for number in range(4)]
    for other in others:
        other.component()
    for days in range(5):
        live(days, days)
    with CaptureQueriesContext(connection) as queries:
        found = api.get_queue_figures([one.package.id for one in (library, *others)])
    assert len(queries) == 4
    assert [one.to_publish is not None for one in found.values()] == [True, False, False, False, False]
