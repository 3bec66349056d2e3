"""The stand-in for Studio's front end finds in the workbench what a micro-frontend finds on the platform."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from sample_plugin.reviews import api
from workbench.demo import LIBRARY_KEY
from workbench.demo.course import BLOCKS, COURSE_KEY, UNIT_KEY
from workbench.permissions import EDIT, PUBLISH
from workbench.steps import get_steps

from .authz import assign, needs_authz
from .content import Library

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROOT = Path(__file__).parents[1]
COOKIE = "edx-jwt-cookie-header-payload"

# Pinned here once. The first three are the platform's, the fourth is Studio's; the others are the workbench's own.
REFRESH = "/login_refresh"
CSRF = "/csrf/api/v1/token"
NOTIFICATIONS = "/api/notifications/count/"
UNIT = f"/api/contentstore/v1/container/{UNIT_KEY}/children"
LIBRARIES = "/api/workbench/libraries/"
WHAT_TO_TRY = "/what-to-try/"
LIBRARY = "/api/workbench/libraries/{}/"


@pytest.fixture(name="library")
def _library(library: Library, author: User, client: Client) -> Library:
    """The library, in which ``author`` has the role of an author, and is logged in."""
    assign(author, "library_author", library.package.package_ref)
    client.force_login(author)
    return library


@pytest.fixture(name="built")
def _built(tmp_path: Path, settings: Any) -> Path:
    """A page that is built."""
    (tmp_path / "index.html").write_text("the page")
    (tmp_path / "app.1.js").write_text("its script")
    settings.PAGE_DIR = tmp_path
    return tmp_path


@pytest.fixture(name="not_built")
def _not_built(tmp_path: Path, settings: Any) -> None:
    """No page is built, whatever there is on this machine."""
    settings.PAGE_DIR = tmp_path / "nowhere"


def body(response: Any) -> bytes:
    """Return what was answered, a file included."""
    return b"".join(response) if response.streaming else response.content


# Who is logged in


def test_the_page_learns_who_is_logged_in(client: Client, author: User) -> None:
    User.objects.filter(pk=author.pk).update(first_name="Ada", last_name="Writer", email="ada@example.com")
    client.force_login(author)
    response = client.post(REFRESH)
    assert response.status_code == 200
    claims = response.cookies[COOKIE].value.split(".")[1]
    told = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    lifetime = told.pop("exp") - told.pop("iat")
    assert told == {
        "user_id": author.pk,
        "preferred_username": "author",
        "name": "Ada Writer",
        "email": "ada@example.com",
        "administrator": False,
        "roles": [],
    }
    assert lifetime == response.cookies[COOKIE]["max-age"] == 3600
    assert not response.cookies[COOKIE]["httponly"]


def test_the_page_learns_that_nobody_is_logged_in(client: Client) -> None:
    response = client.post(REFRESH)
    assert response.status_code == 401
    assert COOKIE not in response.cookies


def test_the_page_can_ask_before_it_has_a_csrf_token(author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert client.post(REFRESH).status_code == 200
    assert client.get(REFRESH).status_code == 405


def test_what_the_page_is_told_opens_nothing(library: Library, client: Client) -> None:
    told = client.post(REFRESH).cookies[COOKIE].value
    assert len(told.split(".")) == 2, "there is no signature"
    stranger = Client()
    stranger.cookies[COOKIE] = told
    assert stranger.get(LIBRARY.format("lib:Test:Gated"), headers={"USE-JWT-COOKIE": "true"}).status_code == 401


def test_a_change_needs_the_token_that_the_page_can_ask_for(library: Library, author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    commit = reverse("workbench:library-commit", args=["lib:Test:Gated"])
    token = client.get(CSRF).json()["csrfToken"]
    assert client.post(commit, headers={"X-CSRFToken": token}).status_code == 200


def test_a_link_logs_out(client: Client, author: User) -> None:
    client.force_login(author)
    response = client.get("/logout/")
    assert (response.status_code, response.headers["Location"]) == (302, "/login/")
    assert client.post(REFRESH).status_code == 401


def test_who_logs_in_comes_back_to_the_page(client: Client, author: User) -> None:
    author.set_password("author")
    author.save()
    page = "http://testserver/authoring/library/lib:Test:Gated"
    response = client.post("/login/", {"username": "author", "password": "author", "next": page})
    assert (response.status_code, response.headers["Location"]) == (302, page)


def test_there_are_no_notifications(client: Client) -> None:
    assert client.get(NOTIFICATIONS).json()["show_notifications_tray"] is False


# Its files


@pytest.mark.parametrize("path", ["", "home", "library/lib:Test:Gated/components/lb:Test:Gated:html:salt", "no.js"])
def test_every_address_is_the_pages(client: Client, built: Path, path: str) -> None:
    response = client.get(f"/authoring/{path}")
    assert response.status_code == 200
    assert body(response) == b"the page"
    assert response.headers["Content-Type"] == "text/html"
    # After a build, or when somebody else has logged in, the browser must not use what it has.
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies[COOKIE]["max-age"] == 0


def test_its_files_are_served_as_what_they_are(client: Client, built: Path) -> None:
    response = client.get("/authoring/app.1.js")
    assert body(response) == b"its script"
    assert response.headers["Content-Type"] == "text/javascript"
    assert COOKIE not in response.cookies


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "x/../../secret.txt", "/etc/passwd"])
def test_no_other_files_are_served(client: Client, built: Path, settings: Any, path: str) -> None:
    (built / "inside").mkdir()
    (built / "inside/index.html").write_text("the page")
    (built / "secret.txt").write_text("secret")
    settings.PAGE_DIR = built / "inside"
    response = client.get(f"/authoring/{path}")
    assert (response.status_code, body(response)) == (200, b"the page") or response.status_code == 400


@pytest.mark.usefixtures("not_built")
def test_a_page_that_is_not_built_says_how_to_build_it(client: Client) -> None:
    response = client.get("/authoring/library/lib:Test:Gated")
    assert response.status_code == 503
    html = response.content.decode()
    assert "make demo" in html
    assert "Node.js 20" in html
    assert f'href="{reverse("workbench:libraries")}"' in html


@pytest.mark.usefixtures("built")
def test_the_demo_says_where_the_page_is() -> None:
    out = StringIO()
    call_command("demo", "--port", "8123", stdout=out)
    assert f"http://127.0.0.1:8123/authoring/library/{LIBRARY_KEY}\n" in out.getvalue()
    assert f"http://127.0.0.1:8123/library/{LIBRARY_KEY}/\n" in out.getvalue()


@pytest.mark.usefixtures("not_built")
def test_the_demo_does_not_send_anybody_to_a_page_that_is_not_built() -> None:
    out = StringIO()
    call_command("demo", stdout=out)
    assert "/authoring/" not in out.getvalue()
    assert f"http://127.0.0.1:8000/library/{LIBRARY_KEY}/\n" in out.getvalue()


# What to try


@pytest.mark.usefixtures("built")
def test_the_demo_and_a_page_without_login_show_the_same_steps_with_the_servers_port(client: Client) -> None:
    site = "http://127.0.0.1:8123"
    html = unescape(client.get(WHAT_TO_TRY, headers={"host": "127.0.0.1:8123"}).content.decode())
    out = StringIO()
    call_command("demo", "--port", "8123", stdout=out)
    assert f"(also at {site}{WHAT_TO_TRY})" in out.getvalue()
    steps = get_steps(site)
    assert len(steps) > 5
    for number, step in enumerate(steps, start=1):
        assert f"{number}. {step.title}\n     {site}{step.path}\n" in out.getvalue()
        assert f'<a href="{step.path}">{step.title}</a>' in html
        assert step.commands in html
    assert f"API={site}/api/" in out.getvalue()
    assert f"API={site}/api/" in html


def test_the_steps_are_on_the_first_page_too(client: Client, author: User) -> None:
    client.force_login(author)
    html = unescape(client.get("/").content.decode())
    assert all(step.title in html for step in get_steps("http://testserver"))


def test_without_the_page_the_steps_that_need_it_are_left_out(client: Client, built: Path) -> None:
    everything = get_steps("http://testserver")
    (built / "index.html").unlink()
    steps = get_steps("http://testserver")
    assert 0 < len(steps) < len(everything)
    assert steps == [step for step in everything if not step.needs_page]
    assert not [step for step in steps if step.path.startswith("/authoring/")]
    html = client.get(WHAT_TO_TRY).content.decode()
    assert html.count('<li class="panel">') == len(steps)
    assert "Node.js 20" in html
    out = StringIO()
    call_command("demo", stdout=out)
    assert f" {len(steps)}. {steps[-1].title}\n" in out.getvalue()
    assert "Node.js 20" in out.getvalue()


def test_the_workbench_works_without_a_list_of_what_to_try(client: Client, tmp_path: Path, settings: Any) -> None:
    settings.STEPS_FILE = tmp_path / "nothing.toml"
    assert "There is no list" in client.get(WHAT_TO_TRY).content.decode()
    out = StringIO()
    call_command("demo", stdout=out)
    assert "What to try" not in out.getvalue()


@pytest.mark.usefixtures("built")
@pytest.mark.urls("workbench.lms.urls")
def test_each_step_begins_at_an_address_that_exists() -> None:
    for step in get_steps("http://testserver"):
        resolve(step.path)


# What it shows


@pytest.mark.parametrize("address", [LIBRARIES, LIBRARY.format("lib:Test:Gated"), UNIT])
def test_who_is_not_logged_in_sees_nothing(library: Library, address: str) -> None:
    assert Client().get(address).status_code == 401


@needs_authz
def test_who_has_no_role_sees_an_empty_list(library: Library, reviewer: User, client: Client) -> None:
    assert [shown["key"] for shown in client.get(LIBRARIES).json()] == ["lib:Test:Gated"]
    client.force_login(reviewer)
    assert client.get(LIBRARIES).json() == []
    response = client.get(LIBRARY.format("lib:Test:Gated"))
    assert response.status_code == 403
    assert "content_libraries.view_library" in response.json()["detail"]


@needs_authz
@pytest.mark.parametrize(
    ("role", "actions"),
    [("library_user", []), ("library_contributor", [EDIT]), ("library_author", [EDIT, PUBLISH])],
)
def test_the_page_is_told_what_its_user_may_do(
    library: Library, reviewer: User, client: Client, role: str, actions: list[str]
) -> None:
    assign(reviewer, role, "lib:Test:Gated")
    client.force_login(reviewer)
    shown = client.get(LIBRARY.format("lib:Test:Gated")).json()
    assert (shown["can_edit"], shown["can_publish"]) == (EDIT in actions, PUBLISH in actions)


@pytest.mark.parametrize("key", ["lib:Test:Nowhere", "salt", "lb:Test:Gated:html:salt", "%00"])
def test_a_library_that_does_not_exist_is_a_404(library: Library, client: Client, key: str) -> None:
    response = client.get(LIBRARY.format(key))
    assert response.status_code == 404
    assert "library" in response.json()["detail"]


def test_each_item_comes_with_its_state(library: Library, client: Client) -> None:
    child, same, gone = (library.component(code) for code in ["child", "same", "gone"])
    unit = library.unit(child, same, title="Unit")
    with api.bypass_review(reason="To begin with"):
        library.publish()
    library.edit(child, title="Child")
    library.delete(gone)
    library.component("new", title="New")
    shown = client.get(LIBRARY.format("lib:Test:Gated")).json()
    assert shown["title"] == library.package.title
    fields = ("type", "is_container", "is_deleted", "is_published", "has_unpublished_changes", "can_be_published")
    assert {item["key"]: tuple(item[field] for field in fields) for item in shown["items"]} == {
        f"lct:Test:Gated:unit:{unit.container_code}": ("unit", True, False, True, True, True),
        "lb:Test:Gated:html:child": ("html", False, False, True, True, True),
        "lb:Test:Gated:html:same": ("html", False, False, True, False, False),
        "lb:Test:Gated:html:gone": ("html", False, True, True, True, False),
        "lb:Test:Gated:html:new": ("html", False, False, False, True, True),
    }
    first = shown["items"][0]
    assert (first["title"], first["state"]) == ("Unit", "published, changed inside")
    assert first["children"] == ["lb:Test:Gated:html:child", "lb:Test:Gated:html:same"]


def test_many_items_take_as_many_queries_as_one(library: Library, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(LIBRARY.format("lib:Test:Gated"))
        return len(captured)

    library.unit(library.component())
    queries()  # The first one loads the roles.
    few = queries()
    for _ in range(5):
        library.subsection(library.unit(library.component(), library.component()))
        library.delete(library.component())
    assert queries() == few


# The unit of a course


def upstream_links(client: Client) -> dict[str, Any]:
    """Return what the unit says about where its blocks came from."""
    return {block["name"]: block["upstream_link"] for block in client.get(UNIT).json()["children"]}


def test_a_block_knows_what_its_library_has_published_since(author: User, client: Client) -> None:
    client.force_login(author)
    library = Library.create(LIBRARY_KEY, author.pk)
    salt, flour = library.component("salt"), library.component("flour-and-water")
    with api.bypass_review(reason="To begin with"):
        library.publish()
        library.edit(salt)
        library.publish(salt)
        library.edit(flour)  # as a draft
    links = upstream_links(client)
    state = ("version_synced", "version_available", "ready_to_sync")
    assert links["Before you start"] is None
    assert links["Salt"]["upstream_ref"] == "lb:WorkbenchDemo:Bread:html:salt"
    assert [links["Salt"][name] for name in state] == [1, 2, True]
    assert [links["Flour and water"][name] for name in state] == [1, 1, False]
    assert [links["Steam from ice cubes"][name] for name in state] == [1, None, False]
    assert links["Steam from ice cubes"]["error_message"]


def test_the_unit_is_there_without_the_library(author: User, client: Client) -> None:
    client.force_login(author)
    assert len(upstream_links(client)) == len(BLOCKS)


def test_another_unit_is_a_404(author: User, client: Client) -> None:
    client.force_login(author)
    assert client.get(UNIT.replace("loaf", "cake")).status_code == 404


def test_the_front_end_knows_the_address_of_the_unit() -> None:
    source = (ROOT / "frontend/workbench/src/unit/demo.ts").read_text(encoding="utf-8")
    run = source.partition("RUN = '")[2].partition("'")[0]
    path = source.partition("path: `")[2].partition("`")[0].replace("${RUN}", run)
    assert path == f"/course/{COURSE_KEY}/container/{UNIT_KEY}"
