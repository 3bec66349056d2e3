"""Who may do what: one table, asked of the Python predicates and of every endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import rules as django_rules
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.cache import cache
from django.core.checks import run_checks
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey
from openedx_content.models_api import Component

from sample_plugin.reviews import api, authz
from sample_plugin.reviews.keys import library_key_of
from sample_plugin.reviews.rest_api.v1.urls import urlpatterns
from sample_plugin.reviews.rules import (
    CAN_MANAGE_POLICY,
    CAN_PUBLISH_REVIEWED,
    CAN_REQUEST_REVIEW,
    CAN_REVIEW,
    CAN_VIEW,
    CAN_VIEW_COURSE,
)
from workbench.courses import get_staff
from workbench.models import CourseOverview
from workbench.roles import INSTALLED, PLUGINS_MAY_BRING_ROLES

from .authz import assign, needs_authz, needs_roles_of_plugins
from .content import Library, draft_record

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

V1 = "/api/sample-plugin/reviews/v1/"
COURSE = "course-v1:Test+Bread+2026"
EVERYTHING = {CAN_VIEW, CAN_REVIEW, CAN_REQUEST_REVIEW, CAN_PUBLISH_REVIEWED, CAN_MANAGE_POLICY}
REVIEW_ACTION = "content_libraries.review_library_content"

# Roles of openedx-authz, and what people with them may do. Ours is the last one.
ROLES: dict[str, set[str]] = {
    "library_user": {CAN_VIEW},
    "library_contributor": {CAN_VIEW, CAN_REQUEST_REVIEW},
    "library_author": {CAN_VIEW, CAN_REQUEST_REVIEW, CAN_PUBLISH_REVIEWED},
    "library_admin": EVERYTHING,
}
ROLES_OF_OURS: dict[str, set[str]] = {"library_reviewer": {CAN_VIEW, CAN_REVIEW}}
# Django's own permissions, which count where no role does.
MODEL_PERMISSIONS: dict[str, str] = {
    CAN_VIEW: "view_reviewedstatus",
    CAN_REVIEW: "add_reviewedstatus",
    CAN_REQUEST_REVIEW: "add_reviewrequest",
    CAN_PUBLISH_REVIEWED: "add_publishlog",
    CAN_MANAGE_POLICY: "change_reviewpolicy",
}

# The table: who may do what in a library where openedx-authz is installed.
IN_LIBRARY: dict[str, set[str]] = {
    "anonymous": set(),
    "no role": set(),
    **ROLES,
    **(ROLES_OF_OURS if PLUGINS_MAY_BRING_ROLES else {}),
    "admin elsewhere": set(),
    "deactivated admin": set(),
    "holder of Django's permissions": set(),
    "global staff": EVERYTHING,
    "superuser": EVERYTHING,
}
# In a package that is no library, and everywhere without openedx-authz.
ELSEWHERE: dict[str, set[str]] = {
    **{name: set() for name in IN_LIBRARY},
    "holder of Django's permissions": EVERYTHING,
    "global staff": EVERYTHING,
    "superuser": EVERYTHING,
}
LIBRARY_TABLE = IN_LIBRARY if INSTALLED else ELSEWHERE


@pytest.fixture(name="other_library")
def _other_library() -> Library:
    """A library in which nobody has a role but one admin."""
    return Library.create("lib:Test:Other")


@pytest.fixture(name="package")
def _package() -> Library:
    """A learning package that is no library."""
    return Library.create("some-other-package")


@pytest.fixture(name="person")
def _person(library: Library, other_library: Library) -> Callable[[str], Any]:
    """A function that returns somebody by what they are, in the words of the table."""
    here, there = library.package.package_ref, other_library.package.package_ref

    def person(name: str) -> Any:
        if name == "anonymous":
            return AnonymousUser()
        user = User.objects.create_user(name.replace(" ", "-").replace("'", ""))
        match name:
            case "admin elsewhere":
                assign(user, "library_admin", there)
            case "deactivated admin":
                assign(user, "library_admin", here)
                user.is_active = False
            case "holder of Django's permissions":
                user.user_permissions.set(Permission.objects.filter(codename__in=MODEL_PERMISSIONS.values()))
            case "global staff":
                user.is_staff = True
            case "course staff":
                user.groups.add(get_staff(CourseKey.from_string(COURSE)))
            case "superuser":
                user.is_superuser = True
            case _ if name in ROLES or name in ROLES_OF_OURS:
                assign(user, name, here)
        user.save()
        # Django keeps permissions on the object.
        return User.objects.get(pk=user.pk)

    return person


def may(user: Any, library: Library) -> set[str]:
    """Return what the predicates say."""
    return {permission for permission in EVERYTHING if user.has_perm(permission, library.package)}


@pytest.mark.parametrize("name", LIBRARY_TABLE)
def test_in_a_library_the_table_holds(name: str, person: Callable[[str], Any], library: Library) -> None:
    assert may(person(name), library) == LIBRARY_TABLE[name]


@needs_authz
@pytest.mark.parametrize("name", [name for name in IN_LIBRARY if name != "anonymous"])
def test_openedx_authz_is_asked_what_its_own_api_asks(
    name: str, person: Callable[[str], Any], library: Library
) -> None:
    from openedx_authz.api.users import is_user_allowed  # noqa: PLC0415

    username, library_key = person(name).username, library_key_of(library.package)
    assert library_key is not None
    for action in (authz.VIEW, authz.EDIT, authz.PUBLISH, authz.MANAGE_TEAM, authz.review_action()):
        expected = is_user_allowed(username, action, str(library_key))
        assert authz.is_allowed(username, action, library_key) == expected
        with authz.one_moment():
            assert {authz.is_allowed(username, action, library_key) for _ in range(2)} == {expected}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_in_a_package_that_is_no_library_django_decides(
    name: str, person: Callable[[str], Any], package: Library
) -> None:
    assert may(person(name), package) == ELSEWHERE[name]


@pytest.mark.parametrize("permission", sorted(EVERYTHING))
def test_each_of_djangos_permissions_gives_one_thing(permission: str, package: Library) -> None:
    user = User.objects.create_user("somebody")
    user.user_permissions.add(Permission.objects.get(codename=MODEL_PERMISSIONS[permission]))
    assert may(user, package) == {permission}


@pytest.mark.parametrize("permission", sorted(EVERYTHING))
def test_nobody_but_a_superuser_may_do_anything_everywhere(permission: str, person: Callable[[str], Any]) -> None:
    assert not person("global staff").has_perm(permission)
    assert person("superuser").has_perm(permission)


def test_a_site_can_replace_a_rule(person: Callable[[str], Any], library: Library) -> None:
    nobody = person("no role")
    ours = django_rules.permissions.permissions[CAN_REVIEW]
    django_rules.set_perm(CAN_REVIEW, django_rules.is_authenticated)
    try:
        assert may(nobody, library) == {CAN_REVIEW}
    finally:
        django_rules.set_perm(CAN_REVIEW, ours)


# --- Every endpoint ---------------------------------------------------------------------------------------------------


class Endpoints:
    """What can be asked of one library, each with a request that is in order."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.text = library.component("salt", media={"static/salt.png": b"A picture"})
        self.other = library.component("yeast")
        self.library_key = library.package.package_ref
        self.prefix = self.library_key.removeprefix("lib:")

    def key(self, item: Component) -> str:
        """Return the key of an item of the library."""
        return f"lb:{self.prefix}:html:{item.component_code}"

    def seen(self, item: Component) -> dict[str, int]:
        """Return what somebody says who has looked at the item."""
        return {"draft_change_log_record_id": draft_record(item).pk}

    def get_all(self) -> dict[str, tuple[str, str, Any, str]]:
        """Return method, path, body and the permission that it takes."""
        library, entity = f"libraries/{self.library_key}/", f"entities/{self.key(self.text)}/"
        unknown = "00000000-0000-0000-0000-000000000000"
        many = {"items": [{"key": self.key(self.other), **self.seen(self.other)}]}
        return {
            "library": ("get", library, None, CAN_VIEW),
            "policy": ("patch", library, {"review_required": True}, CAN_MANAGE_POLICY),
            "policy history": ("get", f"{library}policy-history/", None, CAN_MANAGE_POLICY),
            "audit": ("get", f"{library}audit/", None, CAN_MANAGE_POLICY),
            "audit download": ("get", f"{library}audit.csv", None, CAN_MANAGE_POLICY),
            "list": ("get", f"{library}entities/", None, CAN_VIEW),
            "queue": ("get", f"{library}queue/", None, CAN_VIEW),
            "figures": ("get", f"{library}figures/", None, CAN_MANAGE_POLICY),
            "entity": ("get", entity, None, CAN_VIEW),
            "mark": ("put", f"{entity}review/", self.seen(self.text), CAN_REVIEW),
            "request changes": (
                "put",
                f"{entity}review/",
                {**self.seen(self.text), "verdict": "changes_requested", "note": "Less salt"},
                CAN_REVIEW,
            ),
            "dismiss": ("post", f"{entity}reviews/0/dismissal/", {"reason": "Enough"}, CAN_MANAGE_POLICY),
            "reviews": ("get", f"{entity}reviews/", None, CAN_VIEW),
            "history": ("get", f"{entity}history/", None, CAN_VIEW),
            "difference": ("get", f"{entity}difference/", None, CAN_VIEW),
            "image": ("get", f"{entity}versions/1/images/?path=static/salt.png", None, CAN_VIEW),
            "mark many": ("post", f"{library}reviews/", many, CAN_REVIEW),
            "ask for a review": ("post", f"{entity}review-request/", {}, CAN_REQUEST_REVIEW),
            "ask again": ("post", f"{entity}review-request/again/", {}, CAN_REQUEST_REVIEW),
            "ask for many": (
                "post",
                f"{library}review-requests/",
                {"keys": [self.key(self.other)]},
                CAN_REQUEST_REVIEW,
            ),
            "reviewers": ("get", f"{library}reviewers/", None, CAN_REQUEST_REVIEW),
            "withdraw a request for a review": ("delete", f"{entity}review-request/", None, CAN_VIEW),
            "imports": ("get", f"{library}imports/", None, CAN_VIEW),
            "mark a change log": (
                "post",
                f"{library}change-logs/{draft_record(self.text).draft_change_log_id}/reviews/",
                {},
                CAN_REVIEW,
            ),
            "withdraw": ("delete", f"{entity}review/", None, CAN_VIEW),
            "dry run": ("post", f"{library}publish-reviewed/", {"dry_run": True}, CAN_PUBLISH_REVIEWED),
            "publish": ("post", f"{library}publish-reviewed/", {}, CAN_PUBLISH_REVIEWED),
            "preview all": ("post", f"{library}publish-unreviewed/", {"dry_run": True}, CAN_MANAGE_POLICY),
            "publish all": (
                "post",
                f"{library}publish-unreviewed/",
                {"reason": "The exam is today"},
                CAN_MANAGE_POLICY,
            ),
            "publish status": ("get", f"{library}publish-reviewed/{unknown}/", None, CAN_PUBLISH_REVIEWED),
        }


