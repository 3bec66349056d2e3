"""
The workbench behaves as Studio does.

It asks who may, its endpoints refuse with a 409 that says what is missing, and never crash. And it has what a plugin
expects of the platform.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import quote

import crum
import jwt
import pytest
from celery import shared_task
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey
from openedx_content import api as content_api
from openedx_content.models_api import Component, Container, LearningPackage, PublishableEntity, Unit
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
from user_tasks.models import UserTaskStatus
from user_tasks.tasks import UserTask

from sample_plugin.reviews import api
from sample_plugin.reviews.rules import CAN_VIEW_COURSE
from workbench.demo.course import COURSE_KEY
from workbench.permissions import EDIT, PUBLISH, VIEW, is_allowed
from workbench.roles import PLUGINS_MAY_BRING_ROLES

from .authz import _django_db_setup, _forget_roles, assign, needs_authz, needs_roles_of_plugins  # noqa: F401, fixtures
from .content import Library, live_versions, now
from .studio import BLOCK, CHILDREN, COMMIT, CONTAINER, FIELDS, LIBRARY, PASTE, Post, _post  # noqa: F401, fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.once]

type Review = Callable[..., None]

WORKBENCH = Path(__file__).parents[1] / "workbench"
TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
BREAD = "lib:WorkbenchDemo:Bread"


@pytest.fixture(name="library")
def _library(library: Library, author: User) -> Library:
    """The library, in which ``author`` has the role of an author."""
    assign(author, "library_author", library.package.package_ref)
    return library


@pytest.fixture(name="ungated_library")
def _ungated_library(ungated_library: Library, author: User) -> Library:
    """The library in which no review is required, and ``author`` has the role of an author."""
    assign(author, "library_author", ungated_library.package.package_ref)
    return ungated_library


def basics(library: Library, child: Component) -> Container:
    """Return a new unit whose key is known: lct:Test:Gated:unit:basics."""
    unit, _version = content_api.create_container_and_version(
        library.package.id,
        container_code="basics",
        title="Basics",
        entities=[child],
        container_cls=Unit,
        created=now(),
        created_by=library.author_id,
    )
    return unit


def database() -> dict[str, list[Any]]:
    """Return all that is stored, sessions aside."""
    # Apps of older cores are installed for their migrations only.
    tables = set(connection.introspection.table_names()) - {Session._meta.db_table}
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        # What openedx-authz loads on every deployment it stamps anew, changed or not.
        if model._meta.db_table in tables and not model._meta.label.startswith("openedx_authz.Authz")
    ]
    data = {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}
    for user in data["auth.User"]:
        del user["last_login"]
    return data


# The three publish endpoints


def test_a_refused_unit_names_its_changed_components(library: Library, review: Review, post: Post) -> None:
    changed, unchanged = library.component("changed", title="Changed"), library.component("unchanged")
    unit = library.unit(changed, unchanged)
    review(changed, unchanged, unit)
    library.publish()
    library.edit(changed, title="Edited")
    body = post(CONTAINER.format(f"lct:Test:Gated:unit:{unit.container_code}") + "publish/").json()
    assert [(item["title"], item["change"]) for item in body["unreviewed"]] == [("Edited", "edited")]
    assert body["unreviewed_count"] == body["change_count"] == 1


def test_a_deletion_is_refused_until_it_is_reviewed(library: Library, review: Review, post: Post) -> None:
    component = library.component("gone", title="Gone")
    review(component)
    library.publish()
    assert post(BLOCK.format("lb:Test:Gated:html:gone"), method="delete").status_code == 200
    response = post(COMMIT.format("lib:Test:Gated"))
    assert response.status_code == 409
    assert [(item["title"], item["change"]) for item in response.json()["unreviewed"]] == [("Gone", "deleted")]
    review(component)
    assert post(COMMIT.format("lib:Test:Gated")).status_code == 200
    assert live_versions()[component.id] is None


def test_one_reviewed_component_is_published_beside_unreviewed_ones(
    library: Library, review: Review, post: Post
) -> None:
    reviewed = library.component("reviewed")
    library.component("unreviewed")
    review(reviewed)
    assert post(BLOCK.format("lb:Test:Gated:html:reviewed") + "publish/").status_code == 200
    assert post(BLOCK.format("lb:Test:Gated:html:unreviewed") + "publish/").status_code == 409
    assert post(COMMIT.format("lib:Test:Gated")).json()["unreviewed_count"] == 1
    assert live_versions().keys() == {reviewed.id}


def test_an_edit_in_the_workbench_needs_a_review_by_somebody_else(
    library: Library, review: Review, author: User, post: Post
) -> None:
    component = library.component("salt")
    review(component)
    library.publish()
    address = BLOCK.format("lb:Test:Gated:html:salt")
    answer = post(address + "olx/", data={"olx": '<html display_name="Salt">Two grams</html>'})
    assert (answer.status_code, answer.json()["version_num"]) == (200, 2)
    assert post(address + "publish/").status_code == 409
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(component.id, reviewer_id=author.pk)
    review(component)
    assert post(address + "publish/").status_code == 200


def test_publishing_again_what_is_published_is_no_error(library: Library, review: Review, post: Post) -> None:
    review(library.component("salt"))
    for _ in range(2):
        assert post(BLOCK.format("lb:Test:Gated:html:salt") + "publish/").status_code == 200
        assert post(COMMIT.format("lib:Test:Gated")).status_code == 200


def test_where_no_review_is_required_everything_is_published(ungated_library: Library, post: Post) -> None:
    component = ungated_library.component()
    assert post(COMMIT.format("lib:Test:Ungated")).status_code == 200
    assert component.id in live_versions()


def test_the_veto_of_another_plugin_is_a_409_with_its_message(
    library: Library, review: Review, post: Post, settings: Any
) -> None:
    settings.OPEN_EDX_FILTERS_CONFIG = {TYPE: {"pipeline": ["tests.steps.Vetoes"], "fail_silently": False}}
    review(library.component())
    response = post(COMMIT.format("lib:Test:Gated"))
    assert response.status_code == 409
    assert response.json() == {"code": "publish_prevented", "detail": "Nothing is published on Sundays."}
    assert live_versions() == {}


# Who may, and what leads nowhere

REQUESTS = pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", COMMIT.format("lib:Test:Gated")),
        ("delete", COMMIT.format("lib:Test:Gated")),
        ("post", LIBRARY.format("lib:Test:Gated") + "blocks/"),
        ("post", LIBRARY.format("lib:Test:Gated") + "containers/"),
        ("post", PASTE.format("lib:Test:Gated")),
        ("post", FIELDS.format("lb:Test:Gated:html:salt")),
        ("post", BLOCK.format("lb:Test:Gated:html:salt") + "publish/"),
        ("post", BLOCK.format("lb:Test:Gated:html:salt") + "olx/"),
        ("post", BLOCK.format("lb:Test:Gated:html:salt") + "restore/"),
        ("delete", BLOCK.format("lb:Test:Gated:html:salt")),
        ("post", CONTAINER.format("lct:Test:Gated:unit:basics") + "publish/"),
        ("post", CONTAINER.format("lct:Test:Gated:unit:basics") + "restore/"),
        ("delete", CONTAINER.format("lct:Test:Gated:unit:basics")),
        ("patch", CONTAINER.format("lct:Test:Gated:unit:basics")),
        ("post", CHILDREN.format("lct:Test:Gated:unit:basics")),
        ("patch", CHILDREN.format("lct:Test:Gated:unit:basics")),
        ("delete", CHILDREN.format("lct:Test:Gated:unit:basics")),
    ],
)


@needs_authz
@REQUESTS
def test_it_takes_a_role_to_edit_and_another_to_publish(
    library: Library, review: Review, reviewer: User, post: Post, method: str, address: str
) -> None:
    component = library.component("salt")
    review(component, basics(library, component))
    action = PUBLISH if method == "post" and address.endswith(("commit/", "publish/")) else EDIT
    before = database()
    assert post(address, method, user=None).status_code == 401
    assert database() == before
    for role in (None, "library_user", *(["library_contributor"] if action == PUBLISH else [])):
        if role:
            assign(reviewer, role, "lib:Test:Gated")
        before = database()
        response = post(address, method, user="reviewer")
        assert response.status_code == 403
        assert response.json() == {"detail": f"You need the permission “{action}” in lib:Test:Gated."}
        assert database() == before
    assign(reviewer, "library_author" if action == PUBLISH else "library_contributor", "lib:Test:Gated")
    # Nothing is sent along, so that a change to what is in an item gets a 400.
    assert post(address, method, user="reviewer").status_code in (200, 204, 400)


@needs_authz
def test_without_a_role_there_is_nothing_to_see(
    library: Library, ungated_library: Library, reviewer: User, client: Client
) -> None:
    library.component("salt")
    assign(reviewer, "library_user", "lib:Test:Ungated")
    client.force_login(reviewer)
    html = client.get(reverse("workbench:libraries")).content.decode()
    assert "lib:Test:Ungated" in html
    assert "lib:Test:Gated" not in html
    for page in [
        reverse("workbench:library", args=["lib:Test:Gated"]),
        reverse("workbench:edit", args=["lb:Test:Gated:html:salt"]),
        BLOCK.format("lb:Test:Gated:html:salt") + "olx/",
    ]:
        response = client.get(page)
        assert response.status_code == 403
        assert "content_libraries.view_library" in response.content.decode()


@needs_authz
@pytest.mark.parametrize("run", ["first", "second"])
def test_a_role_that_a_test_has_given_is_gone_in_the_next(author: User, reviewer: User, run: str) -> None:
    package = Library.create("lib:Test:Roles", author.pk).package
    assert not is_allowed(reviewer, VIEW, package)
    assign(reviewer, "library_user", package.package_ref)


@REQUESTS
def test_a_request_from_another_site_is_refused(
    library: Library, author: User, review: Review, method: str, address: str
) -> None:
    component = library.component("salt")
    review(component, basics(library, component))
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    before = database()
    response = getattr(client, method)(address, content_type="application/json")
    transaction.set_rollback(False)
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]
    assert database() == before


def test_the_page_has_what_its_buttons_send_along(library: Library, author: User, review: Review) -> None:
    review(library.component("salt"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    html = client.get(reverse("workbench:library", args=["lib:Test:Gated"])).content.decode()
    token = html.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    response = client.post(COMMIT.format("lib:Test:Gated"), headers={"X-CSRFToken": token})
    assert response.status_code == 200


WRONG_KEYS = [
    "salt",
    "lib:Test:Gated",
    "lib:Test:Nowhere",
    "lib:Test",
    "lib:Test:Gated:html:salt",
    "library-v1:Test+Gated",
    "course-v1:Test+Gated+2026",
    "block-v1:Test+Gated+2026+type@html+block@salt",
    "lb:Test:Gated:html:pepper",
    "lb:Test:Gated:problem:salt",
    "lb:Test:Nowhere:html:salt",
    "lb:Test:Gated:html",
    "lb:Test:Gated:no-such-type:salt",
    "lct:Test:Gated:unit:advanced",
    "lct:Test:Gated:section:basics",
    "lct:Test:Nowhere:unit:basics",
    "lct:Test:Gated:unit",
    "lib:Ünï:cödé",
    "%00",
    "%20",
]


@pytest.mark.parametrize("key", WRONG_KEYS)
def test_a_wrong_key_is_a_404_with_a_sentence(library: Library, post: Post, key: str) -> None:
    basics(library, library.component("salt"))
    requests = [
        ("post", BLOCK + "publish/"),
        ("get", BLOCK + "olx/"),
        ("delete", BLOCK),
        ("post", CONTAINER + "publish/"),
        ("delete", CONTAINER),
    ]
    if key != "lib:Test:Gated":
        requests.append(("post", COMMIT))
    for method, address in requests:
        response = post(address.format(key), method)
        assert response.status_code == 404
        assert re.fullmatch(
            r"“.+” is not the key of a \w+\.|There is no \w+ with the key “.+”\.", response.json()["detail"], re.DOTALL
        )


@pytest.mark.parametrize("page", ["library", "edit"])
@pytest.mark.parametrize("key", [key for key in WRONG_KEYS if key != "lib:Test:Gated" and "%" not in key])
def test_a_page_of_a_wrong_key_is_a_404(library: Library, client: Client, author: User, page: str, key: str) -> None:
    library.component("salt")
    client.force_login(author)
    assert client.get(reverse(f"workbench:{page}", args=[key])).status_code == 404


# Deleting and restoring, writing


def test_what_was_deleted_is_restored(library: Library, post: Post) -> None:
    component = library.component("salt")
    basics(library, component)
    for address in (BLOCK.format("lb:Test:Gated:html:salt"), CONTAINER.format("lct:Test:Gated:unit:basics")):
        assert post(address, "delete").status_code in (200, 204)
        assert post(address + "restore/").status_code == 204
    assert all(draft.version for draft in content_api.get_all_drafts(library.package.id))


def test_the_source_of_a_deleted_component_is_a_404(library: Library, post: Post) -> None:
    library.delete(library.component("salt"))
    response = post(BLOCK.format("lb:Test:Gated:html:salt") + "olx/", "get")
    assert (response.status_code, response.json()["detail"]) == (
        404,
        "The component “lb:Test:Gated:html:salt” is deleted.",
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "olx"),
        ({"olx": "<html>"}, "olx"),
        ({"olx": "<problem/>"}, "olx"),
        ({"olx": None}, "olx"),
        ([], "non_field_errors"),
    ],
)
def test_a_source_that_is_none_is_a_400_and_saves_nothing(library: Library, post: Post, data: Any, field: str) -> None:
    library.component("salt")
    before = database()
    response = post(BLOCK.format("lb:Test:Gated:html:salt") + "olx/", data=data)
    assert response.status_code == 400
    assert response.json()[field]
    assert database() == before


# Pages


def test_a_page_without_content_renders(client: Client, library: Library, author: User) -> None:
    client.force_login(author)
    assert (
        "This library is empty." in client.get(reverse("workbench:library", args=["lib:Test:Gated"])).content.decode()
    )
    library.package.delete()
    assert "There are no libraries that you can see." in client.get(reverse("workbench:libraries")).content.decode()


def test_html_in_titles_and_sources_is_shown_as_text(client: Client, library: Library, author: User) -> None:
    library.component("salt", title='"><script>x</script>')
    client.force_login(author)
    for page, key in [("library", "lib:Test:Gated"), ("edit", "lb:Test:Gated:html:salt")]:
        html = client.get(reverse(f"workbench:{page}", args=[key])).content.decode()
        assert "&lt;script&gt;x" in html
        assert "<script>x" not in html


def test_the_library_page_shows_each_state(client: Client, library: Library, author: User, review: Review) -> None:
    child, gone, edited = (library.component(title=title) for title in ["Child", "Gone", "Edited"])
    unit = library.unit(child, title="Unit")
    review(child, gone, edited, unit)
    library.publish()
    library.edit(child, title="Child")
    library.edit(edited, title="Edited")
    library.delete(gone)
    library.component(title="New")
    library.delete(library.component(title="Never"))
    client.force_login(author)
    html = client.get(reverse("workbench:library", args=["lib:Test:Gated"])).content.decode()
    shown = [
        (item.partition("</span>")[0], item.partition('class="state ')[2].partition(">")[2].partition("<")[0])
        for item in html.split('class="item-title">')[1:]
    ]
    assert shown == [
        ("Unit", "published, changed inside"),
        ("Child", "changed since publish"),
        ("Gone", "deleted, not yet published"),
        ("Edited", "changed since publish"),
        ("New", "never published"),
        ("Never", "deleted"),
    ]


def test_the_library_page_takes_as_many_queries_for_many_items_as_for_one(
    client: Client, library: Library, author: User
) -> None:
    client.force_login(author)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("workbench:library", args=["lib:Test:Gated"]))
        return len(captured)

    library.unit(library.component())
    queries()  # The first one loads the roles.
    few = queries()
    for _ in range(5):
        library.subsection(library.unit(library.component(), library.component()))
        library.delete(library.component())
    assert queries() == few


# What a plugin expects of the platform


class WhoAmI(APIView):
    """A view of a plugin that leaves everything to the defaults."""

    def get(self, request: Any) -> Response:
        """Return who asks."""
        return Response({"user": request.user.username})


class WhoMay(WhoAmI):
    """A view of a plugin that says who may."""

    permission_classes = [IsAuthenticated]


urlpatterns = [path("current-user/", lambda request: HttpResponse(crum.get_current_user()))]


def token(**claims: Any) -> str:
    """Return a token, as the LMS signs them."""
    issuer = {"iss": "http://127.0.0.1:8000/oauth2", "aud": "workbench", "iat": int(time()), "exp": int(time()) + 60}
    return jwt.encode({**issuer, **claims}, "workbench-for-development-only-signs-tokens", algorithm="HS256")


def test_a_view_that_forgets_its_permission_classes_is_open_to_everybody_as_on_the_platform(rf: RequestFactory) -> None:
    assert WhoAmI.as_view()(rf.get("/")).status_code == 200
    assert WhoMay.as_view()(rf.get("/")).status_code == 401


def test_a_token_of_the_lms_logs_in_and_changes_nothing_about_the_user(author: User, rf: RequestFactory) -> None:
    headers = {"Authorization": f"JWT {token(preferred_username='author', email='other@example.com')}"}
    assert WhoMay.as_view()(rf.get("/", headers=headers)).data == {"user": "author"}
    author.refresh_from_db()
    assert author.email == ""


@pytest.mark.parametrize("claims", [{"iss": "somebody else"}, {"aud": "somebody else"}, {"exp": 1}])
def test_a_token_that_is_not_for_us_is_a_401(author: User, rf: RequestFactory, claims: dict[str, Any]) -> None:
    headers = {"Authorization": f"JWT {token(preferred_username='author', **claims)}"}
    assert WhoAmI.as_view()(rf.get("/", headers=headers)).status_code == 401


def test_a_micro_frontend_logs_in_with_the_token_in_two_cookies(library: Library, author: User, client: Client) -> None:
    library.component("salt")
    head, _, signature = token(preferred_username="author").rpartition(".")
    client.cookies["edx-jwt-cookie-header-payload"] = head
    client.cookies["edx-jwt-cookie-signature"] = signature
    address = BLOCK.format("lb:Test:Gated:html:salt") + "olx/"
    assert client.get(address, headers={"USE-JWT-COOKIE": "true"}).status_code == 200


def test_an_endpoint_answers_a_browser_with_a_page_and_everything_else_with_json(
    library: Library, author: User, client: Client
) -> None:
    library.component("salt")
    client.force_login(author)
    address = BLOCK.format("lb:Test:Gated:html:salt") + "olx/"
    assert client.get(address).headers["Content-Type"] == "application/json"
    assert client.get(address, headers={"accept": "text/html"}).headers["Content-Type"].startswith("text/html")


def test_what_is_cached_for_one_request_is_gone_in_the_next(client: Client) -> None:
    RequestCache("a plugin").set("key", "value")
    client.get(reverse("workbench:login"))
    assert not RequestCache("a plugin").get_cached_response("key").is_found


@pytest.mark.urls("tests.test_workbench")
def test_code_that_is_not_given_the_request_can_ask_who_is_logged_in(author: User, client: Client) -> None:
    client.force_login(author)
    assert client.get("/current-user/").content == b"author"


@shared_task(base=UserTask, bind=True)  # type: ignore[untyped-decorator]
def add(self: Any, user_id: int, *numbers: int) -> int:
    return sum(numbers)


@shared_task  # type: ignore[untyped-decorator]
def fail() -> None:
    raise ValueError


def test_a_task_runs_where_it_is_called_and_its_user_can_see_how_it_went(author: User) -> None:
    assert add.delay(author.pk, 2, 3).get() == 5
    status = UserTaskStatus.objects.get()
    assert (status.user, status.state) == (author, UserTaskStatus.SUCCEEDED)


def test_a_task_that_fails_does_not_take_its_caller_along() -> None:
    assert fail.delay().failed()


def test_the_openapi_schema_holds_what_plugins_bring_and_nothing_else(client: Client) -> None:
    response = client.get("/api/schema/", headers={"accept": "application/json"})
    assert response.status_code == 200
    others = ("/api/libraries/", "/api/authz/", "/api/tasks/", "/api/schema/")
    assert [address for address in response.json()["paths"] if address.startswith(others)] == []
    assert reverse("api-schema") in client.get("/api/docs/").content.decode()


# A stand-in for Studio, not for our plugin


def test_the_workbench_knows_nothing_about_the_plugin() -> None:
    names = ("sample_plugin", "sample-plugin")
    files = [
        path
        for path in WORKBENCH.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and WORKBENCH / "var" not in path.parents
    ]
    assert len(files) > 20
    assert [path for path in files if any(name in path.read_text(encoding="utf-8").lower() for name in names)] == []


# The demo. These come last: its data stays until the end of the module.

ENDPOINTS = pytest.mark.parametrize(
    "address",
    [
        pytest.param(COMMIT.format(BREAD), id="the whole library"),
        pytest.param(BLOCK.format("lb:WorkbenchDemo:Bread:html:salt") + "publish/", id="a component"),
        pytest.param(CONTAINER.format("lct:WorkbenchDemo:Bread:unit:heat-and-steam") + "publish/", id="a new unit"),
        pytest.param(
            CONTAINER.format("lct:WorkbenchDemo:Bread:unit:what-bread-is-made-of") + "publish/",
            id="a unit in which only components have changed",
        ),
    ],
)


@pytest.fixture(name="demo_output", scope="module")
def _demo_output(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What ``manage.py demo`` prints on a fresh database. Its data is rolled back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture(name="demo")
def _demo(demo_output: str, db: None) -> LearningPackage:
    """The demo library."""
    return content_api.get_learning_package_by_ref(BREAD)


def review_everything(package: LearningPackage) -> None:
    """Have the demo's reviewer review all that awaits it."""
    reviewer = User.objects.get(username="reviewer")
    for entity in api.get_unreviewed_entities(package.id):
        api.mark_reviewed(entity.id, reviewer_id=reviewer.pk)


