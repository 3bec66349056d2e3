"""
The workbench renders a component as Studio does: at the same address, for the same people, from the version asked for.

The tests that render need the XBlocks of requirements/previews.txt ("make test-previews").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from openedx_content import api as content_api
from openedx_content.models_api import Component

from sample_plugin.reviews import api
from workbench import preview
from workbench.authoring import create_block, set_olx
from workbench.preview import assets

from .authz import assign, needs_authz
from .content import Library, now

pytestmark = [pytest.mark.django_db, pytest.mark.once]

needs_xblocks = pytest.mark.skipif(
    not preview.is_installed(), reason="the platform's XBlocks come with what make test-previews installs"
)

# Studio's address, pinned here once.
EMBED = "/xblocks/v2/lb:Test:Gated:{}/embed/student_view/"

type Show = Callable[..., Any]


@pytest.fixture(name="library")
def _library(library: Library, author: User) -> Library:
    """The library, in which ``author`` has the role of an author."""
    assign(author, "library_author", library.package.package_ref)
    return library


@pytest.fixture(name="salt")
def _salt(library: Library) -> Component:
    """A text: version 1 is empty, version 2 is published, version 3 is the draft."""
    salt = library.component("salt")
    set_olx(salt, '<html display_name="Salt"><![CDATA[<p>A pinch of salt</p>]]></html>')
    library.publish()
    set_olx(salt, '<html display_name="Salt"><![CDATA[<p>Weigh the salt</p>]]></html>')
    return salt


@pytest.fixture(name="library_is_open", autouse=True)
def _library_is_open(library: Library) -> None:
    """Publish without reviews: these tests are not about them."""
    api.set_review_required(library.package.id, False, changed_by=None)


@pytest.fixture(name="show")
def _show(client: Client, author: User) -> Show:
    """A function that asks for a preview as ``author`` (or nobody), and returns the answer."""

    def show(item: str, version: object = None, user: User | None = author) -> Any:
        if user:
            client.force_login(user)
        return client.get(EMBED.format(item), {} if version is None else {"version": str(version)})

    return show


def sentence(response: Any) -> str:
    """Return what a page says that shows no component."""
    [text] = re.findall(r"<body>\s*<p>(.*)</p>\s*</body>", response.content.decode())
    return str(text)


def with_file(component: Component, text: bytes) -> int:
    """Save a version that shows the picture static/a b.svg, which is this text, and return its number."""
    package = component.learning_package_id
    media_type = content_api.get_or_create_media_type("image/svg+xml")
    file = content_api.get_or_create_file_media(package, media_type.id, data=text, created=now())
    content_api.create_next_component_version(
        component.id, title="Salt", media_to_replace={"static/a b.svg": file.id}, created=now(), created_by=None
    )
    olx = '<html><![CDATA[<img src="/static/a%20b.svg"> <img src="/static/none.svg">]]></html>'
    return set_olx(component, olx).version_num


# --- Which version ----------------------------------------------------------------------------------------------------


@needs_xblocks
@pytest.mark.parametrize(
    ("version", "text"),
    [(None, "Weigh the salt"), ("draft", "Weigh the salt"), ("published", "A pinch of salt"), (2, "A pinch of salt")],
)
def test_the_version_that_is_asked_for_is_shown(salt: Component, show: Show, version: object, text: str) -> None:
    response = show("html:salt", version)
    assert response.status_code == 200
    assert re.findall(r"<p>(.*)</p>", response.content.decode()) == [text]


@pytest.mark.parametrize("version", ["", "newest", "1.5", "0x2", "9" * 5000])
def test_what_is_no_version_is_a_400(salt: Component, show: Show, version: str) -> None:
    response = show("html:salt", version)
    assert (response.status_code, sentence(response)) == (400, "A version is “published”, “draft” or a number.")


@pytest.mark.parametrize("version", ["4", "-1", "9" * 30])
def test_a_version_that_the_component_never_had_is_a_404(salt: Component, show: Show, version: str) -> None:
    response = show("html:salt", version)
    assert (response.status_code, sentence(response)) == (404, f"This component has no version {version}.")


def test_a_deleted_draft_is_a_404(salt: Component, show: Show, library: Library) -> None:
    library.delete(salt)
    response = show("html:salt")
    assert (response.status_code, sentence(response)) == (404, "This component is deleted.")


def test_a_component_that_was_never_published_is_a_404(show: Show, library: Library) -> None:
    library.component("new")
    response = show("html:new", "published")
    assert (response.status_code, sentence(response)) == (404, "This component has not been published.")


@pytest.mark.parametrize("key", ["lb:Test:Gated:html:none", "lb:Test:None:html:salt", "lct:Test:Gated:unit:u", "x"])
def test_an_unknown_key_is_a_404(salt: Component, show: Show, client: Client, author: User, key: str) -> None:
    client.force_login(author)
    assert client.get(f"/xblocks/v2/{key}/embed/student_view/").status_code == 404


def test_the_version_does_not_go_into_the_path(salt: Component, client: Client, author: User) -> None:
    """The API's addresses take “…@2”. This one does not, in any release."""
    client.force_login(author)
    assert client.get("/xblocks/v2/lb:Test:Gated:html:salt@2/embed/student_view/").status_code == 404


