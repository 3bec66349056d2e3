"""
Whatever is sent to the REST API: no 500, no look into another library, and no row of any table that has changed.

What is wrong in an ordinary way is in test_rest_reviewing.py and its neighbours, what is made up from the schema is in
test_openapi.py, and what is in order, but none of the sender's business, in test_rest_forged.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from sample_plugin.reviews.rest_api.v1.base import MAX_BODY

from .content import Library, draft_record
from .database import everything
from .hostile import (
    CONTENT_TYPES,
    HIDDEN,
    MINE,
    TEXTS,
    UNKNOWN,
    VALUES,
    Scene,
    Send,
    _scene,  # noqa: F401
    escaped,
    log_in,
    sender,
    some_of,
)
from .rest import LIBRARY, MANY, PUBLISH, V1, Api, entity, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_core, pytest.mark.any_database]

type Review = Callable[..., None]

# Every address, with a key that leads somewhere; and what may be done there.
PATHS = {
    f"libraries/{HIDDEN}/": ("GET", "PATCH"),
    f"libraries/{HIDDEN}/policy-history/": ("GET",),
    f"libraries/{HIDDEN}/entities/": ("GET",),
    f"libraries/{HIDDEN}/reviews/": ("POST",),
    f"libraries/{HIDDEN}/publish-reviewed/": ("POST",),
    f"libraries/{HIDDEN}/publish-reviewed/{UNKNOWN}/": ("GET",),
    "entities/lb:Test:Hidden:html:salt/": ("GET",),
    "entities/lb:Test:Hidden:html:salt/review/": ("PUT", "DELETE"),
    "entities/lb:Test:Hidden:html:salt/reviews/": ("GET",),
    "entities/lb:Test:Hidden:html:salt/reviews/1/dismissal/": ("POST",),
    "entities/lb:Test:Hidden:html:salt/difference/": ("GET",),
    "entities/lb:Test:Hidden:html:salt/versions/1/images/?path=static/salt.png": ("GET",),
    "entities/?key=lb:Test:Hidden:html:salt": ("GET",),
    "entities/versions/?version=lb:Test:Hidden:html:salt@1": ("GET",),
    "my-reviews/?group=with_others": ("GET",),
    "libraries/?may_manage_policy=true": ("GET",),
}


@pytest.fixture(name="send", params=["admin elsewhere", "admin"])
def _send(request: pytest.FixtureRequest, scene: Scene) -> Iterator[Send]:
    """
    A function that sends a request as somebody. At the end of the test, nothing has changed in the database.

    To look at all of it takes longer than many requests, so a test sends all that is of one kind.
    """
    who = request.param
    client = log_in(who)
    before = everything()
    yield sender(client, who, scene.secrets)
    assert everything() == before


# --- Values that are none ---------------------------------------------------------------------------------------------


def test_in_an_address(send: Send) -> None:
    send_some = some_of(send)
    for text in TEXTS:
        part = escaped(text)
        for library_key in (part, f"lib:Test:{part}", f"lib:{part}:Hidden", f"{HIDDEN}{part}", f"{part}{HIDDEN}"):
            if library_key != HIDDEN:
                send_some("GET", f"libraries/{library_key}/")
                send_some("PATCH", f"libraries/{library_key}/", {"review_required": False})
                send_some("GET", f"libraries/{library_key}/entities/")
                send_some("POST", f"libraries/{library_key}/reviews/", {})
                send_some("POST", f"libraries/{library_key}/publish-reviewed/", {})
        for item in (
            part,
            f"lb:Test:Hidden:html:{part}",
            f"lb:Test:Hidden:{part}:salt",
            f"lct:Test:Hidden:{part}:{part}",
        ):
            send_some("GET", f"entities/{item}/")
            send_some("GET", f"entities/{item}/reviews/")
            send_some("GET", f"entities/{item}/difference/")
            send_some("GET", f"entities/{item}/versions/1/images/?path=static/salt.png")
            send_some("PUT", f"entities/{item}/review/", {"draft_change_log_record_id": 1})
            send_some("POST", f"entities/{item}/reviews/1/dismissal/", {"reason": "No"})
            send_some("DELETE", f"entities/{item}/review/")
        for library_key in (HIDDEN, MINE):
            send_some("GET", f"libraries/{library_key}/publish-reviewed/{part}/")
            send_some(
                "GET",
                f"entities/lb:{library_key.removeprefix('lib:')}:html:salt/versions/{part}/images/?path=static/a.png",
            )


def test_in_an_address_that_is_no_utf_8(send: Send) -> None:
    for part in ("%ff%fe", "%ED%A0%80", "%C0%80", "%", "%zz", "%252e"):
        for path in (f"libraries/lib:Test:{part}", f"entities/lb:Test:Hidden:html:{part}"):
            send("GET", f"{path}/")


def test_in_a_query(send: Send) -> None:
    send_some = some_of(send)
    for text in TEXTS:
        value = escaped(text)
        for library_key in (HIDDEN, MINE):
            for name in ("page", "page_size", "state", "kind", "text", "order", "mine", "inside", "format", value):
                send_some("GET", f"libraries/{library_key}/entities/?{name}={value}")
        for prefix in ("Hidden", "Mine"):
            for name in ("page", "page_size", "format"):
                send_some("GET", f"entities/lb:Test:{prefix}:html:salt/reviews/?{name}={value}")
            send_some("GET", f"entities/lb:Test:{prefix}:html:salt/difference/?since={value}&{value}=my_last_review")
            for path in (value, f"static/{value}", f"static/salt.png{value}", f"{value}/../static/salt.png"):
                send_some("GET", f"entities/lb:Test:{prefix}:html:salt/versions/1/images/?path={path}")
            for asked in (
                value,
                f"lb:Test:{prefix}:html:{value}",
                f"lct:Test:{prefix}:unit:{value}",
                f"lb:{value}:b:c:d",
            ):
                send_some("GET", f"entities/?key={asked}")
                send_some("GET", f"entities/versions/?version={asked}@1&version=lb:Test:{prefix}:html:nothing@{value}")


def test_in_a_body(scene: Scene, send: Send) -> None:
    send_some = some_of(send)
    record_id = draft_record(scene.hidden).pk
    for value in (*VALUES, *map(json.dumps, TEXTS)):
        for name in ("Hidden", "Mine"):
            library, item = f"libraries/lib:Test:{name}/", f"entities/lb:Test:{name}:html:salt/review/"
            if value != '"0"':  # which is how a form says no
                send_some("PATCH", library, f'{{"review_required": {value}}}')
            send_some("PATCH", library, f'{{"required_reviewers": [{value}]}}')
            send_some("PATCH", library, f'{{"mode": [{value}]}}')
            send_some("PATCH", library, f'{{"mode": "off", "reason": [{value}]}}')
            send_some("PUT", item, f'{{"draft_change_log_record_id": {value}}}')
            send_some("PUT", item, f'{{"draft_change_log_record_id": 1000000, "verdict": {value}}}')
            send_some("POST", f"entities/lb:Test:{name}:html:salt/reviews/1000000/dismissal/", f'{{"reason": {value}}}')
            # No such record, so the note is all that may be wrong with it, or not.
            send_some("PUT", item, f'{{"draft_change_log_record_id": 1000000, "note": {value}}}')
            for body in (
                f'{{"items": {value}}}',
                f'{{"items": [{value}]}}',
                f'{{"items": [{{"key": {value}, "draft_change_log_record_id": {record_id}}}]}}',
                f'{{"items": [{{"key": "lb:Test:{name}:html:salt", "draft_change_log_record_id": {value}}}]}}',
                f'{{"items": [{{"key": "x", "draft_change_log_record_id": 1}}], "note": {value}}}',
            ):
                send_some("POST", f"{library}reviews/", body)
            send_some("POST", f"{library}publish-reviewed/", f'{{"dry_run": true, "message": {value}}}')
            if name == "Mine":  # where nothing is reviewed, so whatever is taken for a no publishes nothing
                send_some("POST", f"{library}publish-reviewed/", f'{{"dry_run": {value}}}')


# --- Requests that are none -------------------------------------------------------------------------------------------

BODIES = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "a number": b"0",
    "a word": b"x",
    "half an object": b'{"note": ',
    "two objects": b'{"a": 1}{"b": 2}',
    "no UTF-8": b'{"note": "\xff\xfe"}',
    "UTF-16": '{"note": "x"}'.encode("utf-16"),
    "half a character": b'{"\xed\xa0\x80": 1}',
    "a byte order mark": b"\xef\xbb\xbf[]",
    "zeros": b"\x00" * 100,
    "nested": b'{"note":' * 900 + b"1" + b"}" * 900,
    "a form": b"review_required=false&draft_change_log_record_id=1",
    "many names": json.dumps(dict.fromkeys(map(str, range(20_000)))).encode(),
    "many items": json.dumps({"items": [0] * 100_000}).encode(),
}
OBJECTS = {"nothing", "nested", "many names", "many items"}


@pytest.mark.parametrize("send", ["admin"], indirect=True)  # who gets furthest in
def test_a_body_that_is_none(send: Send) -> None:
    def refused(*args: Any) -> None:
        assert send(*args).status_code >= 400

    send_some = some_of(refused)
    for name, body in BODIES.items():
        for path, methods in PATHS.items():
            for method in sorted({*methods} - {"GET", "DELETE"}):
                for content_type in CONTENT_TYPES:
                    if name in OBJECTS and "publish" in path:
                        continue  # To which nothing is wrong with them: nothing has to be said.
                    send_some(method, path, body, content_type)


@pytest.mark.parametrize("charset", ["zlib", "bz2", "rot13", "hex", "undefined", "utf-16", "cp037"])
def test_json_is_in_utf_8_whatever_it_says(charset: str, rest: Api, library: Library) -> None:
    """Python unpacks a "charset" named zlib, and so did DRF 3.16: 10 MB from 10 kB, before anybody asked who it is."""
    content_type = f"application/json; charset={charset}"
    rest("put", entity(library.component(), "review/"), status=400, data="{}", content_type=content_type)
    text = library.component()
    rest("put", entity(text, "review/"), status=200, data=json.dumps(seen(text)), content_type=content_type)


@pytest.mark.parametrize("send", ["admin"], indirect=True)  # who gets furthest in
def test_methods_that_are_none(send: Send) -> None:
    send_some = some_of(send)
    for path in PATHS:
        for method in (
            "HEAD",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "X" * 500,
            "PUT",
            "POST",
            "PATCH",
            "DELETE",
        ):
            if method not in PATHS[path]:
                send_some(method, path, {"review_required": False, "draft_change_log_record_id": 1})
                send_some("GET", path, headers={"X-HTTP-Method-Override": method})


HEADERS = [
    ("Accept", "nonsense"),
    ("Accept", "application/json; indent=99999999999"),
    ("Accept", "a/b," * 2_000),
    ("Accept-Language", "../../etc"),
    ("Accept-Language", "x" * 5_000),
    ("Authorization", "Basic !!!"),
    ("Authorization", "Basic AGEAYg=="),
    ("Authorization", "JWT a.b.c"),
    ("Authorization", "Bearer x"),
    ("Cookie", "sessionid=\x00; edx-jwt-cookie=x"),
    ("X-CSRFToken", "\x00"),
    ("Content-Length", "-1"),
    ("Content-Length", "x"),
    ("Content-Length", "9" * 5_000),
]


@pytest.mark.parametrize("send", ["admin"], indirect=True)  # who gets furthest in
def test_headers_that_are_none(send: Send) -> None:
    for name, value in HEADERS:
        for path, methods in PATHS.items():
            for method in methods:
                if method in ("GET", "PUT"):
                    send(method, path, b"" if method == "GET" else b"[]", headers={name: value})


# --- Too much ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("narrow", [False, True], ids=["as on the platform", "a site with limits of its own"])
def test_what_is_too_large_is_refused_unread(
    narrow: bool, rest: Api, client: Client, library: Library, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000 if narrow else None
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10 if narrow else None
    text = library.component()
    size = 2_000 if narrow else MAX_BODY
    for method, path in (("put", entity(text, "review/")), ("post", MANY), ("post", PUBLISH), ("patch", LIBRARY)):
        body = json.dumps({"note": "x" * size})
        assert rest(method, path, status=413, data=body, content_type="application/json")["code"] == "too_large"
    if narrow:
        many = "&".join(f"key=x{n}" for n in range(11))
        assert rest("get", f"{V1}entities/?{many}", status=413)["code"] == "too_large"
    response = Client().put(entity(text), b"x" * (size + 1), "application/json")
    assert response.status_code == 413  # before it is asked who that is


def test_as_much_as_makes_sense_is_not_too_large(rest: Api, library: Library) -> None:
    """A thousand of the longest keys that there are in a library, and the longest note, with every letter escaped."""
    items = [{"key": f"lb:Test:Gated:html:{n:0500}", "draft_change_log_record_id": 2**63 - 1} for n in range(1_000)]
    assert rest("post", MANY, {"items": items, "note": "💥" * 10_000}, status=409)["code"] == "unknown_keys"


@pytest.mark.parametrize("name", ["key", "version"])
@pytest.mark.parametrize("number", [101, 20_000])
def test_too_many_keys_are_refused_unread(name: str, number: int, rest: Api, library: Library, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None  # as on the platform
    path = f"{V1}entities/" if name == "key" else f"{V1}entities/versions/"
    many = "&".join(f"{name}=lb:Test:Gated:html:x{n}@1" for n in range(number))
    answer = rest("get", f"{path}?{many}", status=400)
    assert (answer["code"], list(answer["details"])) == ("invalid", [name])
