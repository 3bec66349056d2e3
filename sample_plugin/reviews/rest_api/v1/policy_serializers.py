"""
The data about a library's policy: a change that is asked for, and the changes on record.

Docstrings and help texts become the API's documentation; notes for views are in comments.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ... import api
from ...conf import MAX_REQUIRED_REVIEWERS
from ...models import PolicyField, ReviewPolicyChange
from .serializers import PersonSerializer

__all__ = ["PolicyChangeSerializer", "PolicySerializer"]


class PolicySerializer(serializers.Serializer[Any]):
    """A change of a library's policy. Fields that are not sent stay as they are."""

    mode = serializers.ChoiceField(
        api.ReviewMode.values,
        required=False,
        allow_null=True,
        # Not DRF's, which repeats the input.
        error_messages={"invalid_choice": gettext_lazy("Choose off, advisory or required.")},
        help_text="What happens to unreviewed changes that are to be published; null: the site's default.",
    )
    review_required = serializers.BooleanField(
        required=False, help_text="Instead of mode: true for required, false for off."
    )
    required_reviewers = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MAX_REQUIRED_REVIEWERS,
        help_text="How many different reviewers a change needs; null: the site's default.",
    )
    who_may_review = serializers.ChoiceField(
        api.WhoMayReview.values,
        required=False,
        allow_null=True,
        error_messages={"invalid_choice": gettext_lazy("Choose not_contributors, not_last_editor or anybody.")},
        help_text="Which of the people with the permission may review a change; null: the site's default.",
    )
    review_starts = serializers.ChoiceField(
        api.ReviewStarts.values,
        required=False,
        allow_null=True,
        error_messages={"invalid_choice": gettext_lazy("Choose every_save or when_asked.")},
        help_text="When a change waits for a review; null: the site's default.",
    )
    reason = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="Put on record with the change. Required if the rule gets weaker.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a request that changes nothing: most likely, a name is misspelt."""
        changes = {name: value for name, value in attrs.items() if name != "reason"}
        if not changes:
            raise serializers.ValidationError(
                _("Send mode, review_required, required_reviewers, who_may_review or review_starts.")
            )
        if "review_required" in changes:
            if "mode" in changes:
                raise serializers.ValidationError({"mode": _("Send mode or review_required, not both.")})
            is_required = changes.pop("review_required")
            changes["mode"] = api.ReviewMode.REQUIRED if is_required else api.ReviewMode.OFF
        return {"reason": attrs["reason"], **changes}


class OpenPeriodSerializer(serializers.Serializer[api.OpenPeriod]):
    """A time in which unreviewed changes were not refused, and what was published meanwhile."""

    since = serializers.DateTimeField(allow_null=True, help_text="Null if that was before the history.")
    until = serializers.DateTimeField()
    publish_count = serializers.IntegerField()
    change_count = serializers.IntegerField()
    unreviewed_count = serializers.IntegerField(
        help_text="How many of the changes were not reviewed when they were published."
    )


# Give "periods" in the context: the open periods, by the id of the change that ended each.
class PolicyChangeSerializer(serializers.Serializer[ReviewPolicyChange]):
    """One change of one part of a library's policy."""

    id = serializers.IntegerField()
    # (No ChoiceField, see LibrarySerializer.)
    field = serializers.CharField(help_text=f"What was changed: {', '.join(PolicyField.values)}.")
    old_value = serializers.SerializerMethodField(help_text="Null: the site's default.")
    new_value = serializers.SerializerMethodField(help_text="Null: the site's default.")
    old_in_force = serializers.SerializerMethodField(help_text="What applied before; null if unknown.")
    new_in_force = serializers.SerializerMethodField(help_text="What applied from then on; null if unknown.")
    reason = serializers.CharField(help_text="Empty if none was given.")
    changed_by = PersonSerializer(
        allow_null=True, help_text="Null if a script made the change, or if the account was deleted since."
    )
    changed_at = serializers.DateTimeField()
    ended_open_period = serializers.SerializerMethodField(
        help_text="If reviews became required again: how long they were not, and what was published meanwhile."
    )

    def get_old_value(self, change: ReviewPolicyChange) -> str | None:
        """Return the value before."""
        return change.old_value or None

    def get_new_value(self, change: ReviewPolicyChange) -> str | None:
        """Return the value after."""
        return change.new_value or None

    def get_old_in_force(self, change: ReviewPolicyChange) -> str | None:
        """Return what applied before."""
        return change.old_in_force or None

    def get_new_in_force(self, change: ReviewPolicyChange) -> str | None:
        """Return what applied after."""
        return change.new_in_force or None

    @extend_schema_field(OpenPeriodSerializer(allow_null=True))
    def get_ended_open_period(self, change: ReviewPolicyChange) -> dict[str, Any] | None:
        """Return the period that this change ended."""
        period = self.context["periods"].get(change.pk)
        return OpenPeriodSerializer(period).data if period else None
