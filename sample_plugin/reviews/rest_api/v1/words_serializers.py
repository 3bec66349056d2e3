"""The data of a difference in words. All texts come from authors, and none of them is markup."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ... import api
from .schema import one_of

__all__ = ["WordsDifferenceSerializer"]


class RunSerializer(serializers.Serializer[api.Run]):
    """A piece of text."""

    change = serializers.SerializerMethodField()
    text = serializers.CharField(help_text="With its spaces; a line feed is a line break.")

    @extend_schema_field(one_of((api.WordChange.SAME, api.WordChange.ADDED, api.WordChange.REMOVED)))
    def get_change(self, run: api.Run) -> str:
        """Return how it has changed."""
        return run.change


class BlockDifferenceSerializer(serializers.Serializer[api.BlockDifference]):
    """A paragraph, or what stands like one."""

    kind = serializers.SerializerMethodField(
        help_text="image: the runs are its alternative text, its address and its size; gap: blocks that are the same "
        "were left out here, and there are no runs."
    )
    change = serializers.SerializerMethodField()
    runs = RunSerializer(many=True)

    @extend_schema_field(one_of(api.BlockKind))
    def get_kind(self, block: api.BlockDifference) -> str:
        """Return what it looks like."""
        return block.kind

    @extend_schema_field(one_of(api.WordChange))
    def get_change(self, block: api.BlockDifference) -> str:
        """Return how it has changed."""
        return block.change


class PartDifferenceSerializer(serializers.Serializer[api.PartDifference]):
    """A part of a component."""

    part = serializers.SerializerMethodField(help_text="source: what has no better name, as its source.")
    name = serializers.CharField(
        help_text="Of a setting: its attribute; of a source: its element, or “markup” for what the part before it does "
        "not show of its own source. Otherwise empty."
    )
    change = serializers.SerializerMethodField()
    was_correct = serializers.BooleanField(
        allow_null=True, help_text="Of an answer, in the old version; null if it is not an answer, or was not there."
    )
    is_correct = serializers.BooleanField(allow_null=True, help_text="Of an answer, in the new version.")
    blocks = BlockDifferenceSerializer(many=True)

    @extend_schema_field(one_of(api.PartKind))
    def get_part(self, part: api.PartDifference) -> str:
        """Return what it is."""
        return part.part

    @extend_schema_field(one_of(api.WordChange))
    def get_change(self, part: api.PartDifference) -> str:
        """Return how it has changed."""
        return part.change


class WordsDifferenceSerializer(serializers.Serializer[api.WordsDifference]):
    """The difference in a component as a reader sees it."""

    state = serializers.SerializerMethodField(
        help_text="too_large: too large to compare, or lost by the storage; unreadable: one of the two is not OLX."
    )
    parts = PartDifferenceSerializer(
        many=True,
        help_text="In the new order, with removed parts at their old places. Empty if the text is the same to the "
        "byte, or could not be compared.",
    )

    @extend_schema_field(one_of(api.WordsState))
    def get_state(self, words: api.WordsDifference) -> str:
        """Return how the two versions differ."""
        return words.state
