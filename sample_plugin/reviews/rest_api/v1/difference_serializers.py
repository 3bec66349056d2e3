"""The data of a difference. Its texts come from authors, and none of them is markup."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ... import api
from .schema import one_of
from .serializers import ItemSerializer
from .words_serializers import WordsDifferenceSerializer

# The versions that the draft can be compared with.
SINCE = ("published", "my_last_review")


class DifferenceQuerySerializer(serializers.Serializer[Any]):
    """The version to compare the draft with."""

    since = serializers.ChoiceField(
        SINCE,
        default=SINCE[0],
        help_text="The live version; or the version of your last verdict, even if you have withdrawn it.",
    )


class VersionNameSerializer(serializers.Serializer[Any]):
    """A version, with its title."""

    version_num = serializers.IntegerField()
    title = serializers.CharField()


class OlxDifferenceSerializer(serializers.Serializer[api.OlxDifference]):
    """The difference in the text of a component."""

    state = serializers.SerializerMethodField(
        help_text="whitespace_only: the words are the same; too_large: too large to compare, or lost by the storage."
    )
    old_size = serializers.IntegerField(allow_null=True, help_text="In bytes; null if the old version has no OLX.")
    new_size = serializers.IntegerField(allow_null=True)
    unified = serializers.CharField(
        help_text="The output of diff -u, with three lines of context. Lines end with a line feed only. Empty if the "
        "text is the same or too large."
    )

    @extend_schema_field(one_of(api.TextState))
    def get_state(self, olx: api.OlxDifference) -> str:
        """Return how the two texts differ."""
        return olx.state


class FileVersionSerializer(serializers.Serializer[api.FileVersion]):
    """A file, as one version has it."""

    size = serializers.IntegerField(help_text="In bytes.")
    mime_type = serializers.CharField()
    is_image = serializers.BooleanField(help_text="Whether the image endpoint sends it.")


class FileDifferenceSerializer(serializers.Serializer[api.FileDifference]):
    """A file that was added, removed or replaced."""

    path = serializers.CharField()
    change = serializers.SerializerMethodField()
    old = FileVersionSerializer(allow_null=True)
    new = FileVersionSerializer(allow_null=True)

    @extend_schema_field(one_of(api.FileChange))
    def get_change(self, file: api.FileDifference) -> str:
        """Return how the file has changed."""
        return file.change


class ChildDifferenceSerializer(ItemSerializer):
    """A child of a container, and how it has changed."""

    change = serializers.SerializerMethodField(
        help_text="repinned: to another version; moved: its pin may have changed as well."
    )
    old_position = serializers.IntegerField(allow_null=True, help_text="From 1; null if it was added.")
    new_position = serializers.IntegerField(allow_null=True, help_text="Null if it was removed.")
    old_pin = serializers.IntegerField(allow_null=True, help_text="The pinned version; null if none is pinned.")
    new_pin = serializers.IntegerField(allow_null=True)
    pin_needs_review = serializers.BooleanField(
        help_text="Whether the version pinned now needs a review of its own before the container can be published."
    )
    is_deleted = serializers.BooleanField(help_text="Whether its draft is deleted.")

    @extend_schema_field(one_of(api.ChildChange))
    def get_change(self, child: api.ChildDifference) -> str:
        """Return how the child has changed."""
        return child.change


class ContainerListingSerializer(ItemSerializer):
    """A container that lists an entity."""

    in_draft = serializers.BooleanField()
    is_live = serializers.BooleanField()


# Give "since" in the context.
class DifferenceSerializer(ItemSerializer):
    """The difference between an earlier version of an entity and its draft."""

    since = serializers.SerializerMethodField()
    change = serializers.SerializerMethodField(help_text="Null if both are the same version, or neither exists.")
    draft_change_log_record_id = serializers.IntegerField(
        allow_null=True, help_text="The change that this shows. Send it with your verdict."
    )
    old = VersionNameSerializer(allow_null=True)
    new = VersionNameSerializer(allow_null=True, help_text="The draft's version; null if it is deleted.")
    title_changed = serializers.BooleanField()
    olx = OlxDifferenceSerializer(
        allow_null=True, help_text="Null if the entity is not a component, or has no OLX in either version."
    )
    words = WordsDifferenceSerializer(allow_null=True, help_text="The same in words; null if olx is.")
    files = FileDifferenceSerializer(many=True, help_text="Without the OLX, by path; the first 100.")
    file_count = serializers.IntegerField(help_text="How many have changed.")
    children = ChildDifferenceSerializer(
        many=True,
        allow_null=True,
        help_text="In the new order, with removed children at their old places; null if the entity is not a container. "
        "At most 500: unchanged children are left out first. Changes inside children are not shown.",
    )
    children_state = serializers.SerializerMethodField()
    child_count = serializers.IntegerField(help_text="How many children there are, the removed ones included.")
    listed_in = ContainerListingSerializer(
        many=True, help_text="For a deletion, the containers that still list it; the first 100."
    )
    listed_in_count = serializers.IntegerField()

    @extend_schema_field(one_of(SINCE))
    def get_since(self, difference: api.Difference) -> str:
        """Return the version that was asked for."""
        since: str = self.context["since"]
        return since

    @extend_schema_field(one_of((api.ChangeKind.NEW, api.ChangeKind.EDITED, api.ChangeKind.DELETED), nullable=True))
    def get_change(self, difference: api.Difference) -> str | None:
        """Return how the entity has changed."""
        return difference.change

    @extend_schema_field(one_of((api.TextState.SAME, api.TextState.CHANGED, api.TextState.TOO_LARGE), nullable=True))
    def get_children_state(self, difference: api.Difference) -> str | None:
        """Return whether the children have changed."""
        return difference.children_state
