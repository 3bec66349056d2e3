"""A learner puts course cards away: by the platform's own filter and event, and over REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from crum import set_current_request
from django.contrib.auth.models import User
from django.db import connection
from django.db.transaction import atomic
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey
from openedx_catalog import api as catalog_api
from openedx_events.learning.data import CourseData, CourseEnrollmentData, UserData, UserPersonalData
from openedx_events.learning.signals import COURSE_ENROLLMENT_CHANGED
from openedx_filters.filters import PipelineStep
from openedx_filters.learning.filters import CourseRunAPIRenderStarted

from sample_plugin.archival import api
from sample_plugin.archival.models import ArchivedCourseRun
from sample_plugin.archival.settings.common import FILTER_TYPE, STEP, plugin_settings
from workbench.lms.courses import COURSES as COURSES_OF_LEARNER
from workbench.lms.courses import enroll

pytestmark = [pytest.mark.django_db, pytest.mark.urls("workbench.lms.urls")]

COURSES = "/api/sample-plugin/archival/v1/courses/"
BREAD = CourseKey.from_string("course-v1:Test+Bread+2026")


def make_course(code: str) -> CourseKey:
    """Make a course run, as the platform does when a course is created in Studio."""
    key = CourseKey.from_string(f"course-v1:Test+{code}+2026")
    catalog_api.create_course_run_for_modulestore_course_with(key, title=code)
    return key


def archived(learner: User) -> list[str]:
    """Return the keys of what the learner has archived."""
    return [str(row.course_run.course_key) for row in api.get_archived(learner.pk)]


@pytest.fixture(name="learner")
def _learner() -> User:
    """A learner. There is a course, and nothing is archived."""
    make_course("Bread")
    return User.objects.create_user("learner")


@pytest.fixture(name="other")
def _other(learner: User) -> User:
    """Another learner, who has archived the course."""
    other = User.objects.create_user("other")
    api.archive(other.pk, BREAD)
    return other


@pytest.fixture(name="send")
def _send(client: Client, learner: User) -> Callable[..., Any]:
    """A function that sends a request as ``learner``, and returns the answer's JSON."""
    client.force_login(learner)

    def send(method: str, path: str = f"{BREAD}/", status: int = 200, **kwargs: Any) -> Any:
        response = getattr(client, method)(f"{COURSES}{path}", **kwargs)
        assert response.status_code == status, response.content.decode()
        return response.json() if response.content else None

    return send


# The filter


class Seen(PipelineStep):
    """A step after ours."""

    def run_filter(self, serialized_courserun: dict[str, Any]) -> dict[str, Any]:
        """Say that this step has run, which it does if ours returns a dict."""
        return {"serialized_courserun": {**serialized_courserun, "seen": True}}


@pytest.fixture(name="dashboard")
def _dashboard(learner: User) -> Iterator[None]:
    """The learner asks for the dashboard."""
    request = RequestFactory().get("/api/learner_home/init")
    request.user = learner
    RequestCache.clear_all_namespaces()
    set_current_request(request)
    yield
    set_current_request(None)
    RequestCache.clear_all_namespaces()


def card(key: object) -> dict[str, Any] | None:
    """Return the card of this course, as the LMS makes it."""
    return CourseRunAPIRenderStarted.run_filter(serialized_courserun={"courseId": str(key), "isArchived": False})


@pytest.mark.usefixtures("dashboard", "other")
def test_each_card_says_whether_its_learner_has_archived_it_in_one_query_for_all(
    learner: User, django_assert_num_queries: Any
) -> None:
    others = [make_course(f"Other{number}") for number in range(3)]
    api.archive(learner.pk, others[0])
    with django_assert_num_queries(1):
        cards = [card(key) for key in [BREAD, *others]]
    assert [shown and shown["isArchivedByLearner"] for shown in cards] == [False, True, False, False]
    assert cards[0] == {"courseId": str(BREAD), "isArchived": False, "isArchivedByLearner": False}