@pytest.mark.parametrize("view", ["save", "studio_view", "__init__"])
def test_another_view_is_a_404(salt: Component, client: Client, author: User, view: str) -> None:
    client.force_login(author)
    response = client.get(EMBED.replace("student_view", view).format("html:salt"))
    assert (response.status_code, sentence(response)) == (
        404,
        "The workbench renders no other view than “student_view”.",
    )


def test_a_video_is_for_studio_to_show(library: Library, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "is_installed", lambda: True)
    create_block(library.package, "video", "v", user_id=None)
    response = show("video:v")
    assert (response.status_code, sentence(response)) == (501, "The workbench cannot show a video. Studio can.")


# --- Who may see it ---------------------------------------------------------------------------------------------------


@needs_authz
@pytest.mark.parametrize("key", ["html:salt", "html:none"])
def test_who_may_not_see_the_library_sees_no_preview(salt: Component, show: Show, reviewer: User, key: str) -> None:
    """Nor whether there is such a component."""
    response = show(key, "published", user=reviewer)
    assert response.status_code == 403
    assert sentence(response) == "You need the permission “content_libraries.view_library” in lib:Test:Gated."


def test_who_is_not_logged_in_sees_no_preview(salt: Component, show: Show) -> None:
    response = show("html:salt", user=None)
    assert (response.status_code, sentence(response)) == (403, "Log in to see this component.")


# --- The page ---------------------------------------------------------------------------------------------------------


@needs_xblocks
def test_a_page_of_studio_or_of_its_front_end_may_frame_it_and_nobody_keeps_it(
    salt: Component, show: Show, settings: Any
) -> None:
    settings.CORS_ORIGIN_WHITELIST = ["http://apps.example.com:2001"]
    for version in ("draft", "9"):
        headers = show("html:salt", version).headers
        assert headers["Content-Security-Policy"] == "frame-ancestors 'self' http://apps.example.com:2001;"
        assert "X-Frame-Options" not in headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in headers["Cache-Control"]


@needs_xblocks
def test_a_problem_shows_question_and_choices_and_not_which_is_right(show: Show, client: Client, author: User) -> None:
    call_command("demo", verbosity=0)
    client.force_login(User.objects.get(username="author"))
    page = client.get("/xblocks/v2/lb:WorkbenchDemo:Bread:problem:gluten/embed/student_view/").content.decode()
    assert "Which two proteins of wheat flour" in page
    assert "Amylose and amylopectin" in page
    assert "two parts of starch" not in page  # a hint
    assert 'data-content="\n&lt;h3' in page  # it stays inside of its attribute


@needs_xblocks
def test_every_component_of_the_demo_is_shown(client: Client, library: Library) -> None:
    call_command("demo", verbosity=0)
    client.force_login(User.objects.get(username="author"))
    shown = 0
    for component in Component.objects.filter(learning_package__package_ref="lib:WorkbenchDemo:Bread"):
        key = f"lb:WorkbenchDemo:Bread:{component.component_type.name}:{component.component_code}"
        for version in component.versions.all():
            response = client.get(f"/xblocks/v2/{key}/embed/student_view/", {"version": version.version_num})
            assert response.status_code == 200, key
            shown += "Could not format" not in response.content.decode()
    assert shown == len(list((Path(preview.__file__).parents[1] / "demo/library").rglob("block.xml"))) > 15


@needs_xblocks
def test_what_comes_with_a_block_is_served_and_nothing_else(client: Client, salt: Component, show: Show) -> None:
    style = client.get("/xblock/resource/problem/public/css/ProblemBlockDisplay.css")
    assert (style.status_code, style["Content-Type"]) == (200, "text/css")
    assert b"fonts.googleapis.com" not in style.content
    assert b"fonts.googleapis.com" not in show("html:salt").content
    for path in (
        "problem/capa_block.py",
        "problem/public/../capa_block.py",
        "problem/public/none.css",
        "none/public/x",
    ):
        assert client.get(f"/xblock/resource/{path}").status_code == 404