# Found where the request got past the door: there is no such publish, and there may be no review of one's own.
NOT_THERE = {
    "publish status": (404, "This library has no such publish"),
    "withdraw": (404, "You have no review of this item"),
    "dismiss": (404, "This item has no such open request"),
    "ask again": (409, "No reviewer has requested changes"),
    "withdraw a request for a review": (404, "This item has no open request for a review"),
}


# Of several libraries at once: what somebody may not see is missing from the answer, which has tests of its own.
OF_SEVERAL = {("entities", "get"), ("versions", "get"), ("my-reviews", "get"), ("libraries", "get")}

# Of a course: roles in libraries give nothing there.
OF_COURSE = {("course-blocks", "get"), ("course-blocks-download", "get")}
COURSE_TABLE: dict[str, int] = {
    "anonymous": 401,
    "deactivated admin": 401,
    "no role": 404,
    "library_admin": 404,
    "holder of Django's permissions": 404,
    "course staff": 200,
    "global staff": 200,
    "superuser": 200,
}


def test_no_endpoint_has_been_forgotten(library: Library) -> None:
    asked = {
        (resolve(V1 + path.partition("?")[0]).url_name, method)
        for method, path, _, _ in Endpoints(library).get_all().values()
    }
    there = {
        (pattern.name, method)
        for pattern in urlpatterns
        for method in ("get", "put", "patch", "post", "delete")
        if hasattr(pattern.callback.view_class, method)  # type: ignore[attr-defined]
    }
    assert asked | OF_SEVERAL | OF_COURSE == there