@ENDPOINTS
def test_an_unreviewed_publish_is_a_409_that_names_what_is_missing_and_changes_nothing(
    demo: LearningPackage, post: Post, address: str
) -> None:
    before = database()
    response = post(address)
    assert response.status_code == 409
    body = response.json()
    assert body.keys() == {"code", "detail", "unreviewed", "unreviewed_count", "change_count"}
    assert body["code"] == "unreviewed_changes"
    assert body["detail"].startswith("Nothing was published: ")
    assert 0 < body["unreviewed_count"] == body["change_count"] == len(body["unreviewed"])
    named = {"entity_id", "entity_ref", "title", "change", "changes_requested", "key"}
    assert all(item.keys() == named for item in body["unreviewed"])
    assert all(re.match("l(b|ct):WorkbenchDemo:Bread:", item["key"]) for item in body["unreviewed"])
    assert database() == before


@ENDPOINTS
def test_a_reviewed_publish_is_a_200(demo: LearningPackage, post: Post, address: str) -> None:
    review_everything(demo)
    before = live_versions()
    response = post(address)
    assert (response.status_code, response.json()) == (200, {})
    assert live_versions() != before


def test_the_demo_library_has_something_of_everything(demo: LearningPackage) -> None:
    def state(entity: PublishableEntity) -> str:
        draft, published = content_api.get_draft_version(entity.id), content_api.get_published_version(entity.id)
        if draft is None:
            return "deletion" if published else "deleted"
        return "new" if published is None else "published" if draft == published else "modified"

    states = Counter(state(entity) for entity in content_api.get_publishable_entities(demo.id))
    assert states == {"new": 7, "modified": 5, "published": 8, "deletion": 1}
    changed = content_api.get_entities_with_unpublished_changes(demo.id, include_deleted_drafts=True)
    assert changed.count() == 7 + 5 + 1
    course_key: Any = CourseKey.from_string(COURSE_KEY)
    assert User.objects.get(username="author").has_perm(CAN_VIEW_COURSE, course_key)
    # Two were edited and not published, so they have nothing newer yet.
    assert [(block.title, block.newer) for block in api.get_course_blocks(course_key)] == [
        ("Flour and water", None),
        ("Salt", None),
        ("Steam from ice cubes", None),
        ("What builds gluten?", None),
    ]