# --- What cannot be shown ---------------------------------------------------------------------------------------------


@needs_xblocks
@pytest.mark.parametrize(
    "text",
    ["<html>", "", '<?xml version="1.0" encoding="utf-8"?><html/>', "<b>" * 3000 + "</b>" * 3000],
    ids=["not closed", "empty", "with an encoding", "deep"],
)
def test_damaged_source_is_a_500_with_a_sentence(library: Library, show: Show, text: str) -> None:
    media_type = content_api.get_or_create_media_type("application/vnd.openedx.xblock.v1.html+xml")
    media = content_api.get_or_create_text_media(library.package.id, media_type.id, text=text, created=now())
    library.edit(library.component("salt"), files={"block.xml": media.id})
    response = show("html:salt")
    assert response.status_code == 500
    assert sentence(response) == "This version cannot be shown: its source is damaged, or its XBlock has failed."


@needs_xblocks
def test_a_type_without_an_xblock_is_a_500_with_a_sentence(library: Library, show: Show) -> None:
    set_olx(create_block(library.package, "crossword", "c", user_id=None), "<crossword/>")
    response = show("crossword:c")
    assert (response.status_code, sentence(response)) == (500, "The workbench has no XBlock for the type “crossword”.")


@needs_xblocks
def test_python_in_a_problem_is_not_run(library: Library, show: Show, tmp_path: Path) -> None:
    script = f'open("{tmp_path}/run", "w")'
    source = f'<problem><script type="loncapa/python">{script}</script><p>Text</p></problem>'
    set_olx(create_block(library.package, "problem", "p", user_id=None), source)
    assert "Could not format HTML for problem" in show("problem:p").content.decode()
    assert list(tmp_path.iterdir()) == []


def test_without_the_xblocks_it_says_how_to_install_them(
    salt: Component, show: Show, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "is_installed", lambda: False)
    response = show("html:salt")
    assert response.status_code == 404
    assert sentence(response) == "The workbench has no XBlocks to render it with: run “make .venv/previews”."
    assert client.get("/xblock/resource/problem/public/css/ProblemBlockDisplay.css").status_code == 404


# --- Files ------------------------------------------------------------------------------------------------------------


@needs_xblocks
def test_a_picture_is_that_of_the_version_also_for_a_frame_without_a_session(salt: Component, show: Show) -> None:
    old = with_file(salt, b"<svg>old</svg>")
    with_file(salt, b"<svg>new</svg>")
    for version, text in (("draft", b"<svg>new</svg>"), (old, b"<svg>old</svg>")):
        address, missing = re.findall(r'<img src="(.*?)">', show("html:salt", version).content.decode())
        assert missing == "/static/none.svg"
        # A sandboxed frame sends no cookies.
        response = Client().get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        assert b"".join(response.streaming_content) == text  # type: ignore[attr-defined]
        # Nor does a picture run scripts for who opens it.
        assert response["Content-Security-Policy"] == "sandbox"


def test_an_address_of_a_file_is_for_one_version_and_one_user_who_may_see_it(
    library: Library, author: User, reviewer: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    salt, other = library.component("salt"), library.component("other")
    for component in (salt, other):
        with_file(component, b"<svg/>")
    path = "static/a b.svg"
    address = assets._address(salt.versioning.latest, path, author)
    of_other = reverse("workbench:component-file", args=[other.versioning.latest.uuid, path])
    assert client.get(address).status_code == 200
    # Another version, no token, a wrong one, one of another service
    assert client.get(f"{of_other}?{address.partition('?')[2]}").status_code == 403
    assert client.get(of_other).status_code == 401
    assert client.get(f"{address}x").status_code == 403
    forged = TimestampSigner(salt="another").sign_object([author.pk, str(other.versioning.latest.uuid)])
    assert client.get(of_other, {"token": forged}).status_code == 403
    # The source is no file, though a version has it.
    assert client.get(assets._address(salt.versioning.latest, "block.xml", author)).status_code == 404
    # Another user
    client.force_login(reviewer)
    assert client.get(address).status_code == 403
    client.logout()
    # Who may not log in any more
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert client.get(address).status_code == 403
    User.objects.filter(pk=author.pk).update(is_active=True)
    # Too old
    monkeypatch.setattr(assets, "LIFETIME", -1)
    assert client.get(address).status_code == 403


@needs_authz
def test_an_address_of_a_file_opens_nothing_to_who_may_not_see_the_library(
    library: Library, reviewer: User, client: Client
) -> None:
    salt = library.component("salt")
    with_file(salt, b"<svg/>")
    assert client.get(assets._address(salt.versioning.latest, "static/a b.svg", reviewer)).status_code == 403
