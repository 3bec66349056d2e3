"""What a course team learns of the blocks that its course took from libraries, in Studio and in the LMS."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from sample_plugin.reviews import api, courses
from sample_plugin.reviews.rules import CAN_VIEW_COURSE
from workbench.courses import get_staff
from workbench.models import ComponentLink, ContainerLink, CourseOverview

from .content import Library, make_live
from .course import COURSE, take
from .rest import V1, key

pytestmark = pytest.mark.django_db

type Ask = Callable[..., Any]

BLOCKS = f"{V1}courses/{COURSE}/reviewed/"
DOWNLOAD = f"{V1}courses/{COURSE}/reviewed.csv"


@pytest.fixture(name="team")
def _team() -> User:
    """Somebody on the staff of the course, who has no role in any library."""
    course_key = CourseKey.from_string(COURSE)
    CourseOverview.objects.create(id=course_key)
    user = User.objects.create_user("team")
    user.groups.add(get_staff(course_key))
    return user


@pytest.fixture(name="ask")
def _ask(client: Client, team: User) -> Ask:
    """A function that asks as one of the course team, and returns the answer's JSON."""
    client.force_login(team, backend="django.contrib.auth.backends.ModelBackend")

    def ask(path: str = BLOCKS, status: int = 200, **query: Any) -> Any:
        response = client.get(path, query)
        assert response.status_code == status, response.content
        return response.json()

    return ask


def judged(shown: Any) -> Any:
    """Return what is told of a version, in short."""
    if shown is None:
        return None
    people = [(given["reviewer"]["username"], given["verdict"]) for given in shown["verdicts"]]
    return shown["version_num"], shown["is_reviewed"], shown["basis"], people


def test_the_addresses_are_those_that_clients_know() -> None:
    assert reverse("sample_plugin_reviews:v1:course-blocks", args=[COURSE]) == BLOCKS
    assert reverse("sample_plugin_reviews:v1:course-blocks-download", args=[COURSE]) == DOWNLOAD


def test_a_course_team_learns_how_each_version_was_judged_and_whether_a_newer_one_was(
    ask: Ask, library: Library, reviewer: User, other_reviewer: User, client: Client
) -> None:
    names = ("old", "new", "draft", "gone")
    texts: dict[str, Any] = {name: library.component(name, title=f"={name}") for name in names}
    unit = library.unit(title="unit")
    for item in (texts["old"], texts["new"], texts["gone"], unit):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk, note="A note")
    library.publish(texts["old"], texts["new"], texts["gone"], unit)
    library.edit(texts["old"], title="newer")
    api.request_changes(texts["old"].id, reviewer_id=other_reviewer.pk, note="A note")
    with api.bypass_review(reason="A note", user_id=reviewer.pk):
        library.publish(texts["old"])
    library.delete(texts["gone"])
    with api.bypass_review(reason="A note"):
        library.publish(texts["gone"])
    # A draft is nobody's business but the library's.
    library.edit(texts["new"])
    for item in (texts["new"], texts["draft"]):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
    took = [take(texts["old"], 1), take(texts["new"], 1), take(texts["draft"], 1), take(texts["gone"], 1)]
    took += [take(unit, 1), take(texts["new"], 7)]
    ComponentLink.objects.filter(downstream_usage_key=took[-1]).update(upstream_block=None)
    take(texts["old"], 1, course="course-v1:Test+Other+2026")

    answer = ask()
    approved = (1, True, "reviewed", [("reviewer", "reviewed")])
    assert [(block["block"], judged(block["judged"]), judged(block["newer"])) for block in answer["results"]] == [
        (took[0], approved, (2, False, "bypassed", [("other-reviewer", "changes_requested")])),
        (took[1], approved, None),
        (took[2], None, None),
        (took[3], approved, None),
        (took[4], approved, None),
        (took[5], None, None),
    ]
    old = answer["results"][0]
    assert (old["key"], old["library_key"], old["title"], old["version_num"]) == (
        key(texts["old"]),
        "lib:Test:Gated",
        "=old",
        1,
    )
    assert old["newer"]["decided_by"]["username"] == "reviewer"
    assert (answer["results"][2]["title"], answer["results"][5]["title"]) == ("=draft", None)
    assert "A note" not in str(answer)

    response: Any = client.get(DOWNLOAD)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("text/csv; charset=utf-8", "nosniff")
    rows = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))
    assert [(row["block"], row["reviewed"], row["newer_version"], row["newer_reviewed"]) for row in rows] == [
        (took[0], "yes", "2", "no"),
        (took[1], "yes", "", ""),
        (took[2], "", "", ""),
        (took[3], "yes", "", ""),
        (took[4], "yes", "", ""),
        (took[5], "", "", ""),
    ]
    assert (rows[0]["approved_by"], rows[0]["newer_changes_requested_by"]) == ("reviewer", "other-reviewer")
    assert rows[3]["title"] == "'=gone"
    assert "A note" not in str(rows)