@pytest.mark.usefixtures("dashboard")
def test_the_steps_after_ours_run(settings: Any) -> None:
    settings.OPEN_EDX_FILTERS_CONFIG = {FILTER_TYPE: [STEP, f"{__name__}.{Seen.__name__}"]}
    assert card(BREAD) == {"courseId": str(BREAD), "isArchived": False, "isArchivedByLearner": False, "seen": True}


def test_a_failure_leaves_the_card_as_it_is(caplog: pytest.LogCaptureFixture, settings: Any) -> None:
    # Where steps are configured so that they may prevent what they are about.
    settings.OPEN_EDX_FILTERS_CONFIG = {FILTER_TYPE: {"pipeline": [STEP], "fail_silently": False}}
    without_key = {"courseName": "Bread"}
    assert CourseRunAPIRenderStarted.run_filter(serialized_courserun=without_key) == without_key
    assert "A course card does not say" in caplog.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {"pipeline": [STEP]}),
        ("a.B", {"pipeline": ["a.B", STEP]}),
        (["a.B"], {"pipeline": ["a.B", STEP]}),
        ({"pipeline": [STEP, "a.B"], "log_level": "debug"}, {"pipeline": [STEP, "a.B"], "log_level": "debug"}),
    ],
)
def test_the_step_joins_those_that_are_configured(before: Any, after: Any) -> None:
    site = SimpleNamespace(OPEN_EDX_FILTERS_CONFIG={"another": "c.D", FILTER_TYPE: before})
    plugin_settings(site)
    plugin_settings(site)
    assert vars(site)["OPEN_EDX_FILTERS_CONFIG"] == {"another": "c.D", FILTER_TYPE: after}


# The event


def enrollment_of(learner_id: int, key: CourseKey, *, mode: str, is_active: bool) -> CourseEnrollmentData:
    """Return what the platform's events say about an enrollment."""
    return CourseEnrollmentData(
        user=UserData(pii=UserPersonalData(username="learner", email="", name=""), id=learner_id, is_active=True),
        course=CourseData(course_key=key),
        mode=mode,
        is_active=is_active,
        creation_date=timezone.now(),
    )


@pytest.mark.parametrize(
    ("mode", "is_active", "stays"),
    [("verified", True, False), ("audit", True, True), ("verified", False, True)],
)
def test_an_upgrade_to_the_verified_track_brings_the_card_back(
    learner: User, other: User, mode: str, is_active: bool, stays: bool
) -> None:
    api.archive(learner.pk, BREAD)
    # The second is of a course and a learner who are gone.
    for learner_id, key in [(learner.pk, BREAD), (0, CourseKey.from_string("course-v1:Test+Gone+2026"))]:
        enrollment = enrollment_of(learner_id, key, mode=mode, is_active=is_active)
        for _receiver, result in COURSE_ENROLLMENT_CHANGED.send_event(enrollment=enrollment):
            assert result is None
    assert archived(learner) == [str(BREAD)] * stays
    assert archived(other) == [str(BREAD)]


@pytest.mark.django_db(transaction=True)
def test_a_failure_of_the_database_does_not_undo_the_upgrade(learner: User) -> None:
    table = ArchivedCourseRun._meta.db_table
    # The LMS has started, and the migration has not run.
    with connection.schema_editor() as editor:
        editor.alter_db_table(ArchivedCourseRun, table, "elsewhere")
    try:
        with atomic():
            User.objects.filter(pk=learner.pk).update(first_name="verified")
            upgrade = enrollment_of(learner.pk, BREAD, mode="verified", is_active=True)
            COURSE_ENROLLMENT_CHANGED.send_event(enrollment=upgrade)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(ArchivedCourseRun, "elsewhere", table)
    learner.refresh_from_db()
    assert learner.first_name == "verified"


# Both, on the workbench's dashboard


