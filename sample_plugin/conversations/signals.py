"""
The events that the app sends: a conversation was started, answered, resolved, or opened again.

Like core's own events, they are sent after the commit, one for each call of the Python API that has changed something.
A receiver that crashes does not affect the caller.
"""

# No postponed annotations here: code that reads the data classes (attrs, the event bus) gets types rather than strings.

from typing import Any

from attrs import frozen
from django.db.transaction import on_commit
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity
from openedx_events.tooling import OpenEdxPublicSignal

from sample_plugin.reviews.keys import library_key_of, studio_key_of, with_keys

from .models import Comment, Conversation

__all__ = [
    "COMMENT_ADDED",
    "CONVERSATION_REOPENED",
    "CONVERSATION_RESOLVED",
    "CONVERSATION_STARTED",
    "ConversationEventData",
    "send_of_comment",
    "send_of_conversation",
]

LearningPackageEventData = content_api.signals.LearningPackageEventData
UserAttributionEventData = content_api.signals.UserAttributionEventData


@frozen
class ConversationEventData:
    """A conversation, and the comment that the event is about."""

    conversation_id: int
    """The id of the ``Conversation``."""

    entity_id: PublishableEntity.ID
    """The item."""

    entity_key: str | None
    """The item's key, as Studio writes it. None if Studio has no key for it."""

    library_key: str | None
    """The library's key. None if the learning package is not a library."""

    version_id: int | None
    """The version on which the conversation was started. None for a deletion."""

    comment_id: int | None = None
    """The id of the ``Comment``. None if the event is not about one."""

    body: str = ""
    """The words of the comment. Untrusted text, and never markup."""


def _event(name: str) -> OpenEdxPublicSignal:
    return OpenEdxPublicSignal(
        event_type=f"org.openedx.content_authoring.conversation.{name}.v1",
        data={
            "learning_package": LearningPackageEventData,
            "by": UserAttributionEventData,
            "conversation": ConversationEventData,
        },
    )


# .. event_type: org.openedx.content_authoring.conversation.started.v1
# .. event_name: CONVERSATION_STARTED
# .. event_description: Sent when a conversation about an item was started, with its first comment.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ConversationEventData
# .. event_trigger_repository: openedx/sample-plugin
CONVERSATION_STARTED = _event("started")

# .. event_type: org.openedx.content_authoring.conversation.comment_added.v1
# .. event_name: COMMENT_ADDED
# .. event_description: Sent when someone has replied in a conversation. The first comment sends CONVERSATION_STARTED.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ConversationEventData
# .. event_trigger_repository: openedx/sample-plugin
COMMENT_ADDED = _event("comment_added")

# .. event_type: org.openedx.content_authoring.conversation.resolved.v1
# .. event_name: CONVERSATION_RESOLVED
# .. event_description: Sent when a conversation was resolved.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ConversationEventData
# .. event_trigger_repository: openedx/sample-plugin
CONVERSATION_RESOLVED = _event("resolved")

# .. event_type: org.openedx.content_authoring.conversation.reopened.v1
# .. event_name: CONVERSATION_REOPENED
# .. event_description: Sent when a resolved conversation was opened again.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ConversationEventData
# .. event_trigger_repository: openedx/sample-plugin
CONVERSATION_REOPENED = _event("reopened")


def send_of_comment(event: OpenEdxPublicSignal, comment: Comment) -> None:
    """Send this event about a comment once the transaction is committed. One query."""
    about = {"comment_id": comment.pk, "body": comment.body}
    _send(event, comment.conversation, comment.author_id, comment.created, about)


def send_of_conversation(event: OpenEdxPublicSignal, conversation: Conversation, *, by_id: int, time: Any) -> None:
    """Send this event about a conversation once the transaction is committed. One query."""
    _send(event, conversation, by_id, time, {})


def _send(
    event: OpenEdxPublicSignal, conversation: Conversation, by_id: int | None, time: Any, about: dict[str, Any]
) -> None:
    entity = with_keys(PublishableEntity.objects.all()).get(pk=conversation.entity_id)
    package = entity.learning_package
    library_key = library_key_of(package)
    data = ConversationEventData(
        conversation_id=conversation.pk,
        entity_id=entity.id,
        entity_key=studio_key_of(entity),
        library_key=str(library_key) if library_key else None,
        version_id=conversation.version_id,
        **about,
    )

    def send() -> None:
        event.send_event(
            time=time,
            learning_package=LearningPackageEventData(id=package.id, title=package.title),
            by=UserAttributionEventData(user_id=by_id),
            conversation=data,
        )

    # Robust: with DEBUG on, openedx-events lets a receiver's crash through to the caller.
    on_commit(send, robust=True)
