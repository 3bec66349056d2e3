"""What the REST API says about what has changed, and the images that it sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from openedx_content import api as content_api
from openedx_content.applets.media.models import get_storage
from openedx_content.models_api import Component, ComponentVersionMedia

from sample_plugin.reviews import api
from sample_plugin.reviews.differences.images import MAX_IMAGE_SIZE

from .content import Library, draft_record, make_live, now
from .rest import V1, Api, entity, key

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]
type GetImage = Callable[..., Any]

PICTURE = b"\x89PNG\r\n\x1a\n and so on"


def test_the_addresses_are_those_that_clients_know() -> None:
    of = "lb:Test:Gated:html:salt"
    assert reverse("sample_plugin_reviews:v1:entity-difference", args=[of]) == f"{V1}entities/{of}/difference/"
    assert reverse("sample_plugin_reviews:v1:version-image", args=[of, 3]) == f"{V1}entities/{of}/versions/3/images/"


# --- What has changed -------------------------------------------------------------------------------------------------


def test_of_a_component_it_says_what_a_screen_needs(rest: Api, library: Library) -> None:
    text = library.component("salt", title="Salt", media={"block.xml": b"<p>Salt</p>\n", "static/salt.png": PICTURE})
    make_live(library)
    library.edit(text, title="Pepper", files={"block.xml": b"<p>\xff</p>\n", "static/salt.png": b"!", "a.txt": b"a"})
    assert rest("get", entity(text, "difference/")) == {
        "key": "lb:Test:Gated:html:salt",
        "title": "Pepper",
        "since": "published",
        "change": "edited",
        "draft_change_log_record_id": draft_record(text).pk,
        "old": {"version_num": 1, "title": "Salt"},
        "new": {"version_num": 2, "title": "Pepper"},
        "title_changed": True,
        "olx": {
            "state": "changed",
            "old_size": 12,
            "new_size": 9,
            "unified": "--- v1/block.xml\n+++ v2/block.xml\n@@ -1,1 +1,1 @@\n-<p>Salt</p>\n+<p>\\xff</p>\n",
        },
        "words": {"state": "unreadable", "parts": []},
        "files": [
            {
                "path": "a.txt",
                "change": "added",
                "old": None,
                "new": {"size": 1, "mime_type": "text/plain", "is_image": False},
            },
            {
                "path": "static/salt.png",
                "change": "replaced",
                "old": {"size": len(PICTURE), "mime_type": "image/png", "is_image": True},
                "new": {"size": 1, "mime_type": "image/png", "is_image": True},
            },
        ],
        "file_count": 2,
        "children": None,
        "children_state": None,
        "child_count": 0,
        "listed_in": [],
        "listed_in_count": 0,
    }


def test_of_a_component_it_says_in_words_what_readers_see(rest: Api, library: Library) -> None:
    def problem(correct: str, tolerance: str) -> bytes:
        return (
            f'<problem><multiplechoiceresponse><label>Salt?</label><choicegroup type="MultipleChoice">'
            f'<choice correct="{correct}">Yes &lt;b&gt;</choice></choicegroup></multiplechoiceresponse>{tolerance}'
            "</problem>"
        ).encode()

    text = library.component(media={"block.xml": problem("true", "")})
    make_live(library)
    library.edit(text, files={"block.xml": problem("false", "<solution>No.</solution>")})

    def part(name: str, change: str, text: str, run: str, correct: tuple[bool | None, bool | None]) -> dict[str, Any]:
        return {
            "part": name,
            "name": "",
            "change": change,
            "was_correct": correct[0],
            "is_correct": correct[1],
            "blocks": [{"kind": "paragraph", "change": run, "runs": [{"change": run, "text": text}]}],
        }

    assert rest("get", entity(text, "difference/"))["words"] == {
        "state": "changed",
        "parts": [
            part("question", "same", "Salt?", "same", (None, None)),
            part("answer", "changed", "Yes <b>", "same", (True, False)),
            part("explanation", "added", "No.", "added", (None, None)),
        ],
    }
    make_live(library)
    assert rest("get", entity(text, "difference/"))["words"] == {"state": "same", "parts": []}


def test_of_a_container_it_says_what_a_screen_needs(rest: Api, library: Library) -> None:
    one, two = library.component(title="One"), library.component(title="Two")
    unit = library.unit(one, title="Taste")
    make_live(library)
    library.edit(unit, title="Taste", entities=[two, one.versioning.draft])
    library.delete(one)
    shown = rest("get", entity(unit, "difference/"))
    assert (shown["key"], shown["change"], shown["olx"], shown["files"]) == (key(unit), "edited", None, [])
    assert shown["words"] is None
    assert shown["children"] == [
        {
            "key": key(two),
            "title": "Two",
            "change": "added",
            "old_position": None,
            "new_position": 1,
            "old_pin": None,
            "new_pin": None,
            "pin_needs_review": False,
            "is_deleted": False,
        },
        {
            "key": key(one),
            "title": "One",
            "change": "pinned",
            "old_position": 1,
            "new_position": 2,
            "old_pin": None,
            "new_pin": 1,
            "pin_needs_review": False,
            "is_deleted": True,
        },
    ]
    assert (shown["children_state"], shown["child_count"]) == ("changed", 2)


def test_of_a_deletion_it_says_what_a_screen_needs(rest: Api, library: Library) -> None:
    text = library.component(title="Salt", media={"block.xml": b"<p>Salt</p>\n"})
    unit = library.unit(text, title="Taste")
    make_live(library)
    library.delete(text)
    shown = rest("get", entity(text, "difference/"))
    assert (shown["title"], shown["change"], shown["new"]) == ("Salt", "deleted", None)
    assert shown["olx"]["new_size"] is None
    assert shown["listed_in"] == [{"key": key(unit), "title": "Taste", "in_draft": True, "is_live": True}]
    assert shown["listed_in_count"] == 1


def test_of_what_is_live_as_it_is_there_is_no_change(rest: Api, library: Library) -> None:
    text = library.component()
    make_live(library)
    shown = rest("get", entity(text, "difference/"))
    assert (shown["change"], shown["draft_change_log_record_id"], shown["olx"]) == (None, None, None)


def test_what_it_shows_is_what_can_be_marked(rest: Api, library: Library) -> None:
    text = library.component()
    seen = {"draft_change_log_record_id": rest("get", entity(text, "difference/"))["draft_change_log_record_id"]}
    assert rest("put", entity(text, "review/"), seen)["is_reviewed"]


def test_what_it_compares_with_is_up_to_the_caller(
    rest: Api, library: Library, review: Review, other_reviewer: User
) -> None:
    text = library.component()
    make_live(library)
    library.edit(text)
    path = entity(text, "difference/")
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    answer = rest("get", f"{path}?since=my_last_review", status=404)
    assert answer["code"] == "no_review"
    assert answer["detail"].startswith("You have not reviewed a version of")
    review(text)
    library.edit(text)
    for since, old in (("published", 1), ("my_last_review", 2)):
        shown = rest("get", f"{path}?since={since}")
        assert (shown["since"], shown["old"]["version_num"], shown["new"]["version_num"]) == (since, old, 3)
    answer = rest("get", f"{path}?since=yesterday", status=400)
    assert (answer["code"], list(answer["details"])) == ("invalid", ["since"])


def test_what_is_not_there_has_no_difference(rest: Api, library: Library) -> None:
    for nothing in ("lb:Test:Gated:html:nothing", "lct:Test:Gated:unit:nothing", "lb:Test:Nothing:html:salt", "x"):
        assert rest("get", f"{V1}entities/{nothing}/difference/", status=404)["code"] == "not_found"


# --- Images -----------------------------------------------------------------------------------------------------------


@pytest.fixture(name="get_image")
def _get_image(client: Client, reviewer: User) -> GetImage:
    """A function that asks for an image as ``reviewer``, and returns the response."""
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    client.force_login(reviewer)

    def get_image(item: Any, path: str | None, version: object = 1, status: int = 200, **kwargs: Any) -> Any:
        query = {} if path is None else {"path": path}
        response = client.get(entity(item, f"versions/{version}/images/"), query, **kwargs)
        assert response.status_code == status, response.content
        if status != 200:
            assert set(response.json()) == {"code", "detail", "details"}
        return response

    return get_image


def with_media(library: Library, mime_type: str, data: bytes, path: str = "static/salt") -> Component:
    """Return a component with one file of this type."""
    media_type = content_api.get_or_create_media_type(mime_type)
    media = content_api.get_or_create_file_media(library.package.id, media_type.id, data=data, created=now())
    return library.component(media={path: media})


def test_each_version_has_its_own_image(get_image: GetImage, library: Library) -> None:
    text = library.component(media={"static/salt.png": PICTURE})
    library.edit(text, files={"static/salt.png": b"Another"})
    library.edit(text, files={"static/salt.png": None})
    assert get_image(text, "static/salt.png").content == PICTURE
    assert get_image(text, "static/salt.png", 2).content == b"Another"
    get_image(text, "static/salt.png", 3, status=404)
    library.delete(text)
    assert get_image(text, "static/salt.png").content == PICTURE


def test_an_image_can_do_nothing_but_be_shown(get_image: GetImage, library: Library) -> None:
    text = library.component(media={"static/salt.svg": b"<svg><script>alert(1)</script></svg>"})
    response = get_image(text, "static/salt.svg")
    headers = {
        "Content-Type": "image/svg+xml",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "attachment",
        "Cache-Control": "private, no-store",
    }
    assert {name: response[name] for name in headers} == headers


@pytest.mark.parametrize(
    "mime_type", ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml", "Image/PNG"]
)
def test_images_are_sent(mime_type: str, get_image: GetImage, rest: Api, library: Library) -> None:
    text = with_media(library, mime_type, PICTURE)
    assert get_image(text, "static/salt")["Content-Type"] == mime_type.lower()
    assert [file["new"]["is_image"] for file in rest("get", entity(text, "difference/"))["files"]] == [True]


@pytest.mark.parametrize(
    "mime_type", ["text/html", "application/pdf", "application/octet-stream", "image/svg", "image/x-icon", "image/tiff"]
)
def test_nothing_else_is_sent(mime_type: str, get_image: GetImage, rest: Api, library: Library) -> None:
    text = with_media(library, mime_type, PICTURE)
    assert get_image(text, "static/salt", status=404).json()["code"] == "not_found"
    assert [file["new"]["is_image"] for file in rest("get", entity(text, "difference/"))["files"]] == [False]


def test_the_olx_is_no_image(get_image: GetImage, library: Library) -> None:
    get_image(library.component(media={"block.xml": b"<html/>"}), "block.xml", status=404)


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 404)])
def test_images_are_sent_up_to_a_size(more: int, status: int, get_image: GetImage, rest: Api, library: Library) -> None:
    text = library.component(media={"static/salt.png": b"x" * (MAX_IMAGE_SIZE + more)})
    get_image(text, "static/salt.png", status=status)
    assert rest("get", entity(text, "difference/"))["files"][0]["new"]["is_image"] is (status == 200)


def test_an_image_may_be_kept_in_the_database(get_image: GetImage, library: Library) -> None:
    media_type = content_api.get_or_create_media_type("image/svg+xml")
    media = content_api.get_or_create_text_media(library.package.id, media_type.id, text="<svg>ä</svg>", created=now())
    text = library.component(media={"static/salt.svg": media})
    assert get_image(text, "static/salt.svg").content == "<svg>ä</svg>".encode()


def test_an_image_that_the_storage_has_lost_is_not_there(get_image: GetImage, library: Library) -> None:
    text = library.component(media={"static/salt.png": PICTURE})
    get_storage().delete(ComponentVersionMedia.objects.get().media.path)
    get_image(text, "static/salt.png", status=404)


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        ".",
        "/",
        "static",
        "static/",
        "static/SALT.PNG",
        "static/pepper.png",
        "/static/salt.png",
        "static\\salt.png",
        "other/../static/salt.png",
        "../static/salt.png",
        "static/salt.png\x00",
        "\x00",
        "static/salt.png\r\nX: y",
        "x" * 5_000,
        "../../../../etc/passwd",
    ],
)
def test_a_path_that_is_none_leads_nowhere(path: str | None, get_image: GetImage, library: Library) -> None:
    text = library.component(media={"static/salt.png": PICTURE})
    get_image(text, path, status=404)


@pytest.mark.parametrize(
    "version", ["0", "2", "-1", "x", "1.0", "²", "9" * 30, str(2**31), "2147483647", "%00", " 1", "1@1"]
)
def test_a_version_that_is_none_has_no_images(version: str, get_image: GetImage, library: Library) -> None:
    get_image(library.component(media={"static/salt.png": PICTURE}), "static/salt.png", version, status=404)


def test_what_is_no_component_has_no_images(get_image: GetImage, library: Library) -> None:
    text = library.component(media={"static/salt.png": PICTURE})
    get_image(library.unit(text), "static/salt.png", status=404)
    get_image(library.component(), "static/salt.png", status=404)


@pytest.mark.parametrize("accept", ["image/png", "image/avif,image/webp,*/*;q=0.8", "text/html", "nonsense"])
def test_an_image_comes_whatever_one_accepts(accept: str, get_image: GetImage, library: Library) -> None:
    text = library.component(media={"static/salt.png": PICTURE})
    assert get_image(text, "static/salt.png", headers={"Accept": accept})["Content-Type"] == "image/png"