def test_everything_that_the_demo_has_changed_awaits_a_review_and_its_reviewer_may_give_it(
    demo: LearningPackage,
) -> None:
    assert not api.get_reviewed_entities(demo.id)
    review_everything(demo)
    assert not api.get_unreviewed_entities(demo.id)
    api.publish_reviewed_items(demo.id)
    assert not content_api.get_entities_with_unpublished_changes(demo.id, include_deleted_drafts=True)


def test_the_demo_says_where_to_go_and_who_one_can_be(demo_output: str, db: None) -> None:
    assert f"{BREAD} is ready." in demo_output
    assert f"http://127.0.0.1:8000/library/{BREAD}/" in demo_output
    for username in ("author", "reviewer", "learner", "visitor", "admin"):
        assert f"\n  {username} " in demo_output
        assert User.objects.get(username=username).check_password(username)


def test_the_demo_leaves_alone_what_is_there_and_prints_the_accounts_again(
    demo: LearningPackage, demo_output: str
) -> None:
    User.objects.get(username="author").set_password("changed")
    Library(demo, User.objects.get(username="author").pk).component("mine")
    before = database()
    out = StringIO()
    call_command("demo", "--port", "8123", stdout=out)
    assert database() == before
    assert f"{BREAD} exists already and was not changed." in out.getvalue()
    assert f"http://127.0.0.1:8123/library/{BREAD}/" in out.getvalue()
    again, before_that = (text.partition("Accounts")[2] for text in (out.getvalue(), demo_output))
    assert again == before_that.replace("8000", "8123") != ""