@pytest.mark.urls("tests.lms_urls_alone")
def test_the_lms_has_the_same_and_nothing_else(ask: Ask, library: Library, client: Client) -> None:
    take(library.component(), 1)
    assert ask()["count"] == 1
    assert client.get(DOWNLOAD).status_code == 200
    assert client.get(f"{V1}my-reviews/").status_code == 404


def test_a_wrong_key_is_refused_and_an_unknown_course_is_not_found(ask: Ask, team: User) -> None:
    team.is_staff = True  # who may read any
    team.save()
    for path in (BLOCKS, DOWNLOAD):
        for wrong in ("Bread", "lib:Test:Gated", "library-v1:Test+Bread", f"{COURSE}%0A"):
            assert ask(path.replace(COURSE, wrong), 400)["code"] == "invalid", wrong
        for unknown in ("course-v1:Test+BREAD+2026", "course-v1:Test+Nothing+2026", f"{COURSE}+branch@draft-branch"):
            assert ask(path.replace(COURSE, unknown), 404)["code"] == "not_found", unknown


def test_who_may_not_read_the_course_is_told_that_there_is_none(ask: Ask, team: User) -> None:
    team.groups.clear()
    for path in (BLOCKS, DOWNLOAD):
        hidden, nothing = ask(path, 404), ask(path.replace("Bread", "Nothing"), 404)
        assert str(hidden).replace("Bread", "Nothing") == str(nothing)


def test_the_platform_decides_who_may_read_a_course(
    team: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    course_key: Any = CourseKey.from_string(COURSE)

    def may() -> list[bool]:
        team_again = User.objects.get(pk=team.pk)
        return [user.has_perm(CAN_VIEW_COURSE, course_key) for user in (team_again, reviewer, AnonymousUser())]

    assert may() == [True, False, False]
    assert not team.has_perm(CAN_VIEW_COURSE)
    # Newer releases ask openedx-authz where a course's roles are there, and this is how they are asked.
    asked = []

    def user_has_course_permission(*args: Any) -> bool:
        asked.append(args)
        return args[0] is reviewer

    package = "openedx.core.djangoapps.authz"
    contents: dict[str, Any] = {
        "decorators": {"user_has_course_permission": user_has_course_permission},
        "constants": {"LegacyAuthoringPermission": SimpleNamespace(READ="read")},
    }
    for name, named in contents.items():
        monkeypatch.setitem(sys.modules, f"{package}.{name}", SimpleNamespace(**named))
    assert may() == [False, True, False]
    assert asked[-1] == (reviewer, "courses.view_course", course_key, "read")
    # A platform that has moved its code cannot be asked.
    monkeypatch.delitem(sys.modules, "common.djangoapps.student.auth")
    assert may() == [False, False, False]


@pytest.mark.django_db(transaction=True)
def test_a_site_without_the_platforms_tables_says_so(ask: Ask) -> None:
    with connection.schema_editor() as editor:
        editor.alter_db_table(ContainerLink, "contentstore_containerlink", "elsewhere")
    try:
        answer = ask(status=501)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(ContainerLink, "elsewhere", "contentstore_containerlink")
    assert (answer["code"], answer["detail"]) == (
        "no_course_links",
        "This site has no table contentstore_containerlink, so it does not know what courses use.",
    )


def test_any_number_of_blocks_takes_the_same_queries(
    library: Library, review: Callable[..., None], reviewer: User, ask: Ask, django_assert_num_queries: Any
) -> None:
    requests = []
    for more in (3, 27):
        items = [library.component() for _ in range(more)]
        review(*items)
        library.publish(*items)
        for item in items:
            library.edit(item)
        make_live(library)
        for item in items:
            take(item, 1)
        with django_assert_num_queries(9):
            blocks = list(api.get_course_blocks(courses.parse_course_key(COURSE)))
        assert {
            (block.judged and block.judged.version_num, block.newer and block.newer.version_num) for block in blocks
        } == {(1, 2)}
        ask()
        with CaptureQueriesContext(connection) as queries:
            assert ask(page_size=100)["count"] == len(blocks)
        requests.append(len(queries))
    assert len(blocks) == 30
    assert requests[0] == requests[1]
