"""
The data of requests and answers.

Docstrings and help texts become the API's documentation; notes for views are in comments.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from sample_plugin.reviews.rest_api.v1.serializers import PersonSerializer

from ...anchors import AnchorKind
from ...models import DELETION, Comment, Conversation, Resolution


class CommentSerializer(serializers.Serializer[Comment]):
    """A comment in a conversation."""

    id = serializers.IntegerField()
    author = PersonSerializer(allow_null=True, help_text="Null if the account was deleted since.")
    body = serializers.CharField(help_text="Untrusted text, never markup. Empty if it was deleted.")
    created = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    is_own = serializers.SerializerMethodField(help_text="Whether the caller wrote it, and so may edit and delete it.")

    def get_is_own(self, comment: Comment) -> bool:
        """Return whether the caller is its author."""
        return comment.author_id is not None and comment.author_id == self.context["user_id"]


class ResolutionSerializer(serializers.Serializer[Resolution]):
    """One time that a conversation was resolved."""

    resolved_by = PersonSerializer(allow_null=True, help_text="Null if the account was deleted since.")
    resolved_at = serializers.DateTimeField()
    reopened_by = PersonSerializer(
        allow_null=True, help_text="Null while it is resolved, or if the account was deleted since."
    )
    reopened_at = serializers.DateTimeField(allow_null=True, help_text="Null while it is resolved.")


class AnchorSerializer(serializers.Serializer[Any]):
    """What a conversation is about in the version on which it was started."""

    kind = serializers.CharField(help_text=", ".join(AnchorKind.values))
    text = serializers.CharField(
        help_text="The line, the paragraph, the path of the file, or the key of the child; empty for the change. "
        "A long text is cut off. Untrusted text, never markup."
    )
    part = serializers.CharField(help_text="Of a paragraph: the kind of its part, such as answer. Otherwise empty.")
    number = serializers.IntegerField(allow_null=True, help_text="Its number there, from 1. Null for the change.")


# Give "places" of find_places() and "user_id" in the context.
class ConversationSerializer(serializers.Serializer[Conversation]):
    """A conversation about one version of an item."""

    id = serializers.IntegerField()
    version_num = serializers.SerializerMethodField(
        help_text="The version on which it was started; null for a deletion."
    )
    anchor = AnchorSerializer(source="get_anchor")
    number = serializers.SerializerMethodField(
        help_text="The number of its place in the draft. Null for the change, or if the place is gone."
    )
    is_on_earlier_version = serializers.SerializerMethodField(
        help_text="Whether its place is gone: it was changed or removed since."
    )
    is_resolved = serializers.SerializerMethodField()
    comments = CommentSerializer(many=True, source="comments.all", help_text="Oldest first.")
    resolutions = ResolutionSerializer(many=True, source="resolutions.all", help_text="Oldest first.")

    def get_version_num(self, conversation: Conversation) -> int | None:
        """Return null for a deletion."""
        return None if conversation.version_num == DELETION else conversation.version_num

    def get_number(self, conversation: Conversation) -> int | None:
        """Return where it is now."""
        number: int | None = self.context["places"].get(conversation.pk)
        return number

    def get_is_on_earlier_version(self, conversation: Conversation) -> bool:
        """Return whether it has a place, and the draft has not."""
        return conversation.about != AnchorKind.CHANGE and self.get_number(conversation) is None

    def get_is_resolved(self, conversation: Conversation) -> bool:
        """Return whether a resolution is in force."""
        return conversation.resolution is not None


class CommentBodySerializer(serializers.Serializer[Any]):
    """What someone writes."""

    # The Python API says what is wrong with it.
    body = serializers.CharField(allow_blank=True, help_text="Text with line breaks, at most 10,000 characters.")


class QuotedPartSerializer(serializers.Serializer[Any]):
    """A paragraph of a part of a component, as ``words`` of the difference show it."""

    kind = serializers.CharField(max_length=32, help_text="The kind of part, such as answer.")
    text = serializers.CharField(
        trim_whitespace=False, help_text="The runs of the block that were not removed, joined."
    )


class StartSerializer(CommentBodySerializer):
    """The first comment of a conversation, the version that its author looks at, and at most one place in it."""

    version_num = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=2**31 - 1, help_text="Null if the draft is deleted."
    )
    line = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The number of a line of the OLX."
    )
    part = QuotedPartSerializer(required=False)
    file = serializers.CharField(required=False, help_text="The path of a file of the component.")
    child = serializers.CharField(required=False, help_text="The key of a child of the container: lb:… or lct:….")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse two places: one of them would be ignored."""
        if len({"line", "part", "file", "child"} & attrs.keys()) > 1:
            raise serializers.ValidationError(_("Name one place: line, part, file or child."))
        return attrs


# Give "may_manage_policy" and "resolution_required" as the instance.
class ConversationLibrarySerializer(serializers.Serializer[Any]):
    """What a library requires of conversations."""

    resolution_required = serializers.BooleanField(
        help_text="Whether changes with open conversations cannot be published."
    )
    may_manage_policy = serializers.BooleanField(read_only=True, help_text="Whether the caller may change that.")