@needs_roles_of_plugins
def test_the_demo_gives_its_reviewer_the_roles_that_plugins_bring_and_its_author_that_of_an_author(
    demo: LearningPackage,
) -> None:
    from openedx_authz.api.users import get_user_role_assignments  # noqa: PLC0415, not everywhere installed

    roles = {
        username: {
            (given.roles[0].external_key, given.scope.external_key) for given in get_user_role_assignments(username)
        }
        for username in ("author", "reviewer", "visitor", "admin")
    }
    assert roles == {
        "author": {("library_author", BREAD)},
        "reviewer": {("library_user", BREAD), ("library_reviewer", BREAD)},
        "visitor": set(),
        "admin": set(),
    }
    assert not User.objects.get(username="reviewer").is_staff


@needs_roles_of_plugins
def test_the_demos_reviewer_may_not_publish(demo: LearningPackage, post: Post) -> None:
    review_everything(demo)
    assert post(COMMIT.format(BREAD), user="reviewer").status_code == 403


@needs_authz
def test_the_demos_visitor_may_not_see_the_library(demo: LearningPackage, client: Client) -> None:
    assert client.login(username="visitor", password="visitor")
    assert demo.title not in client.get(reverse("workbench:libraries")).content.decode()
    assert client.get(reverse("workbench:library", args=[BREAD])).status_code == 403


