"""
The data about the blocks of a course that came from libraries.

Docstrings and help texts become the API's documentation; notes for views are in comments. A course team may not be
allowed to view the libraries, so neither notes nor reasons are here, and nothing about drafts.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ... import api
from .schema import one_of
from .serializers import PersonSerializer

__all__ = ["CourseBlockSerializer"]


class GivenVerdictSerializer(serializers.Serializer[Any]):
    """What one reviewer said of a version."""

    reviewer = PersonSerializer(allow_null=True, help_text="Null if the account was deleted since.")
    verdict = serializers.ChoiceField(api.Verdict.values)
    created = serializers.DateTimeField()


class JudgedVersionSerializer(serializers.Serializer[api.LiveEvidence]):
    """A version that went live in the library, and how it was judged the last time that it did."""

    title = serializers.CharField(help_text="The title of this version.")
    version_num = serializers.IntegerField()
    is_reviewed = serializers.BooleanField(
        help_text="Whether it is on record that it had the reviews that the library asked for then. Without the items "
        "inside a container."
    )
    basis = serializers.SerializerMethodField()
    verdicts = GivenVerdictSerializer(
        source="reviews", many=True, help_text="Those that stood then, oldest first, also if withdrawn later."
    )
    published_at = serializers.DateTimeField()
    decided_by = PersonSerializer(allow_null=True, help_text="Who bypassed the review.")

    @extend_schema_field(one_of(api.EvidenceBasis))
    def get_basis(self, judged: api.LiveEvidence) -> str:
        """Return why it could go live."""
        return str(judged.basis)


class CourseBlockSerializer(serializers.Serializer[api.CourseBlock]):
    """A block of a course that came from a library."""

    block = serializers.CharField(source="link.usage_key", help_text="Its key in the course.")
    library_key = serializers.CharField(source="link.library_key")
    key = serializers.CharField(source="link.key", help_text="The key of the item in the library.")
    title = serializers.CharField(
        allow_null=True, help_text="The title of the version in the course; null if this site does not have it."
    )
    version_num = serializers.IntegerField(
        source="link.version_num", help_text="The version in the course: copied, or synced since."
    )
    judged = JudgedVersionSerializer(
        allow_null=True,
        help_text="How that version was judged. Null if it never went live in the library: the block was pasted as a "
        "copy of a draft, or this site does not have the version.",
    )
    newer = JudgedVersionSerializer(
        allow_null=True, help_text="The version that is live in the library, if it is newer; otherwise null."
    )
