"""What people write to a review: kept as it is if it is text, and shown as text, never as anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from openedx_content.models_api import PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, draft_record
from .rest import MANY, PUBLISH, Api, entity, key, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_core]

type Review = Callable[..., None]

TEXTS = [
    pytest.param("First line\nsecond line\r\n\tand a tab", id="lines and tabs"),
    pytest.param("Süßes & Salziges – 100 % „gut“", id="letters and signs"),
    pytest.param("💥👩\u200d👩\u200d👧\u200d👦", id="emoji"),
    pytest.param("e\u0301 \u00e9 \ufb01 ſ", id="not normalized"),
    pytest.param("abc\u202egnp.exe\u202c \u2066x\u2069", id="turned around"),
    pytest.param("\ufeff\u200b\u00a0\u2028\uffff\U0010ffff", id="invisible"),
    pytest.param("<script>alert(1)</script><img src=x onerror=alert(1)>", id="markup"),
    pytest.param("{{1234567*9}} {% debug %} ${1234567*9} #{1234567*9} %(a)s {0.__class__}", id="templates"),
    pytest.param("'; DROP TABLE auth_user; -- \\' \\", id="SQL"),
]
CONTROL_CHARACTERS = ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"]


@pytest.mark.parametrize("note", TEXTS)
def test_a_note_comes_back_as_it_was_sent(note: str, rest: Api, library: Library) -> None:
    one, two = library.component(), library.component()
    [given] = rest("put", entity(one, "review/"), {**seen(one), "note": note})["reviews"]
    rest("post", MANY, {"items": [{"key": key(two), **seen(two)}], "note": note})
    [listed] = rest("get", entity(two, "reviews/"))["results"]
    stripped = note.strip()  # as in every form
    assert (given["note"], listed["note"]) == (stripped, stripped)
    assert {review.note for review in ReviewedStatus.objects.all()} == {stripped}


@pytest.mark.parametrize("character", CONTROL_CHARACTERS)
def test_a_note_with_a_control_character_is_refused(character: str, rest: Api, library: Library) -> None:
    text = library.component()
    note = f"ab{character}cd"
    for method, path, body in (
        ("put", entity(text, "review/"), seen(text)),
        ("post", MANY, {"items": [{"key": key(text), **seen(text)}]}),
    ):
        answer = rest(method, path, {**body, "note": note}, status=400)
        assert (answer["code"], list(answer["details"])) == ("invalid", ["note"])
    assert not ReviewedStatus.objects.exists()


@pytest.mark.parametrize("character", [*CONTROL_CHARACTERS, "\ud800"])
def test_in_python_such_a_note_is_refused_too_with_the_place(
    character: str, library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    note = f"ab{character}cd"
    record = draft_record(text)
    for mark in (
        lambda: api.mark_reviewed(text.id, reviewer_id=reviewer.pk, note=note),
        lambda: api.mark_change_log_reviewed(record.draft_change_log_id, reviewer_id=reviewer.pk, note=note),
        lambda: api.mark_many_reviewed({text.id: record.pk}, reviewer_id=reviewer.pk, note=note),
    ):
        with pytest.raises(ValidationError) as refusal:
            mark()
        sentence = f"Only text, line breaks and tabs can be kept; character 3 is U+{ord(character):04X}."
        assert refusal.value.message_dict == {"note": [sentence]}
    assert not ReviewedStatus.objects.exists()


@pytest.mark.parametrize("character", CONTROL_CHARACTERS)
@pytest.mark.django_db(transaction=True)
def test_so_is_a_message_with_a_control_character(
    character: str, rest: Api, library: Library, review: Review, settings: Any
) -> None:
    review(library.component())
    for background_from in (500, 1):
        settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = background_from
        answer = rest("post", PUBLISH, {"message": f"ab{character}cd"}, status=400)
        assert (answer["code"], list(answer["details"])) == ("invalid", ["message"])
    assert not PublishLog.objects.exists()


@pytest.mark.parametrize("note", [r'"\ud800"', r'"a\udc00\ud800b"', r'"\ud83d"'])
def test_half_a_character_is_refused(note: str, rest: Api, library: Library) -> None:
    text = library.component()
    body = f'{{"draft_change_log_record_id": {draft_record(text).pk}, "note": {note}}}'
    answer = rest("put", entity(text, "review/"), status=400, data=body, content_type="application/json")
    assert list(answer["details"]) == ["note"]
    assert not ReviewedStatus.objects.exists()


def _url(model: str, page: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:sample_plugin_reviews_{model}_{page}", args=args)


def _shows_no_markup(html: str) -> None:
    # (The admin has scripts of its own, but none that alert.)
    for wrong in ("<script>alert", "<img src=x", "<b>bold", str(1234567 * 9)):
        assert wrong not in html


@pytest.mark.parametrize("text", TEXTS)
def test_in_the_admin_it_is_shown_as_text(
    text: str, admin_client: Client, library: Library, reviewer: User, author: User
) -> None:
    """On lists, pages, in messages, in the history of a row, and where something is looked for."""
    User.objects.filter(pk=author.pk).update(first_name="<b>bold", last_name="{{1234567*9}}")
    title = text[:100]
    item = library.component(title=title)
    given = api.mark_reviewed(item.id, reviewer_id=reviewer.pk, note=text)
    library.component(title=title)
    with api.bypass_review(reason=text, user_id=reviewer.pk):
        bypass = library.publish().review_judgement
    waiting = library.component(title=title)
    pages = [
        _url("reviewedstatus"),
        _url("reviewedstatus", "change", given.pk),
        _url("reviewedstatus", "history", given.pk),
        _url("draftchange"),
        _url("draftchange", "change", draft_record(waiting).pk),
        _url("publishjudgement"),
        _url("publishjudgement", "change", bypass.pk),
    ]
    pages += [
        f"{_url(model)}?{urlencode({'q': text})}" for model in ("reviewedstatus", "draftchange", "publishjudgement")
    ]
    for page in pages:
        response = admin_client.get(page)
        assert response.status_code == 200, page
        _shows_no_markup(response.content.decode())
    shown = admin_client.get(_url("reviewedstatus", "change", given.pk)).content.decode()
    assert escape(text.replace("\r\n", "\n")) in shown.replace("<br>", "\n").replace("\r\n", "\n")
    action = {"action": "withdraw_review", "_selected_action": [draft_record(waiting).pk]}
    _shows_no_markup(admin_client.post(_url("draftchange"), action, follow=True).content.decode())


def test_a_note_in_an_answer_cannot_end_a_script(rest: Api, client: Client, library: Library) -> None:
    """Answers are JSON and say so, and no browser may take them for anything else."""
    text = library.component()
    rest("put", entity(text, "review/"), {**seen(text), "note": "</script><script>alert(1)</script>"})
    response = client.get(entity(text))
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert json.loads(response.content)["reviews"][0]["note"].startswith("</script>")
