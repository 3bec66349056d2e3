"""
People who mean no good, for tests: what they send, to where, and what must not come of it.

A library that is hidden from all of them but the admin, and one in which one of them may do everything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from openedx_content.models_api import Component

from sample_plugin.reviews import api

from .authz import assign
from .content import Library
from .rest import V1

# Texts as they come in addresses, queries and bodies, each for somebody who reads them: databases, templates, browsers,
# Python, opaque-keys, terminals.
TEXTS = [
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\x7f\x85\u2028",
    "\r\nSet-Cookie: a=b",
    "salt\n",
    "💥",
    "sält",
    "ſalt",
    "\u202egnp.exe",
    "\U0010ffff",
    "x" * 3_000,
    "' OR 1=1 -- ",
    '") OR ("1"="1',
    "'; DROP TABLE auth_user; -- ",
    "%",
    "%s%(a)s",
    "\\'",
    "{{7*7}}",
    "{% debug %}",
    "{0.__class__.__init__.__globals__}",
    "<script>alert(1)<script>",
    "-1",
    "9" * 30,
    "course-v1:a+b+c",
    "entity__learning_package__title",
]

# What is no text, as it comes in JSON.
VALUES = [
    *("null", "[]", "[[]]", "[null]", "{}", '{"pk": 1}', '{"__proto__": {}}', "[" * 900 + "]" * 900),
    *("-1", "1.5", "1e400", "-1e400", "NaN", "Infinity", "-Infinity", "9" * 400, "9" * 5_000),
    *(str(2**31), str(2**63 - 1), str(2**63), str(-(2**64))),
    *(r'"\ud800"', r'"\udc00\ud800"', r'"\u0000"', r'"a\ud83d"'),
]

CONTENT_TYPES = [
    "application/json",
    "application/json; charset=utf-16",
    "application/json; charset=zlib",
    "application/json; charset=rot13",
    "application/json; charset=nonsense",
    "application/merge-patch+json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/plain",
    "nonsense",
    "",
]

HIDDEN, MINE = "lib:Test:Hidden", "lib:Test:Mine"
UNKNOWN = "00000000-0000-0000-0000-000000000000"

type Send = Callable[..., HttpResponse]

# All texts in all places are thousands of requests. "make test" sends every eleventh, so that each place meets some of
# the texts and each text some of the places; "make fuzz" sends all.
STEP = int(os.environ.get("HOSTILE_STEP", "11"))


@dataclass
class Scene:
    """What there is to attack, and what would be a leak."""

    hidden: Component
    mine: Component
    secrets: list[str]


@pytest.fixture(name="scene")
def _scene(author: User, reviewer: User, settings: Any) -> Scene:
    """Two libraries with something in them: nobody may view the one but its author and the admin."""
    settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE = "100000/second"
    User.objects.filter(pk=author.pk).update(username="author-zyx")
    hidden, mine = Library.create(HIDDEN, author.pk), Library.create(MINE)
    secret = hidden.component("salt", title="Secret-zyx", media={"block.xml": b"zyx", "static/salt.png": b"zyx"})
    hidden.unit(secret, title="Secret-zyx")
    api.mark_reviewed(secret.id, reviewer_id=reviewer.pk, note="Noted-zyx")
    hidden.component("yeast", title="Secret-zyx")
    return Scene(hidden=secret, mine=mine.component("salt", title="Mine"), secrets=["zyx", "unit-"])


def log_in(who: str) -> Client:
    """Return somebody's browser, which shows a 500 instead of raising what is behind it."""
    client = Client(raise_request_exception=False)
    if who != "anonymous":
        user = User.objects.create_user(who.replace(" ", "-"), is_superuser=who == "admin")
        if who == "admin elsewhere":
            assign(user, "library_admin", MINE)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sender(client: Client, who: str, secrets: list[str]) -> Send:
    """Return a function that sends a request, and sees to it that the answer is no 500, in order, and tells nothing."""

    def send(method: str, path: str, body: Any = b"", content_type: str = "application/json", **kw: Any) -> Any:
        if not isinstance(body, str | bytes):
            body = json.dumps(body)
        response = client.generic(method.upper(), V1 + path, body, content_type, **kw)
        # An error marks the transaction for rollback: on the platform the request's, here the test's.
        if connection.in_atomic_block:
            transaction.set_rollback(False)
        sent = f"{method} {path[:200]} {body[:200]!r}"
        assert response.status_code < 500, sent
        if response.status_code >= 400 and method != "HEAD":
            assert response["Content-Type"] == "application/json", sent
            answer = response.json()
            assert set(answer) == {"code", "detail", "details"}, sent
            assert answer["code"], sent
            assert answer["detail"], sent
        if who != "admin":
            assert not [secret for secret in secrets if secret in response.content.decode()], sent
        return response

    return send


def some_of(send: Callable[..., Any]) -> Callable[..., None]:
    """Return a function that sends every ``STEP``-th of the requests that it is given."""
    turns = cycle(range(STEP))

    def send_some(*args: Any, **kwargs: Any) -> None:
        if next(turns) == 0:
            send(*args, **kwargs)

    return send_some


def escaped(text: str) -> str:
    """Return the text as a part of an address."""
    return quote(text, safe="", errors="surrogatepass")
