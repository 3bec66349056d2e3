"""
The data about versions and their reviews.

Docstrings and help texts become the API's documentation; notes for views are in comments.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from .audit_serializers import JudgementSerializer
from .serializers import ItemSerializer, ReviewSerializer

__all__ = ["VersionsSerializer"]


# Give reviews_context() in the context.
class VersionSerializer(ItemSerializer):
    """
    One version of an entity, and the reviews of it.

    A version that is live, or was, is shown as it was judged the last time that it went live; any other as it would be
    judged today.
    """

    title = serializers.CharField(help_text="The title of this version.")
    version_num = serializers.IntegerField()
    is_reviewed = serializers.BooleanField(
        help_text="Whether it is on record that enough reviewers had approved exactly this version when it went live; "
        "if it never was live, whether they have. Without the items inside a container."
    )
    reviews = ReviewSerializer(
        many=True,
        help_text="The reviews of exactly this version that stood when it went live, also those that were withdrawn "
        "later; if it never was live, those in force. Oldest first.",
    )
    reviewer_count = serializers.IntegerField(help_text="How many reviewers gave them.")
    judgement = JudgementSerializer(
        source="evidence", allow_null=True, help_text="How it was judged when it went live; null if it never was live."
    )


class MissingVersionSerializer(serializers.Serializer[Any]):
    """A version that is invalid or not found."""

    version = serializers.CharField(help_text="As it was asked for.")
    code = serializers.ChoiceField(["invalid_key", "not_found"])


class VersionsSerializer(serializers.Serializer[Any]):
    """Versions that were asked for by key and number."""

    results = VersionSerializer(many=True, help_text="In the order asked for, each once.")
    missing = MissingVersionSerializer(many=True)
