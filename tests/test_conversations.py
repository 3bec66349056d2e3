"""Conversations through the Python API: who writes what, what stays, and what a publish waits for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.checks import Tags, run_checks
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.models_api import Component, LearningPackage, PublishableEntityVersion, PublishLog

from sample_plugin.conversations import api, signals
from sample_plugin.conversations.exceptions import UnresolvedConversations
from sample_plugin.conversations.models import Comment, Conversation, ConversationPolicy, Resolution
from sample_plugin.conversations.settings import FILTER_TYPE, REVIEWS_STEP, STEP, configure_filter
from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.filters import EntityPrePublish

from .content import Item, Library, now, publish_state

pytestmark = [pytest.mark.django_db, pytest.mark.any_core]

OLX = b"""<problem>
<multiplechoiceresponse>
<label>Which <a href="https://example.com/flour">flour</a>?</label>
<choicegroup>
<choice correct="true">Rye</choice>
<choice correct="false">Wheat</choice>
</choicegroup>
</multiplechoiceresponse>
</problem>"""

type Start = Callable[..., Conversation]


@pytest.fixture(name="start")
def _start(reviewer: User) -> Start:
    """A function that starts a conversation as ``reviewer``."""

    def start(item: Item, body: str = "How much?", **kwargs: Any) -> Conversation:
        return api.start_conversation(item.id, author_id=reviewer.pk, body=body, **kwargs)

    return start


@pytest.fixture(name="problem")
def _problem(library: Library) -> Component:
    """A problem with a file."""
    return library.component(media={"block.xml": OLX, "static/rye.png": b"png"})


def words(conversation: Conversation) -> list[str]:
    """Return what is said in a conversation."""
    return [comment.body for comment in conversation.comments.all()]


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_a_conversation_is_about_the_version_that_its_author_saw(library: Library, start: Start) -> None:
    text = library.component()
    library.edit(text)
    seen = start(text, version_num=1)
    of_draft = start(text)
    library.delete(text)
    of_deletion = start(text)
    assert [one.version_num for one in (seen, of_draft, of_deletion)] == [1, 2, 0]
    library.set_draft(text, of_draft.version_id)
    for version_num in (0, 3):  # it is not deleted any more, and there is no third version
        with pytest.raises(PublishableEntityVersion.DoesNotExist):
            start(text, version_num=version_num)
    assert [*api.get_conversations(text.id)] == [of_deletion, of_draft, seen]


def test_a_call_that_is_repeated_writes_once(library: Library, start: Start, author: User) -> None:
    text = library.component()
    started = start(text)
    assert start(text) == started
    reply = api.reply(started.pk, author_id=author.pk, body=" 10 g\n")
    assert api.reply(started.pk, author_id=author.pk, body="10 g") == reply
    assert words(started) == ["How much?", "10 g"]
    # From here on it is another one: someone has answered.
    assert start(text) != started


def test_only_its_author_edits_and_deletes_a_comment_and_a_trace_stays(
    library: Library, start: Start, author: User, reviewer: User
) -> None:
    started = start(library.component())
    first = started.comments.get()
    for act in (
        lambda: api.edit_comment(first.pk, author_id=author.pk, body="No"),
        lambda: api.delete_comment(first.pk, author_id=author.pk),
    ):
        with pytest.raises(api.NotYourCommentError, match="Only its author"):
            act()
    assert api.edit_comment(first.pk, author_id=reviewer.pk, body="How much?").edited_at is None
    assert api.edit_comment(first.pk, author_id=reviewer.pk, body="How many grams?").edited_at
    api.delete_comment(first.pk, author_id=reviewer.pk)
    with pytest.raises(api.CommentDeletedError, match="You have deleted this comment"):
        api.edit_comment(first.pk, author_id=reviewer.pk, body="Again")
    trace = started.comments.get()
    assert (trace.body, trace.author, bool(trace.deleted_at)) == ("", reviewer, True)


def test_who_resolved_and_who_opened_it_again_stays_on_record(
    library: Library, start: Start, author: User, reviewer: User
) -> None:
    text = library.component()
    started = start(text)
    api.reopen(started.pk, reopened_by_id=author.pk)  # it is open
    first = api.resolve(started.pk, resolved_by_id=author.pk)
    assert api.resolve(started.pk, resolved_by_id=reviewer.pk) == first
    assert api.get_open_counts([text.id]) == {}
    api.reopen(started.pk, reopened_by_id=reviewer.pk)
    assert api.get_open_counts([text.id]) == {text.id: 1}
    api.resolve(started.pk, resolved_by_id=reviewer.pk)
    history = Resolution.objects.values_list("resolved_by", "reopened_by")
    assert [*history] == [(author.pk, reviewer.pk), (reviewer.pk, None)]


def test_what_a_deleted_account_wrote_stays(library: Library, start: Start, reviewer: User) -> None:
    text = library.component()
    started = start(text)
    api.resolve(started.pk, resolved_by_id=reviewer.pk)
    reviewer.delete()
    comment = Comment.objects.get()
    assert (comment.body, comment.author_id) == ("How much?", None)
    assert api.get_open_counts([text.id]) == {}
    with pytest.raises(api.NotYourCommentError):
        api.delete_comment(comment.pk, author_id=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (" \n", "Write a comment first."),
        ("x" * 10_001, "at most 10000 characters"),
        ("a\x1b", "character 2 is U+001B"),
        ("\ud800", "character 1 is U+D800"),
    ],
)
def test_what_is_no_text_is_refused(body: str, complaint: str, library: Library, start: Start, reviewer: User) -> None:
    text = library.component()
    started = start(text)
    for write in (
        lambda: start(text, body),
        lambda: api.reply(started.pk, author_id=reviewer.pk, body=body),
        lambda: api.edit_comment(started.comments.get().pk, author_id=reviewer.pk, body=body),
    ):
        with pytest.raises(ValidationError, match=re.escape(complaint)) as refusal:
            write()
        assert list(refusal.value.message_dict) == ["body"]
    assert words(started) == ["How much?"]


def test_reading_takes_the_same_number_of_queries_for_one_and_for_many(
    library: Library, start: Start, reviewer: User, author: User
) -> None:
    text = library.component(media={"block.xml": OLX, "static/rye.png": b"png"})

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            conversations = list(api.get_conversations(text.id))
            assert all(api.find_places(conversations).values())
        return len(captured)

    for about in (api.Line(1), api.Part("answer", "Rye"), api.File("static/rye.png")):
        start(text, about=about)
    with_three = queries()
    for n in range(5):
        more = start(text, f"And {n}?", about=api.Line(n + 1))
        api.reply(more.pk, author_id=author.pk, body="So much")
        api.resolve(more.pk, resolved_by_id=author.pk)
        api.reopen(more.pk, reopened_by_id=reviewer.pk)
    # Conversations, comments, authors, resolutions, two kinds of users; the draft, and one for each kind of place.
    assert (with_three, queries()) == (4 + 4, 6 + 4)


def test_the_acts_take_as_many_queries_as_their_docstrings_say(library: Library, start: Start, reviewer: User) -> None:
    child = library.component()
    unit = library.unit(child)
    start(unit)

    def queries(act: Callable[[], Any]) -> tuple[int, Any]:
        with CaptureQueriesContext(connection) as captured:
            result = act()
        # In a test, a transaction is a savepoint.
        return sum("SAVEPOINT" not in query["sql"] for query in captured), result

    most, started = queries(lambda: start(unit, version_num=1, about=api.Child(child.id)))
    replying, comment = queries(lambda: api.reply(started.pk, author_id=reviewer.pk, body="10 g"))
    assert (most, replying) == (10, 5)
    acts = {
        lambda: api.edit_comment(comment.pk, author_id=reviewer.pk, body="20 g"): 2,
        lambda: api.delete_comment(comment.pk, author_id=reviewer.pk): 2,
        lambda: api.resolve(started.pk, resolved_by_id=reviewer.pk): 5,
        lambda: api.reopen(started.pk, reopened_by_id=reviewer.pk): 5,
        lambda: api.get_open_counts([unit.id]): 1,
        lambda: api.is_resolution_required(library.package.id): 1,
        lambda: api.set_resolution_required(library.package.id, True, changed_by=reviewer.pk): 5,
    }
    assert [queries(act)[0] for act in acts] == [*acts.values()]


# --- Places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "text", "number"),
    [
        pytest.param(api.Line(5), '<choice correct="true">Rye</choice>', 5, id="a line"),
        pytest.param(api.Part("answer", "Rye"), "Rye", 3, id="an answer"),
        # The difference shows the address of a link only where the text is new.
        pytest.param(api.Part("question", "Which flour?"), "Which flour?", 2, id="a question with a link"),
        pytest.param(api.Part("question", "Which flour (https://example.com/flour)?"), "Which flour?", 2, id="new"),
        pytest.param(api.File("static/rye.png"), "static/rye.png", 2, id="a file"),
    ],
)
def test_a_place_is_found_in_later_versions_or_is_gone(
    about: Any, text: str, number: int, library: Library, problem: Component, start: Start
) -> None:
    first = problem.versioning.draft.pk
    started = start(problem, about=about)
    assert (started.get_anchor().text, started.get_anchor().number) == (text, number)
    assert api.find_places([started]) == {started.pk: number}
    moved = OLX.replace(b"<problem>", b'<problem display_name="Flour">\n')
    library.edit(problem, files={"block.xml": stored(library, moved), "static/a.png": stored(library, b"a")})
    assert api.find_places([started])[started.pk] == number + 1
    rewritten = moved.replace(b"Rye", b"Spelt").replace(b"Which", b"What")
    library.edit(problem, files={"block.xml": stored(library, rewritten), "static/rye.png": None})
    assert api.find_places([started]) == {started.pk: None}
    library.set_draft(problem, first)
    with reviews_api.bypass_review(reason="To begin with"):
        library.publish()
    assert api.find_places([started]) == {started.pk: number}
    library.delete(problem)
    assert api.find_places([started]) == {started.pk: None}


def stored(library: Library, data: bytes) -> int:
    """Return the id of a stored file with this content."""
    media_type = content_api.get_or_create_media_type("application/octet-stream")
    return content_api.get_or_create_file_media(library.package.id, media_type.id, data=data, created=now()).id


def test_a_child_is_found_where_it_is_listed(library: Library, start: Start) -> None:
    salt, yeast = library.component(), library.component()
    unit = library.unit(salt, yeast)
    started = start(unit, about=api.Child(yeast.id))
    library.edit(unit, entities=[yeast, salt])
    assert api.find_places([started]) == {started.pk: 1}
    library.edit(unit, entities=[salt])
    assert api.find_places([started]) == {started.pk: None}


@pytest.mark.parametrize(
    "about",
    [api.Line(0), api.Line(10), api.Part("answer", "Barley"), api.Part("hint", "Rye"), api.File("static/barley.png")],
)
def test_a_place_that_the_version_does_not_have_is_refused(about: Any, problem: Component, start: Start) -> None:
    with pytest.raises(ValidationError, match="This version has no such place"):
        start(problem, about=about)


# --- Publishing -------------------------------------------------------------------------------------------------------


@pytest.fixture(name="strict")
def _strict(ungated_library: Library, author: User) -> Library:
    """A library that requires no reviews, and that conversations are resolved."""
    api.set_resolution_required(ungated_library.package.id, True, changed_by=author.pk)
    return ungated_library


def test_a_change_with_an_open_conversation_cannot_be_published(strict: Library, start: Start, reviewer: User) -> None:
    salt, yeast = strict.component("salt", title="Salt"), strict.component(title="Yeast")
    unit = strict.unit(salt)
    conversations = [start(salt), start(salt, "Why?")]
    strict.publish(yeast)
    before = publish_state()
    with pytest.raises(EntityPrePublish.PreventPublish) as refusal:
        strict.publish(unit)
    assert publish_state() == before
    assert refusal.value.status_code == 409
    assert refusal.value.detail == {
        "code": "unresolved_conversations",
        "detail": "Nothing was published: 1 item has open conversations: “Salt”. Resolve them first.",
        "unresolved": [
            {
                "entity_id": salt.id,
                "entity_ref": "xblock.v1:html:salt",
                "title": "Salt",
                "key": "lb:Test:Ungated:html:salt",
                "open_count": 2,
            }
        ],
        "unresolved_count": 1,
    }
    for conversation in conversations:
        api.resolve(conversation.pk, resolved_by_id=reviewer.pk)
    strict.publish(unit)
    # Only something in it changes: nothing of the unit itself goes live.
    start(unit)
    strict.edit(salt, "Salt")
    strict.publish(salt)
    api.reopen(conversations[0].pk, reopened_by_id=reviewer.pk)
    strict.delete(salt)
    with pytest.raises(UnresolvedConversations, match="“Salt”"):
        strict.publish(salt)


def test_only_the_library_that_asked_for_it_waits_for_conversations(
    strict: Library, library: Library, start: Start
) -> None:
    reviews_api.set_review_required(library.package.id, False, changed_by=None)
    text = library.component()
    start(text)
    start(strict.component())
    library.publish()
    api.set_resolution_required(strict.package.id, False, changed_by=None)
    strict.publish()
    assert not api.is_resolution_required(strict.package.id)
    policy = ConversationPolicy.objects.get()
    assert (policy.learning_package, policy.changed_by) == (strict.package, None)


@pytest.mark.parametrize("required", [False, True])
def test_a_publish_takes_one_query_more(
    required: bool, ungated_library: Library, start: Start, settings: Any, reviewer: User
) -> None:
    def queries(number: int) -> int:
        items = [ungated_library.component() for _ in range(number)]
        for item in items:
            api.resolve(start(item).pk, resolved_by_id=reviewer.pk)
        log = ungated_library.publish(*items)
        with CaptureQueriesContext(connection) as captured:
            EntityPrePublish.run_filter(log)
        return len(captured)

    api.set_resolution_required(ungated_library.package.id, required, changed_by=None)
    with_step = [queries(1), queries(20)]
    config = settings.OPEN_EDX_FILTERS_CONFIG[FILTER_TYPE]
    steps = [step for step in config["pipeline"] if step != STEP]
    settings.OPEN_EDX_FILTERS_CONFIG = {FILTER_TYPE: {**config, "pipeline": steps}}
    assert with_step == [queries(1) + 1] * 2


def test_a_step_that_crashes_stops_the_publish(strict: Library, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that is not configured is reported."""
    strict.component()
    monkeypatch.setattr("sample_plugin.conversations.pipeline.require_resolved", None)
    with pytest.raises(TypeError):
        strict.publish()
    assert not PublishLog.objects.exists()


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"pipeline": [REVIEWS_STEP]},
        {"pipeline": [REVIEWS_STEP, STEP], "fail_silently": True},
        {"pipeline": ["tests.steps.Passes", STEP], "fail_silently": False},
        {"pipeline": ["tests.steps.Passes", REVIEWS_STEP]},
    ],
)
def test_a_configuration_without_the_step_is_reported(config: dict[str, Any], settings: Any) -> None:
    settings.OPEN_EDX_FILTERS_CONFIG = {FILTER_TYPE: config}

    def reported() -> list[str | None]:
        return [
            found.id for found in run_checks(tags=[Tags.security]) if found.id == "sample_plugin_conversations.W001"
        ]

    assert reported() == ["sample_plugin_conversations.W001"]
    configure_filter(settings)
    assert reported() == []


