"""Where utf8mb3 is the default of a MySQL or MariaDB: notes and reasons are stored whole, or the operator is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.transaction import atomic
from openedx_content.models_api import LearningPackage
from user_tasks.models import UserTaskArtifact, UserTaskStatus

from sample_plugin.conversations import api as conversations_api
from sample_plugin.reviews import api, tasks
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.models import PublishJudgement, ReviewedStatus

from .content import Library, draft_record

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.essential,
    pytest.mark.skipif(connection.vendor != "mysql", reason="Other databases have one character set."),
]

WORDS = "More salt 🧂"
APPS = [
    "sample_plugin_reviews",
    "sample_plugin_conversations",
    "sample_plugin_notifications",
    "sample_plugin_reviewed_by",
]
OURS = "sample_plugin_reviews_reviewedstatus"
THEIRS = ("user_tasks_usertaskstatus", "user_tasks_usertaskartifact")


def execute(*statements: str) -> None:
    """Run these statements."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def make_tables(charset: str) -> None:
    """Make this the database's default, and all our tables and those of django-user-tasks anew with it."""
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    execute(
        f"ALTER DATABASE {name} CHARACTER SET {charset}",
        *(f"ALTER TABLE {table} CONVERT TO CHARACTER SET {charset}" for table in THEIRS),
    )
    for app in APPS:
        call_command("migrate", app, verbosity=0)


@pytest.fixture(autouse=True, scope="module")
def _utf8mb3(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables, as an older server would have made them. Each way takes ten seconds, so it is gone once."""
    with django_db_blocker.unblock():
        make_tables("utf8mb3")
        yield
        UserTaskStatus.objects.all().delete()
        make_tables("utf8mb4")


@pytest.fixture
def _narrow_columns(transactional_db: None) -> Iterator[None]:
    """Our columns cannot store every character, whatever the migrations say."""
    execute(f"ALTER TABLE {OURS} CONVERT TO CHARACTER SET utf8mb3")
    yield
    call_command("migrate", "sample_plugin_reviews", "zero", verbosity=0)
    call_command("migrate", "sample_plugin_reviews", verbosity=0)


def told() -> list[str]:
    """Return what the check of the database says about our columns."""
    messages = run_checks(databases=["default"])
    return [message.msg for message in messages if message.id == "sample_plugin_reviews.W011"]


def test_notes_and_reasons_are_stored_whole(library: Library, reviewer: User, author: User) -> None:
    text = library.component()
    request = api.request_changes(text.id, reviewer_id=reviewer.pk, note=WORDS)
    api.dismiss_request(request.pk, dismissed_by_id=author.pk, reason=WORDS)
    with api.bypass_review(reason=WORDS):
        library.publish()
    stored = ReviewedStatus.objects.get()
    assert (stored.note, stored.withdrawn_reason, PublishJudgement.objects.get().reason) == (WORDS, WORDS, WORDS)
    assert told() == []
    # On the way back they stay.
    call_command("migrate", "sample_plugin_reviews", "0005", verbosity=0)
    stored.refresh_from_db()
    assert stored.note == WORDS
    call_command("migrate", "sample_plugin_reviews", verbosity=0)


def test_a_comment_and_the_place_of_its_conversation_are_stored_whole(library: Library, reviewer: User) -> None:
    text = library.component(media={"block.xml": WORDS.encode()})
    started = conversations_api.start_conversation(
        text.id, author_id=reviewer.pk, body=WORDS, about=conversations_api.Line(1)
    )
    stored = conversations_api.get_conversations(text.id).get(pk=started.pk)
    assert (stored.comments.get().body, stored.get_anchor().text) == (WORDS, WORDS)


@pytest.mark.usefixtures("_narrow_columns")
def test_a_check_tells_of_columns_that_cannot_store_every_character() -> None:
    assert [text.partition(":")[0] for text in told()] == [
        f"The character set of {OURS}.note is utf8mb3",
        f"The character set of {OURS}.withdrawn_reason is utf8mb3",
    ]


@pytest.mark.usefixtures("_narrow_columns")
def test_a_note_that_cannot_be_stored_whole_is_refused(library: Library, reviewer: User) -> None:
    text = library.component()
    changes: dict[Any, int] = {text.id: draft_record(text).pk}
    with pytest.raises(DatabaseError), atomic():
        api.mark_many_reviewed(changes, reviewer_id=reviewer.pk, note=WORDS)
    assert not ReviewedStatus.objects.exists()


def test_a_library_with_an_emoji_in_its_title_is_published_in_the_background(library: Library, reviewer: User) -> None:
    LearningPackage.objects.update(title="Bread 🍞")
    text = library.component(title=WORDS)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    done = api.publish_reviewed_items_in_background(library.package.id, user_id=reviewer.pk)
    done = api.get_background_publish(library.package.id, done.id)
    assert done.result is not None
    assert [item.title for item in done.result.published] == [WORDS]
    # Its columns are not ours: what they cannot store is replaced.
    assert UserTaskStatus.objects.get().name == "Publishing reviewed items in “Bread \ufffd”"


def test_a_veto_with_an_emoji_in_it_is_told_whole(library: Library, reviewer: User, settings: Any) -> None:
    settings.OPEN_EDX_FILTERS_CONFIG = {
        EntityPrePublish.filter_type: {"pipeline": ["tests.steps.NamesWhatItVetoes"], "fail_silently": False}
    }
    text = library.component(title=WORDS)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    done = tasks.run_publish(library.package.id, user_id=reviewer.pk)
    assert (done.state, done.error) == (api.BackgroundState.FAILED, f"Not on Sundays: {WORDS}")
    assert UserTaskArtifact.objects.get(name="Error").text == "Not on Sundays: More salt \ufffd"