def test_who_may_read_a_course_sees_what_it_took_from_libraries(person: Callable[[str], Any], client: Client) -> None:
    CourseOverview.objects.create(id=CourseKey.from_string(COURSE))
    told = {}
    for name, status in COURSE_TABLE.items():
        user = person(name)
        client.logout()
        if name != "anonymous":
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        told[name] = client.get(f"{V1}courses/{COURSE}/reviewed/").status_code
        assert client.get(f"{V1}courses/{COURSE}/reviewed.csv").status_code == status
        assert user.has_perm(CAN_VIEW_COURSE, CourseKey.from_string(COURSE)) is (status == 200)
    assert told == COURSE_TABLE


@pytest.mark.parametrize("name", LIBRARY_TABLE)
def test_every_endpoint_follows_the_table(
    name: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    endpoints = Endpoints(library).get_all()
    cache.clear()  # what the throttle remembers
    user = person(name)
    if name != "anonymous":
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    allowed = LIBRARY_TABLE[name]
    answers, expected = {}, {}
    for endpoint, (method, path, body, permission) in endpoints.items():
        response = getattr(client, method)(V1 + path, data=body, content_type="application/json")
        # An error marks the transaction for rollback: on the platform the request's, here the test's.
        transaction.set_rollback(False)
        answers[endpoint] = response.status_code
        if name in ("anonymous", "deactivated admin"):
            expected[endpoint] = 401
        elif CAN_VIEW not in allowed:
            expected[endpoint] = 404
        elif permission not in allowed:
            expected[endpoint] = 403
        elif endpoint in NOT_THERE and NOT_THERE[endpoint][1] in response.content.decode():
            expected[endpoint] = NOT_THERE[endpoint][0]
        else:
            expected[endpoint] = 200
        assert response.status_code == 200 or set(response.json()) == {"code", "detail", "details"}
    assert answers == expected


@pytest.mark.parametrize(
    ("path", "asked", "number"),
    [
        pytest.param("entities/", "key", "", id="entities"),
        pytest.param("entities/versions/", "version", "@1", id="versions"),
    ],
)
@pytest.mark.parametrize("name", LIBRARY_TABLE)
def test_by_key_is_shown_what_may_be_viewed(
    name: str, path: str, asked: str, number: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    endpoints = Endpoints(library)
    key = endpoints.key(endpoints.text)
    user = person(name)
    if name != "anonymous":
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(V1 + path, {asked: key + number})
    if name in ("anonymous", "deactivated admin"):
        assert response.status_code == 401
    elif CAN_VIEW in LIBRARY_TABLE[name]:
        assert [shown["key"] for shown in response.json()["results"]] == [key]
    else:
        assert response.json() == {"results": [], "missing": [{asked: key + number, "code": "not_found"}]}


@needs_authz
def test_versions_of_several_libraries_are_shown_as_far_as_they_may_be_viewed(
    library: Library, other_library: Library, client: Client
) -> None:
    for each in (library, other_library):
        each.component("salt")
    user = User.objects.create_user("somebody")
    assign(user, "library_user", library.package.package_ref)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    here, there = "lb:Test:Gated:html:salt", "lb:Test:Other:html:salt"
    answer = client.get(f"{V1}entities/versions/", {"version": [f"{there}@1", f"{here}@1"]}).json()
    assert [shown["key"] for shown in answer["results"]] == [here]
    assert answer["missing"] == [{"version": f"{there}@1", "code": "not_found"}]


@pytest.mark.parametrize("name", [name for name, allowed in LIBRARY_TABLE.items() if CAN_VIEW in allowed])
def test_a_library_tells_what_the_caller_may_do(
    name: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
    told = client.get(f"{V1}libraries/{library.package.package_ref}/").json()["may"]
    assert {f"sample_plugin_reviews.{action}" for action, allowed in told.items() if allowed} == LIBRARY_TABLE[name]


@pytest.mark.parametrize("path", ["{entity}", "entities/?key={key}", "{library}entities/"])
@pytest.mark.parametrize("name", [name for name, allowed in LIBRARY_TABLE.items() if CAN_VIEW in allowed])
def test_an_entity_tells_whether_the_caller_may_review_it(
    name: str, path: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    key = f"lb:Test:Gated:html:{library.component().component_code}"
    client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
    path = path.format(entity=f"entities/{key}/", key=key, library=f"libraries/{library.package.package_ref}/")
    shown = client.get(V1 + path).json()
    [shown] = shown.get("results", [shown])
    allowed = CAN_REVIEW in LIBRARY_TABLE[name]
    reason = None if allowed else "no_permission"
    assert shown["may_review"] == {"allowed": allowed, "reason": reason, "changed_at": None}


@pytest.mark.parametrize("name", [name for name, allowed in LIBRARY_TABLE.items() if CAN_VIEW in allowed])
def test_who_may_not_review_is_told_that_first(
    name: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    component = library.component()
    with api.bypass_review(reason="Test"):
        library.publish()
    client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"{V1}entities/lb:Test:Gated:html:{component.component_code}/").json()
    reason = "nothing_to_review" if CAN_REVIEW in LIBRARY_TABLE[name] else "no_permission"
    assert shown["may_review"] == {"allowed": False, "reason": reason, "changed_at": None}


def test_what_may_not_be_viewed_looks_like_what_is_not_there(
    person: Callable[[str], Any], library: Library, client: Client
) -> None:
    item = library.component("salt")
    client.force_login(person("no role"))
    hidden = client.get(f"{V1}libraries/lib:Test:Gated/")
    nothing = client.get(f"{V1}libraries/lib:Test:Nothing/")
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content.replace(b"Gated", b"Nothing") == nothing.content
    hidden = client.get(f"{V1}entities/lb:Test:Gated:html:{item.component_code}/")
    nothing = client.get(f"{V1}entities/lb:Test:Gated:html:nothing/")
    assert hidden.content.replace(b"salt", b"nothing") == nothing.content
    for number in ("1", "2", "x", ""):
        hidden = client.get(f"{V1}entities/versions/", {"version": f"lb:Test:Gated:html:salt@{number}"})
        nothing = client.get(f"{V1}entities/versions/", {"version": f"lb:Test:Gated:html:nothing@{number}"})
        assert hidden.status_code == nothing.status_code == 200
        assert hidden.content.replace(b"salt", b"nothing") == nothing.content


@pytest.mark.parametrize(
    "path",
    [
        "libraries/lib:Test:{name}/",
        "entities/lb:Test:{name}:html:salt/",
        "entities/?key=lb:Test:{name}:html:salt&key=lct:Test:{name}:unit:{unit}&key=lb:Test:Elsewhere:html:salt",
        "entities/versions/?version=lb:Test:{name}:html:salt@1",
    ],
)
def test_an_answer_takes_the_same_work_whether_a_library_is_hidden_or_does_not_exist(
    path: str, person: Callable[[str], Any], library: Library, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = person("no role")
    library.component("salt")
    unit = library.unit().container_code
    client.force_login(user)
    questions: list[tuple[Any, ...]] = []
    is_allowed = authz.is_allowed

    def ask(*question: Any) -> bool:
        questions.append(question)
        return is_allowed(*question)

    monkeypatch.setattr(authz, "is_allowed", ask)
    client.get(V1 + path.format(name="Nowhere", unit=unit))  # what is asked only once
    work = []
    for name in ("Gated", "Nothing"):
        questions.clear()
        RequestCache.clear_all_namespaces()
        with CaptureQueriesContext(connection) as queries:
            client.get(V1 + path.format(name=name, unit=unit))
        told = sorted(
            query["sql"].replace(name, "…") for query in queries if not re.search("SAVEPOINT|session", query["sql"])
        )
        work.append((told, sorted(str(question[1:]).replace(name, "…") for question in questions)))
    assert work[0] == work[1]


@pytest.mark.parametrize("name", ["global staff", "superuser"])
def test_being_somebody_is_no_licence_to_review_ones_own_change(
    name: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    user = person(name)
    item = library.component("salt", created_by=user.pk)
    client.force_login(user)
    path = f"{V1}entities/lb:Test:Gated:html:salt/"
    shown = client.get(path).json()
    assert (shown["may_review"]["allowed"], shown["may_review"]["reason"]) == (False, "own_change")
    body = {"draft_change_log_record_id": draft_record(item).pk}
    response = client.put(f"{path}review/", data=body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (403, "own_change")
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(item.id, reviewer_id=user.pk)


@pytest.mark.parametrize(
    "path", ["libraries/lib:Test:Gated/entities/?page_size=100", "entities/?{keys}", "entities/versions/?{versions}"]
)
def test_permission_look_ups_do_not_grow_with_the_page(
    path: str, person: Callable[[str], Any], library: Library, client: Client
) -> None:
    client.force_login(person("library_admin" if INSTALLED else "global staff"))
    client.get(f"{V1}libraries/lib:Test:Gated/")  # openedx-authz reads all policies once
    counts = []
    for number in (1, 30):
        items = [library.component() for _ in range(number)]
        units = [library.unit() for _ in range(number)]
        keys = "&".join(
            [f"key=lb:Test:Gated:html:{item.component_code}" for item in items]
            + [f"key=lct:Test:Gated:unit:{unit.container_code}" for unit in units]
        )
        versions = "&".join(f"{asked.replace('key=', 'version=')}@1" for asked in keys.split("&"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(V1 + path.format(keys=keys, versions=versions))
        assert len(response.json()["results"]) >= 2 * number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@needs_authz
def test_a_role_that_is_taken_away_counts_until_the_end_of_the_request(
    person: Callable[[str], Any], library: Library, client: Client
) -> None:
    from openedx_authz.api.users import unassign_role_from_user  # noqa: PLC0415

    user = person("library_user")
    client.force_login(user)
    assert client.get(f"{V1}libraries/lib:Test:Gated/").status_code == 200
    with authz.one_moment():
        assert user.has_perm(CAN_VIEW, library.package)
        unassign_role_from_user(user.username, "library_user", "lib:Test:Gated")
        assert user.has_perm(CAN_VIEW, library.package)
    assert client.get(f"{V1}libraries/lib:Test:Gated/").status_code == 404


# --- openedx-authz ----------------------------------------------------------------------------------------------------


@needs_roles_of_plugins
def test_the_role_that_the_plugin_ships_may_review_and_neither_edit_nor_publish(library: Library) -> None:
    from openedx_authz.api.users import is_user_allowed  # noqa: PLC0415, not installed everywhere

    user = User.objects.create_user("somebody")
    assign(user, "library_reviewer", library.package.package_ref)
    actions = [REVIEW_ACTION, "view_library", "edit_library_content", "publish_library_content", "manage_library_team"]
    names = [action if "." in action else f"content_libraries.{action}" for action in actions]
    assert [is_user_allowed("somebody", name, library.package.package_ref) for name in names] == [
        True,
        True,
        False,
        False,
        False,
    ]


@needs_authz
def test_the_action_to_ask_for_is_a_setting(library: Library, settings: Any) -> None:
    user = User.objects.create_user("somebody")
    assign(user, "library_author", library.package.package_ref)
    assert CAN_REVIEW not in may(user, library)
    settings.SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION = "content_libraries.publish_library_content"
    assert CAN_REVIEW in may(user, library)


@needs_authz
@pytest.mark.parametrize("action", ["", None, 5])
def test_what_is_no_action_is_a_refusal_and_no_crash(
    action: Any, library: Library, settings: Any, client: Client
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION = action
    user = User.objects.create_user("somebody")
    assign(user, "library_author", library.package.package_ref)
    assert may(user, library) == {CAN_VIEW, CAN_REQUEST_REVIEW, CAN_PUBLISH_REVIEWED}


def _warnings() -> set[str | None]:
    return {message.id for message in run_checks() if (message.id or "").startswith("sample_plugin_reviews.W00")}


@needs_roles_of_plugins
def test_a_check_is_content_with_our_action() -> None:
    assert "sample_plugin_reviews.W005" not in _warnings()


@needs_authz
@pytest.mark.parametrize(
    ("action", "is_known"),
    [
        pytest.param("content_libraries.publish_library_content", True, id="one of openedx-authz"),
        pytest.param("content_libraries.review_everything", False, id="a wrong name"),
        pytest.param("publish_library_content", False, id="no namespace"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_check_tells_when_the_configured_action_does_not_exist(action: str, is_known: bool, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION = action
    assert ("sample_plugin_reviews.W005" not in _warnings()) is is_known


@needs_roles_of_plugins
def test_a_check_tells_when_the_schema_files_cannot_be_read(settings: Any) -> None:
    settings.OPENEDX_AUTHZ_SCHEMA_DIRECTORIES = ["no_such_package/schema"]
    assert "sample_plugin_reviews.W006" in _warnings()


@pytest.mark.skipif(not INSTALLED or PLUGINS_MAY_BRING_ROLES, reason="this openedx-authz takes roles from plugins")
def test_a_check_tells_that_an_older_openedx_authz_has_no_action_of_ours(settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION = REVIEW_ACTION
    assert "sample_plugin_reviews.W005" in _warnings()