# --- What reviews show ------------------------------------------------------------------------------------------------


def test_the_history_tells_of_conversations_and_the_report_counts_them_as_they_were(
    ungated_library: Library, start: Start, reviewer: User, author: User
) -> None:
    def live() -> list[tuple[int, Any]]:
        return [(one.entity.id, one.added) for one in reviews_api.get_live_evidence(ungated_library.package.id)]

    salt, yeast = ungated_library.component(), ungated_library.component()
    first, second = start(salt), start(salt, "Why?")
    api.reply(first.pk, author_id=author.pk, body="10 g")
    api.resolve(first.pk, resolved_by_id=reviewer.pk)
    ungated_library.publish()
    as_it_was = [(salt.id, {"open_conversations": 1, "resolved_conversations": 1}), (yeast.id, {})]
    assert live() == as_it_was
    api.reopen(first.pk, reopened_by_id=author.pk)
    api.resolve(second.pk, resolved_by_id=reviewer.pk)
    start(yeast)
    assert live() == as_it_was
    history = reviews_api.get_history(salt.id)
    told = [
        (one.added.code, one.person, one.version_num, one.added.text) if one.added else one.kind for one in history[:20]
    ]
    assert history.is_complete
    assert told == [
        ("conversation_resolved", reviewer, None, ""),
        ("conversation_reopened", author, None, ""),
        "publish",
        ("conversation_resolved", reviewer, None, ""),
        ("conversation_answered", author, 1, "10 g"),
        ("conversation_started", reviewer, 1, "Why?"),
        ("conversation_started", reviewer, 1, "How much?"),
        "edit",
    ]


