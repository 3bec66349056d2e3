"""Conversations over REST: who may see, write and resolve what, and text that stays text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from sample_plugin.conversations import api
from sample_plugin.conversations.models import Comment, Conversation
from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.rules import CAN_MANAGE_POLICY, CAN_VIEW

from .content import Library
from .rest import Api, key
from .studio import COMMIT
from .test_notes import TEXTS
from .test_permissions import LIBRARY_TABLE, _other_library, _person  # noqa: F401, fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.any_core]

V1 = "/api/sample-plugin/conversations/v1/"
LIBRARY = f"{V1}libraries/lib:Test:Gated/"


def conversations(item: Any) -> str:
    """Return the address of the conversations about an item of ``library``."""
    return f"{V1}entities/{key(item)}/conversations/"


def test_a_conversation_from_its_start_to_its_end(rest: Api, library: Library, author: User, reviewer: User) -> None:
    text = library.component(media={"block.xml": b"<html>\n<p>Salt</p>\n</html>"})
    asked = {"body": "How much?", "version_num": 1, "line": 2}
    started = rest("post", conversations(text), asked, status=201)
    assert rest("post", conversations(text), asked, status=201)["id"] == started["id"]
    assert started["anchor"] == {"kind": "line", "text": "<p>Salt</p>", "part": "", "number": 2}
    assert (started["number"], started["is_on_earlier_version"], started["version_num"]) == (2, False, 1)
    api.reply(started["id"], author_id=author.pk, body="10 g")
    this = f"{conversations(text)}{started['id']}/"
    comments = rest("post", f"{this}comments/", {"body": "In all?"}, status=201)["comments"]
    assert [(said["body"], said["author"]["username"], said["is_own"]) for said in comments] == [
        ("How much?", "reviewer", True),
        ("10 g", "author", False),
        ("In all?", "reviewer", True),
    ]
    last = f"{this}comments/{comments[2]['id']}/"
    assert rest("patch", last, {"body": "For all of it?"})["comments"][2]["edited_at"]
    assert rest("delete", last)["comments"][2]["body"] == ""
    assert rest("patch", last, {"body": "Again"}, status=409)["code"] == "comment_deleted"
    assert rest("put", f"{this}resolution/")["is_resolved"]
    opened = rest("delete", f"{this}resolution/")
    [resolution] = opened["resolutions"]
    people = (resolution["resolved_by"]["username"], resolution["reopened_by"]["username"])
    assert (opened["is_resolved"], people) == (False, ("reviewer", "reviewer"))
    library.edit(text, files={"block.xml": None})
    page = rest("get", conversations(text))
    assert page["count"] == 1
    [listed] = page["results"]
    assert (listed["number"], listed["is_on_earlier_version"]) == (None, True)


def test_about_a_paragraph_a_file_a_child_and_a_deletion(rest: Api, library: Library) -> None:
    text = library.component(media={"block.xml": b"<html><p>Salt</p></html>", "static/salt.png": b"png"})
    unit = library.unit(text)
    for item, place, kind in (
        (text, {"part": {"kind": "text", "text": "Salt"}}, "part"),
        (text, {"file": "static/salt.png"}, "file"),
        (unit, {"child": key(text)}, "child"),
    ):
        started = rest("post", conversations(item), {"body": "Why?", "version_num": 1, **place}, status=201)
        assert (started["anchor"]["kind"], started["is_on_earlier_version"]) == (kind, False)
    library.delete(text)
    started = rest("post", conversations(text), {"body": "Why?", "version_num": None}, status=201)
    assert (started["version_num"], started["anchor"]["kind"]) == (None, "change")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"body": "a\x1b"}, "body", id="a control character"),
        pytest.param({"body": " "}, "body", id="nothing"),
        pytest.param({"version_num": 2}, "version_num", id="no such version"),
        pytest.param({"version_num": None}, "version_num", id="not deleted"),
        pytest.param({"line": 5}, "line", id="no such line"),
        pytest.param({"child": "lb:Test:Gated:html:nothing"}, "child", id="no such child"),
        pytest.param({"line": 1, "file": "a"}, "non_field_errors", id="two places"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(
    change: dict[str, Any], field: str, rest: Api, library: Library
) -> None:
    text = library.component()
    refusal = rest("post", conversations(text), {"body": "Why?", "version_num": 1, **change}, status=400)
    assert (refusal["code"], list(refusal["details"])) == ("invalid", [field])
    assert not Conversation.objects.exists()


def test_a_conversation_is_found_under_its_own_item_only(rest: Api, library: Library, reviewer: User) -> None:
    one, two = library.component(), library.component()
    of_one, of_two = (api.start_conversation(item.id, author_id=reviewer.pk, body="Why?") for item in (one, two))
    for address, code in (
        (f"{conversations(one)}{of_two.pk}/resolution/", "no_conversation"),
        (f"{conversations(one)}²/resolution/", "no_conversation"),
        (f"{conversations(one)}{'9' * 20}/resolution/", "no_conversation"),
        (f"{conversations(one)}{of_one.pk}/comments/{of_two.comments.get().pk}/", "no_comment"),
    ):
        assert rest("delete", address, status=404)["code"] == code


@pytest.mark.any_database
@pytest.mark.parametrize("name", LIBRARY_TABLE)
def test_who_may_see_a_library_may_write_in_it_and_nowhere_else(
    name: str, person: Callable[[str], Any], library: Library, other_library: Library, author: User, client: Client
) -> None:
    text = library.component()
    started = api.start_conversation(text.id, author_id=author.pk, body="How much?")
    this = f"{conversations(text)}{started.pk}/"
    of_author = started.comments.get()
    comment = f"{this}comments/{of_author.pk}/"
    user = person(name)
    if not isinstance(user, AnonymousUser):
        client.force_login(user)
    cache.clear()
    may = LIBRARY_TABLE[name]
    if CAN_VIEW not in may:
        expected = [401 if name in ("anonymous", "deactivated admin") else 404] * 9
    else:
        policy = 200 if CAN_MANAGE_POLICY in may else 403
        expected = [200, 201, 201, 403, 403, 200, 200, 200, policy]
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("get", conversations(text), {}),
        ("post", conversations(text), {"body": "Why?", "version_num": 1}),
        ("post", f"{this}comments/", {"body": "10 g"}),
        ("patch", comment, {"body": "10 g"}),
        ("delete", comment, {}),
        ("put", f"{this}resolution/", {}),
        ("delete", f"{this}resolution/", {}),
        ("get", LIBRARY, {}),
        ("patch", LIBRARY, {"resolution_required": True}),
    ]
    statuses = [
        getattr(client, method)(address, data=body, content_type="application/json").status_code
        if method != "get"
        else client.get(address).status_code
        for method, address, body in requests
    ]
    assert statuses == expected
    assert Comment.objects.get(pk=of_author.pk).body == "How much?"
    assert api.is_resolution_required(library.package.id) == (expected[-1] == 200)
    # The library next door, in which only one of them has a role.
    elsewhere = client.get(f"{V1}libraries/{other_library.package.package_ref}/").status_code
    assert (elsewhere == 200) == (
        name in ("global staff", "superuser") or (name == "admin elsewhere" and 404 in expected)
    )


def test_text_stays_text_in_answers_and_in_the_admin(
    rest: Api, library: Library, reviewer: User, client: Client, admin_client: Client
) -> None:
    texts = [str(param.values[0]) for param in TEXTS]
    item = library.component(media={"block.xml": "\n".join(texts[4:]).encode()})
    started = api.start_conversation(item.id, author_id=reviewer.pk, body="Why?", about=api.Line(3))
    for text in texts:
        rest("post", f"{conversations(item)}{started.pk}/comments/", {"body": text}, status=201)
    [listed] = rest("get", conversations(item))["results"]
    assert [said["body"] for said in listed["comments"]] == ["Why?", *(text.strip() for text in texts)]
    assert listed["anchor"]["text"] == texts[6]
    for page in ("changelist", "change"):
        args = [started.pk] if page == "change" else []
        response = admin_client.get(reverse(f"admin:sample_plugin_conversations_conversation_{page}", args=args))
        html = response.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert escape(texts[6]) in html  # the place, and a comment
    assert (
        admin_client.get(reverse("admin:sample_plugin_conversations_conversationpolicy_changelist")).status_code == 200
    )
    change = admin_client.post(reverse("admin:sample_plugin_conversations_conversation_change", args=[started.pk]), {})
    assert change.status_code == 403


def test_writing_is_limited_and_reading_is_not(rest: Api, library: Library, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE = "1/minute"
    text = library.component()
    said = {"body": "Why?", "version_num": 1}
    started = rest("post", conversations(text), said, status=201)
    assert rest("post", f"{conversations(text)}{started['id']}/comments/", said, status=429)["code"] == "throttled"
    rest("get", conversations(text))
    rest("put", f"{conversations(text)}{started['id']}/resolution/")


def test_what_a_step_refuses_is_named(rest: Api, library: Library, reviewer: User) -> None:
    """Publish reviewed items leaves it out, and says why; Studio's own publish is refused."""
    text = library.component(title="Salt")
    api.start_conversation(text.id, author_id=reviewer.pk, body="Why?")
    reviews_api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    assert rest("patch", LIBRARY, {"resolution_required": True})["resolution_required"]
    answer = rest("post", "/api/sample-plugin/reviews/v1/libraries/lib:Test:Gated/publish-reviewed/", {})
    [skipped] = answer["skipped"]
    assert (answer["published_count"], skipped["key"]) == (0, key(text))
    assert (skipped["code"], skipped["reason"]) == (
        "unresolved_conversations",
        "It has open conversations. Resolve them first.",
    )
    refusal = rest("post", COMMIT.format("lib:Test:Gated"), {}, status=409)
    assert refusal["code"] == "unresolved_conversations"
    assert refusal["detail"].startswith("Nothing was published: 1 item has open conversations: “Salt”.")
    assert [(item["key"], item["open_count"]) for item in refusal["unresolved"]] == [(key(text), 1)]