@pytest.mark.parametrize(
    ("username", "in_admin"),
    [("author", 302), ("reviewer", 302 if PLUGINS_MAY_BRING_ROLES else 200), ("admin", 200)],
)
def test_every_page_renders_for_everybody(demo: LearningPackage, client: Client, username: str, in_admin: int) -> None:
    assert client.login(username=username, password=username)
    pages = [reverse("workbench:libraries"), reverse("workbench:library", args=[BREAD]), reverse("workbench:login")]
    for code in ("html:salt", "problem:gluten", "html:ice-cubes"):
        pages.append(reverse("workbench:edit", args=[f"lb:WorkbenchDemo:Bread:{code}"]))
    for page in pages:
        assert client.get(page).status_code == 200
    for page in [
        "index",
        *(f"sample_plugin_reviews_{model}_changelist" for model in ("draftchange", "reviewedstatus")),
    ]:
        assert client.get(reverse(f"admin:{page}")).status_code == in_admin


def test_who_is_not_logged_in_is_asked_to(demo: LearningPackage, client: Client) -> None:
    for page in [reverse("workbench:libraries"), reverse("workbench:library", args=[BREAD])]:
        response = client.get(page)
        assert (response.status_code, response.headers["Location"]) == (302, f"/login/?next={quote(page)}")


@pytest.mark.parametrize("debug", [True, False])
def test_the_passwords_are_only_shown_while_developing(
    demo: LearningPackage, client: Client, settings: Any, debug: bool
) -> None:
    settings.DEBUG = debug
    assert ("Demo accounts" in client.get(reverse("workbench:login")).content.decode()) is debug
