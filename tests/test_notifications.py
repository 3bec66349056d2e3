"""People are told by mail: once, about what others did, and only what they may see and still need to know."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from sample_plugin.conversations import api as conversations_api
from sample_plugin.notifications import api
from sample_plugin.notifications.models import DropReason, Notification, State
from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.models import ReviewRequest
from sample_plugin.reviews.rules import CAN_VIEW
from sample_plugin.reviews.signals import REVIEW_REQUESTED

from .content import Library, make_live
from .mail_server import MailServer, running, without_marks
from .rest import Api
from .test_permissions import LIBRARY_TABLE, _other_library, _person  # noqa: F401, fixtures
from .translations import translated, untranslated

pytestmark = [pytest.mark.django_db, pytest.mark.any_core]

ROOT = Path(__file__).parents[1]
STUDIO = "https://studio.example.com/authoring"


@pytest.fixture(autouse=True)
def _people_with_addresses(author: User, reviewer: User, other_reviewer: User, settings: Any) -> None:
    """All of them may see and review every library, and have an address."""
    for person in (author, reviewer, other_reviewer):
        User.objects.filter(pk=person.pk).update(is_staff=True, email=f"{person.username}@example.com")
    settings.COURSE_AUTHORING_MICROFRONTEND_URL = STUDIO
    settings.DEFAULT_FROM_EMAIL = "studio@example.com"


@pytest.fixture(name="commit")
def _commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A function that gives a block after which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(name="mail_server")
def _mail_server(settings: Any) -> Iterator[MailServer]:
    """A mail server to which Django sends."""
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def told() -> list[tuple[str, str]]:
    """Return to whom each mail went, and its subject."""
    return [(one.to[0], without_marks(str(one.subject))) for one in mail.outbox]


def test_a_request_for_many_reviews_is_one_mail_that_a_mail_server_takes(
    library: Library, author: User, reviewer: User, mail_server: MailServer, commit: Any
) -> None:
    salt, rye = library.component("salt", title="Salt \u202e& <i>"), library.component("rye", title="Rye\nflour")
    events: list[dict[str, Any]] = []

    def receive(signal: Any, sender: Any, **kwargs: Any) -> None:
        events.append(kwargs)

    REVIEW_REQUESTED.connect(receive)
    with commit():
        reviews_api.request_many_reviews(
            [salt.id, rye.id],
            requested_by_id=author.pk,
            reviewer_ids=[reviewer.pk],
            message="<b>Now</b>\nWeek 1",
            due=date(2126, 12, 24),
        )
    REVIEW_REQUESTED.disconnect(receive)
    [event] = events
    with commit():
        # An event bus may deliver an event twice.
        REVIEW_REQUESTED.send_event(**{name: event[name] for name in ("learning_package", "requested_by", "requests")})
    [message] = mail_server.mails
    assert mail_server.told == [("reviewer@example.com", "author asks you to review 2 changes by Dec. 24, 2126")]
    assert (message["From"], message["Auto-Submitted"]) == ("studio@example.com", "auto-generated")
    notification = Notification.objects.get(kind=api.Kind.REVIEW_REQUESTED)
    assert message["Message-ID"] == f"<{notification.mail}@example.com>"
    assert notification.state == State.SENT
    plain, html = (str(part.get_content()) for part in message.iter_parts())
    change = f"{STUDIO}/library/lib:Test:Gated?reviews=all&reviews-whose=all"
    assert plain.rstrip().splitlines() == [
        "\u2068author\u2069 asks you to review 2 changes by Dec. 24, 2126",
        "\u2068Library lib:Test:Gated\u2069",
        "",
        "> <b>Now</b>",
        "> Week 1",
        "",
        "* \u2068Salt ⟨U+202E⟩& <i>\u2069",
        f"  {change}&reviews-change=lb:Test:Gated:html:salt",
        "* \u2068Rye flour\u2069",
        f"  {change}&reviews-change=lb:Test:Gated:html:rye",
        "",
        change,
        "",
        f"Choose what you are told by e-mail: {STUDIO}/home?reviews=mine",
    ]
    assert "&lt;b&gt;Now&lt;/b&gt;" in html
    assert "⟨U+202E⟩&amp; &lt;i&gt;" in html
    assert f'href="{change}&reviews-change=lb:Test:Gated:html:salt"'.replace("&", "&amp;") in html


def test_each_person_is_told_what_the_others_did(
    library: Library, author: User, reviewer: User, other_reviewer: User, commit: Any
) -> None:
    text = library.component(title="Salt")
    with commit():
        reviews_api.request_review(text.id, requested_by_id=author.pk, reviewer_ids=[reviewer.pk])
    with commit():
        asked = conversations_api.start_conversation(text.id, author_id=reviewer.pk, body="How much?")
        conversations_api.reply(asked.pk, author_id=author.pk, body="10 g")
        conversations_api.reply(asked.pk, author_id=reviewer.pk, body="Per kilo?")
    # Answers can wait for other mails, but not for long.
    assert told()[1:] == []
    Notification.objects.filter(person=reviewer).update(send_after=datetime.now(tz=timezone.utc))
    call_command("reviews_notify")
    with commit():
        reviews_api.request_changes(text.id, reviewer_id=reviewer.pk, note="Say how much")
    library.edit(text, "Sea salt", by=other_reviewer.pk)
    with commit():
        reviews_api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    with commit():
        library.publish(text, published_by=reviewer.pk)
    assert told() == [
        ("reviewer@example.com", "author asks you to review “Salt”"),
        ("reviewer@example.com", "author answered in a conversation about “Salt”"),
        ("author@example.com", "reviewer requests changes to “Salt”, and 1 other notification"),
        ("author@example.com", "The change to “Sea salt” is reviewed"),
        ("other-reviewer@example.com", "The change to “Sea salt” is reviewed"),
        ("author@example.com", "The change to “Sea salt” is published"),
        ("other-reviewer@example.com", "The change to “Sea salt” is published"),
    ]
    assert re.findall(r"^> (.+)", str(mail.outbox[2].body), re.MULTILINE) == ["Say how much", "Per kilo?"]


def test_a_change_that_needs_two_reviews_is_not_yet_reviewed(library: Library, reviewer: User, commit: Any) -> None:
    reviews_api.set_required_reviewers(library.package.id, 2, changed_by=None)
    with commit():
        reviews_api.mark_reviewed(library.component().id, reviewer_id=reviewer.pk)
    assert told() == []


def test_a_publish_is_told_to_those_who_changed_something_since_the_last_one(
    library: Library, author: User, reviewer: User, other_reviewer: User, commit: Any
) -> None:
    text = library.component(title="Salt")
    make_live(library)
    library.edit(text, "Sea salt", by=other_reviewer.pk)
    library.unit(text)  # its change is not published
    with commit(), reviews_api.bypass_review(reason="At once"):
        library.publish(text)
    assert told() == [("other-reviewer@example.com", "The change to “Sea salt” is published")]


def test_the_daily_mail_has_everything_once_and_nothing_that_is_over_or_hidden(
    library: Library, author: User, reviewer: User, commit: Any
) -> None:
    kept, withdrawn, deleted = (library.component(title=title) for title in ("Salt", "Rye", "Oats"))
    api.set_timings(author.pk, {kind.value: "daily" for kind in api.Kind})
    api.set_timings(reviewer.pk, {"answered": "off"})
    with commit():
        for item in (kept, withdrawn):
            reviews_api.request_changes(item.id, reviewer_id=reviewer.pk, note="More")
        asked = conversations_api.start_conversation(deleted.id, author_id=author.pk, body="How much?")
        answers = [
            conversations_api.reply(asked.pk, author_id=reviewer.pk, body=body) for body in ("10 g", "11 g", "12 g")
        ]
        conversations_api.reply(asked.pk, author_id=author.pk, body="Why?")
    reviews_api.withdraw_review(withdrawn.id, reviewer_id=reviewer.pk)
    conversations_api.delete_comment(answers[0].pk, author_id=reviewer.pk)
    call_command("reviews_notify")
    assert told() == []
    for _ in range(2):
        call_command("reviews_notify", "--digest")
    assert told() == [("author@example.com", "reviewer requests changes to “Salt”, and 2 other notifications")]
    assert re.findall(r"“(.+)”|> (\w+)", without_marks(str(mail.outbox[0].body))) == [
        ("Salt", ""),
        ("", "More"),
        ("Oats", ""),
        ("", "11"),
        ("Oats", ""),
        ("", "12"),
    ]
    assert reasons() == [DropReason.OVER, DropReason.OVER, DropReason.SWITCHED_OFF]


def reasons() -> list[str]:
    """Return why notifications were dropped."""
    return sorted(Notification.objects.filter(state=State.DROPPED).values_list("dropped_because", flat=True))


def test_a_person_who_may_not_see_the_library_any_more_gets_no_mail(
    library: Library, author: User, reviewer: User, other_reviewer: User, settings: Any, commit: Any
) -> None:
    settings.SAMPLE_PLUGIN_NOTIFICATIONS_TIMING = "daily"
    people = [reviewer, other_reviewer]
    with commit():
        reviews_api.request_review(
            library.component().id, requested_by_id=author.pk, reviewer_ids=[person.pk for person in people]
        )
    User.objects.filter(pk=reviewer.pk).update(is_staff=False)
    User.objects.filter(pk=other_reviewer.pk).update(is_active=False)
    api.send_waiting(digest=True)
    assert told() == []
    assert reasons() == [DropReason.NO_ADDRESS, DropReason.NO_PERMISSION]


@pytest.mark.parametrize("name", [name for name in LIBRARY_TABLE if name != "anonymous"])
def test_who_may_see_a_library_is_told_about_it_and_about_no_other(
    name: str, person: Callable[[str], Any], library: Library, other_library: Library, author: User, commit: Any
) -> None:
    user = person(name)
    User.objects.filter(pk=user.pk).update(email="person@example.com")
    for place in (library, other_library):
        asked = conversations_api.start_conversation(place.component().id, author_id=user.pk, body="Why?")
        with commit():
            conversations_api.reply(asked.pk, author_id=author.pk, body="So")
    Notification.objects.update(send_after=datetime.now(tz=timezone.utc))
    api.send_waiting()
    may_see = CAN_VIEW in LIBRARY_TABLE[name]
    may_see_other = name in ("global staff", "superuser") or (name == "admin elsewhere" and not may_see)
    said = "".join(str(message.body) for message in mail.outbox)
    assert (library.package.title in said, other_library.package.title in said) == (may_see, may_see_other)


def test_on_the_day_before_a_review_is_due_those_who_have_not_reviewed_are_told(
    library: Library, author: User, reviewer: User, other_reviewer: User, commit: Any
) -> None:
    today = datetime.now(tz=timezone.utc).date()
    text = library.component(title="Salt")
    people = [reviewer.pk, other_reviewer.pk]
    with commit():
        reviews_api.request_review(
            text.id, requested_by_id=author.pk, reviewer_ids=people, due=today + timedelta(days=9)
        )
        reviews_api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    mail.outbox.clear()
    call_command("reviews_notify")
    assert told() == []
    # Eight days later.
    ReviewRequest.objects.update(due=today + timedelta(days=1))
    Notification.objects.filter(kind=api.Kind.DUE_TOMORROW).update(
        send_after=datetime.combine(today, time.min, tzinfo=timezone.utc)
    )
    for _ in range(2):
        call_command("reviews_notify")
    [(address, subject)] = told()
    assert address == "reviewer@example.com"
    assert subject.startswith("Your review of “Salt” is due on ")


def test_a_site_can_switch_off_kinds(library: Library, reviewer: User, settings: Any, commit: Any) -> None:
    settings.SAMPLE_PLUGIN_NOTIFICATIONS_KINDS = ["reviewed"]
    with commit():
        reviews_api.request_changes(library.component().id, reviewer_id=reviewer.pk, note="More")
    assert not Notification.objects.exists()
    assert api.get_timings(reviewer.pk) == {"reviewed": "immediately"}


def test_a_mail_that_no_server_takes_stays_in_the_outbox(
    library: Library, reviewer: User, settings: Any, mail_server: MailServer, commit: Any
) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    with commit():
        reviews_api.request_changes(library.component(title="Salt").id, reviewer_id=reviewer.pk, note="More")
    with pytest.raises(CommandError, match=r"could not be reached\. In the outbox: 1\."):
        call_command("reviews_notify")
    settings.EMAIL_PORT = mail_server.port
    call_command("reviews_notify")
    assert mail_server.told == [("author@example.com", "reviewer requests changes to “Salt”")]


@pytest.mark.once
def test_a_process_that_is_killed_after_sending_sends_nothing_twice(
    library: Library, author: User, reviewer: User, tmp_path: Path
) -> None:
    """
    Killed when the mail server has taken the mail, and before that is recorded.

    The processes work on a copy of the test's database.
    """
    reviews_api.request_changes(library.component(title="Salt").id, reviewer_id=reviewer.pk, note="More")
    verdict = reviews_api.get_reviews(library.package.publishable_entities.get().pk).get()
    Notification.objects.create(
        person=author,
        kind=api.Kind.CHANGES_REQUESTED,
        cause_id=verdict.pk,
        learning_package=library.package,
        entity_ids=[verdict.entity_id],
        send_after=datetime.now(tz=timezone.utc),
    )
    (tmp_path / "workbench.sqlite3").write_bytes(connection.connection.serialize())
    again = (
        "from django.core.management import call_command as call; "
        "from sample_plugin.notifications.models import Notification as N; "
        "call('reviews_notify', '--again'); "  # it may still be on its way
        "N.objects.update(handed_over_at='2026-01-01T00:00Z'); "
        "call('reviews_notify'); call('reviews_notify', '--again'); call('reviews_notify', '--again'); "
        "print(N.objects.get().state)"
    )
    with running() as server:
        first = start("reviews_notify", server=server, folder=tmp_path)
        server.on_quit = lambda: os.kill(first.pid, signal.SIGKILL)
        assert first.wait(timeout=60) == -signal.SIGKILL
        assert len(server.mails) == 1
        server.on_quit = lambda: None
        second = start("shell", "--no-imports", "--command", again, server=server, folder=tmp_path)
        out, err = second.communicate(timeout=60)
    # Nothing is sent a second time by itself; then once, because an operator asks for it.
    assert out.split("\n") == [
        *("Sent: 0.", "Sent again: 0."),
        "Sent: 0.",
        *("Sent: 0.", "Sent again: 1."),
        *("Sent: 0.", "Sent again: 0."),
        *("sent", ""),
    ], err
    assert "Unclear: 1. The mail server may have these mails, or not" in err
    assert len({message["Message-ID"] for message in server.mails}) == 1
    assert len(server.mails) == 2


def start(*args: str, server: MailServer, folder: Path) -> subprocess.Popen[str]:
    """Start a command in a process of its own, with this mail server and this folder for its database."""
    (folder / "cms.yml").write_text(
        "EMAIL_BACKEND: django.core.mail.backends.smtp.EmailBackend\n"
        f"EMAIL_HOST: 127.0.0.1\nEMAIL_PORT: {server.port}\n",
        encoding="utf-8",
    )
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    env |= {"WORKBENCH_VAR": str(folder), "WORKBENCH_YAML": str(folder / "cms.yml")}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", *args],
        env=env,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_mail_is_in_one_language(library: Library, reviewer: User, commit: Any) -> None:
    item = library.component(title="Salt")
    with translated(), commit():
        reviews_api.request_changes(item.id, reviewer_id=reviewer.pk, note="More")
    [message] = mail.outbox
    assert untranslated(str(message.subject)) == ["reviewer", "Salt"]
    assert set(untranslated(str(message.body).partition("https")[0])) <= {"reviewer", "Salt", "Library", "lib"} | {
        *("Test", "Gated", "More")
    }


def test_a_person_decides_when_to_be_told(rest: Api, reviewer: User) -> None:
    me = "/api/sample-plugin/notifications/v1/me/"
    everything = dict.fromkeys(api.Kind.values, "immediately")
    assert rest("get", me) == everything
    assert rest("patch", me, {"answered": "daily"}) == everything | {"answered": "daily"}
    assert rest("patch", me, {}) == everything | {"answered": "daily"}
    assert rest("patch", me, {"answered": "weekly"}, status=400)["details"].keys() == {"answered"}
    assert api.get_timings(reviewer.pk)["answered"] == api.Timing.DAILY


def test_a_check_reports_settings_without_effect(settings: Any) -> None:
    settings.SAMPLE_PLUGIN_NOTIFICATIONS_KINDS = ["reviewed", "approved"]
    settings.SAMPLE_PLUGIN_NOTIFICATIONS_TIMING = False
    ours = [str(found.msg) for found in run_checks() if str(found.id).startswith("sample_plugin_notifications")]
    assert [text.partition(":")[0] for text in ours] == [
        "SAMPLE_PLUGIN_NOTIFICATIONS_KINDS has unknown names",
        "SAMPLE_PLUGIN_NOTIFICATIONS_TIMING is False",
    ]