def test_a_dashboard_shows_it_until_the_learner_upgrades(
    send: Callable[..., Any], client: Client, learner: User
) -> None:
    enroll(learner)
    course, *_others = COURSES_OF_LEARNER
    send("put", f"{course}/")

    def shown() -> dict[str, bool]:
        runs = [card["courseRun"] for card in client.get("/api/learner_home/init").json()["courses"]]
        return {run["courseId"]: run["isArchivedByLearner"] for run in runs}

    assert shown() == {key: key == course for key in COURSES_OF_LEARNER}
    assert client.post(f"/api/workbench/enrollments/{course}/upgrade/").status_code == 204
    assert not any(shown().values())
    assert client.post("/api/workbench/enrollments/bread/upgrade/").status_code == 404


# REST


def test_a_learner_puts_a_card_away_and_brings_it_back_any_number_of_times(send: Callable[..., Any]) -> None:
    first = send("put")
    assert first["course_key"] == str(BREAD)
    assert send("put") == first
    assert send("get", "")["results"] == [first]
    send("delete", status=204)
    send("delete", status=204)
    assert send("get", "")["results"] == []


@pytest.mark.parametrize("named", ["id", "username"])
def test_a_learner_never_changes_anothers_row(send: Callable[..., Any], learner: User, other: User, named: str) -> None:
    """Neither by a body that names somebody, as a number or as text, nor by an address that does."""
    who = {"user": other.pk if named == "id" else other.username}
    send("put", data=who, content_type="application/json")
    assert (archived(learner), archived(other)) == ([str(BREAD)], [str(BREAD)])
    send("delete", data=who, content_type="application/json", status=204)
    assert (archived(learner), archived(other)) == ([], [str(BREAD)])


@pytest.mark.parametrize("is_staff", [False, True])
def test_staff_read_what_others_have_archived_and_nobody_else_does(
    send: Callable[..., Any], learner: User, other: User, is_staff: bool
) -> None:
    User.objects.filter(pk=learner.pk).update(is_staff=is_staff)
    assert send("get", "?username=learner")["results"] == []
    read = send("get", f"?username={other.username}", 200 if is_staff else 404)
    if is_staff:
        assert [row["course_key"] for row in read["results"]] == [str(BREAD)]
    assert send("get", "?username=nobody", 404)["code"] == "not_found"
    for method in ("put", "delete"):
        assert send(method, f"{BREAD}/?username={other.username}", 404)["code"] == "not_found"
    assert archived(other) == [str(BREAD)]


def test_the_list_has_more_than_one_page_and_says_where_the_next_is(send: Callable[..., Any], learner: User) -> None:
    keys = [str(make_course(f"Course{number}")) for number in range(11)]
    for key in keys:
        api.archive(learner.pk, CourseKey.from_string(key))
    with CaptureQueriesContext(connection) as captured:
        first = send("get", "")
    assert len([query for query in captured if "archivedcourserun" in query["sql"] or "catalog" in query["sql"]]) == 2
    second = send("get", "?" + first["next"].partition("?")[2])
    listed = [row["course_key"] for page in (first, second) for row in page["results"]]
    assert (listed, second["next"]) == (keys[::-1], None)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_errors_have_one_shape(send: Callable[..., Any], client: Client, method: str) -> None:
    bad = send(method, "bread/", 400)
    assert (bad["code"], bad["details"]) == ("invalid", {"course_key": ["“bread” is not a course key."]})
    assert send(method, "course-v1:Test+Gone+2026/", 404) == {
        "code": "not_found",
        "detail": "There is no course with the key “course-v1:Test+Gone+2026”.",
        "details": {},
    }
    client.logout()
    assert send(method, status=401)["code"] == "not_authenticated"


def test_the_admin_shows_and_changes_nothing(admin_client: Client, other: User) -> None:
    address = "/admin/sample_plugin_archival/archivedcourserun/"
    assert other.username in admin_client.get(address, {"q": "Bread"}).content.decode()
    assert admin_client.get(f"{address}add/").status_code == 403
