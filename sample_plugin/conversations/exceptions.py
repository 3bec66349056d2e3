"""The refusals of the Python API and of the step. Each message is a sentence for the user."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import PublishableEntity

from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.texts import listed

__all__ = [
    "CommentDeletedError",
    "ConversationError",
    "NotYourCommentError",
    "UnresolvedConversations",
    "UnresolvedItem",
]


class ConversationError(Exception):
    """Base class: something cannot be done in a conversation."""


class NotYourCommentError(ConversationError):
    """Raised when a comment is to be edited or deleted by someone who did not write it."""

    def __init__(self) -> None:
        super().__init__(_("Only its author can edit or delete a comment. Reply to it instead."))


class CommentDeletedError(ConversationError):
    """Raised when a comment is to be edited that its author has deleted."""

    def __init__(self) -> None:
        super().__init__(_("You have deleted this comment, so you cannot edit it. Write a reply instead."))


@dataclass(frozen=True, kw_only=True, slots=True)
class UnresolvedItem:
    """An item that a publish would take live, and that has open conversations."""

    entity_id: PublishableEntity.ID
    entity_ref: str
    title: str
    key: str | None
    """As Studio writes it; None if Studio has no key for it."""
    open_count: int
    """How many of its conversations are open."""


class UnresolvedConversations(EntityPrePublish.PreventPublish):
    """
    Raised when a publish contains changes with open conversations, in a library that requires that they are resolved.

    A 409 whose body names the first hundred items in ``unresolved``; ``unresolved_count`` counts them all, and
    ``reasons`` has all of them, so that "publish reviewed items" can leave them out.
    """

    default_code = "unresolved_conversations"

    def __init__(self, unresolved: Sequence[UnresolvedItem], entity_ids: Collection[PublishableEntity.ID]) -> None:
        """Initialize the exception with the first items, and the ids of all of them."""
        self.unresolved = tuple(unresolved)
        self.unresolved_count = unresolved_count = len(entity_ids)
        named = listed([_("“{title}”").format(title=item.title) for item in unresolved[:3]], more=unresolved_count > 3)
        super().__init__(
            ngettext(
                "Nothing was published: {count} item has open conversations: {named}. Resolve them first.",
                "Nothing was published: {count} items have open conversations: {named}. Resolve them first.",
                unresolved_count,
            ).format(count=unresolved_count, named=named),
            reasons=dict.fromkeys(entity_ids, _("It has open conversations. Resolve them first.")),
        )
        # Set after APIException is done with it: that one turns every number in a detail into a string.
        self.detail = {
            **self.detail,
            "unresolved": [asdict(item) for item in self.unresolved],
            "unresolved_count": unresolved_count,
        }
