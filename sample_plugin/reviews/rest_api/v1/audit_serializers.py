"""
The data about what is live and why, and about the history of an item.

Docstrings and help texts become the API's documentation; notes for views are in comments.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ... import api
from ...filters import AddedEntry
from ...texts.times import parse_time
from .schema import one_of
from .serializers import PersonSerializer, ReviewSerializer

__all__ = ["AuditQuerySerializer", "EvidenceSerializer", "HistoryEntrySerializer", "JudgementSerializer"]


# What has a judgement: a publish in an item's history, or a version that went live.
type Judged = api.HistoryEntry | api.LiveEvidence


class TimeField(serializers.CharField):
    """A date or a time."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the time. Raises ``ValidationError``."""
        try:
            return parse_time(super().to_internal_value(data))
        except InvalidValue as exc:
            raise serializers.ValidationError(exc.messages) from exc


class AuditQuerySerializer(serializers.Serializer[Any]):
    """What to report."""

    since = TimeField(required=False, help_text="Published then or later: a date or time in ISO 8601.")
    until = TimeField(required=False, help_text="Published before then.")
    basis = serializers.ChoiceField(
        [basis.value for basis in api.EvidenceBasis],
        required=False,
        # Not DRF's, which repeats the input.
        error_messages={
            "invalid_choice": gettext_lazy("Choose from these: {choices}.").format(choices=", ".join(api.EvidenceBasis))
        },
        help_text="Why it could go live.",
    )
    everything = serializers.BooleanField(
        default=False, help_text="Every change that was ever published, also if it is no longer live, with deletions."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        since: datetime | None = attrs.get("since")
        until: datetime | None = attrs.get("until")
        if since and until and since >= until:
            raise serializers.ValidationError({"until": _("This must be after “since”.")})
        return attrs


# Give reviews_context() in the context.
class EvidenceSerializer(serializers.Serializer[api.LiveEvidence]):
    """Why one version is live, or was, by the record of that time."""

    key = serializers.CharField(allow_null=True, help_text="Null if Studio has no key for the item.")
    entity_ref = serializers.CharField(help_text="The name that openedx-core has for the item.")
    title = serializers.CharField(help_text="The title of this version.")
    version_num = serializers.IntegerField(allow_null=True, help_text="Null for a deletion.")
    is_live = serializers.BooleanField()
    publish_log_id = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    published_by = PersonSerializer(
        allow_null=True, help_text="Null if it is not known, or if the account was deleted since."
    )
    basis = serializers.SerializerMethodField()
    is_unreviewed = serializers.BooleanField(
        allow_null=True, help_text="Whether it was without the reviews that the policy asked for; null if unknown."
    )
    reviews = ReviewSerializer(
        many=True, help_text="The verdicts that stood then, oldest first, also those that were withdrawn later."
    )
    required_reviewers = serializers.IntegerField(
        allow_null=True, help_text="How many reviewers it needed then; null if unknown."
    )
    mode = serializers.CharField(allow_null=True, help_text="The library's mode then; null if unknown.")
    decided_by = PersonSerializer(allow_null=True, help_text="Who bypassed the review.")
    reason = serializers.CharField(help_text="The reason for the bypass; otherwise empty.")
    added = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="Counts that other plugins add, as they were when it went live; null if one of them has failed.",
    )

    @extend_schema_field(one_of(api.EvidenceBasis))
    def get_basis(self, item: api.LiveEvidence) -> str:
        """Return why it could go live."""
        return str(item.basis)


class JudgementSerializer(serializers.Serializer[Judged]):
    """How a publish was judged, for one item in it."""

    publish_log_id = serializers.IntegerField()
    basis = serializers.SerializerMethodField()
    unreviewed = serializers.BooleanField(
        source="is_unreviewed",
        allow_null=True,
        help_text="Whether the item was without the reviews that the policy asked for; null if unknown.",
    )
    mode = serializers.SerializerMethodField(help_text="The library's mode then; null if unknown.")
    required_reviewers = serializers.SerializerMethodField(
        help_text="How many reviewers it needed then; null if unknown."
    )
    decided_by = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField(help_text="The reason for the bypass; otherwise empty.")

    @extend_schema_field(one_of(api.EvidenceBasis))
    def get_basis(self, item: Judged) -> str:
        """Return why it could go live."""
        return str(item.basis)

    def get_mode(self, item: Judged) -> str | None:
        """Return the mode then."""
        return (item.judgement.mode or None) if item.judgement else None

    def get_required_reviewers(self, item: Judged) -> int | None:
        """Return the number then."""
        return item.judgement.required_reviewers if item.judgement else None

    @extend_schema_field(PersonSerializer(allow_null=True, help_text="Who bypassed the review."))
    def get_decided_by(self, item: Judged) -> dict[str, Any] | None:
        """Return who bypassed the review."""
        user = item.judgement.decided_by if item.judgement else None
        return PersonSerializer(user).data if user else None

    def get_reason(self, item: Judged) -> str:
        """Return the reason."""
        return item.judgement.reason if item.judgement else ""


class AddedEntrySerializer(serializers.Serializer[AddedEntry]):
    """What another plugin says of it."""

    code = serializers.CharField(help_text="What happened, for programs.")
    title = serializers.CharField(help_text="What happened, for people.")
    text = serializers.CharField(help_text="What the person wrote; may be empty. Untrusted text, and never markup.")


# Give reviews_context() in the context.
class HistoryEntrySerializer(serializers.Serializer[api.HistoryEntry]):
    """One thing that happened to an item."""

    kind = serializers.SerializerMethodField()
    time = serializers.DateTimeField()
    person = PersonSerializer(
        allow_null=True, help_text="The author, reviewer or publisher; null if unknown, or if the account was deleted."
    )
    version_num = serializers.IntegerField(
        allow_null=True, help_text="Null for a deletion, and if it is about no version."
    )
    is_deletion = serializers.BooleanField()
    changed_nothing = serializers.BooleanField(help_text="Whether an edit was a save without a change.")
    review = ReviewSerializer(allow_null=True, help_text="Of a review, and otherwise null.")
    judgement = serializers.SerializerMethodField()
    added = AddedEntrySerializer(allow_null=True, help_text="Of what another plugin adds, and otherwise null.")

    @extend_schema_field(one_of(api.HistoryKind))
    def get_kind(self, entry: api.HistoryEntry) -> str:
        """Return what happened."""
        return str(entry.kind)

    @extend_schema_field(JudgementSerializer(allow_null=True, help_text="Of a publish, and otherwise null."))
    def get_judgement(self, entry: api.HistoryEntry) -> dict[str, Any] | None:
        """Return how the publish was judged."""
        return JudgementSerializer(entry).data if entry.kind == api.HistoryKind.PUBLISH else None