def test_the_report_takes_two_queries_more_for_any_number_of_items(
    library: Library, start: Start, reviewer: User, django_assert_num_queries: Any
) -> None:
    moments = {(item.id, now()) for item in (library.component() for _ in range(20))}
    for entity_id, _at in moments:
        conversation = api.start_conversation(entity_id, author_id=reviewer.pk, body="Why?")
        api.resolve(conversation.pk, resolved_by_id=reviewer.pk)
    with django_assert_num_queries(2):
        api.count_at(moments)


# --- Events -----------------------------------------------------------------------------------------------------------


def test_each_act_sends_one_event_after_the_commit(
    library: Library,
    start: Start,
    author: User,
    reviewer: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    text = library.component("salt")
    events: list[tuple[str, Any, Any]] = []

    def receive(*, signal: Any, conversation: Any, by: Any, learning_package: LearningPackage, **kwargs: Any) -> None:
        assert learning_package.id == library.package.id
        events.append((signal.event_type.split(".")[-2], by.user_id, conversation))

    sent = [
        signals.CONVERSATION_STARTED,
        signals.COMMENT_ADDED,
        signals.CONVERSATION_RESOLVED,
        signals.CONVERSATION_REOPENED,
    ]
    for signal in sent:
        signal.connect(receive)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            started = start(text)
            # Whatever repeats something says nothing.
            for _ in range(2):
                api.reply(started.pk, author_id=author.pk, body="10 g")
            for _ in range(2):
                api.resolve(started.pk, resolved_by_id=reviewer.pk)
            for _ in range(2):
                api.reopen(started.pk, reopened_by_id=author.pk)
            assert events == []
    finally:
        for signal in sent:
            signal.disconnect(receive)
    assert [(name, by, conversation.body) for name, by, conversation in events] == [
        ("started", reviewer.pk, "How much?"),
        ("comment_added", author.pk, "10 g"),
        ("resolved", reviewer.pk, ""),
        ("reopened", author.pk, ""),
    ]
    about = events[0][2]
    assert (about.conversation_id, about.entity_key) == (started.pk, "lb:Test:Gated:html:salt")
    assert (about.library_key, about.version_id) == ("lib:Test:Gated", started.version_id)
