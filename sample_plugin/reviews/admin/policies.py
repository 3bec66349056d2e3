"""The list of review policies, and their history."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import api
from ..models import PolicyField, ReviewPolicy, ReviewPolicyChange
from .base import RecordAdmin, TickedRowsAdmin, user_id_of
from .filters import LibraryFilter
from .words import time_text

_FIELDS = tuple(PolicyField.values)
# A policy's page shows the newest changes; the list of changes has them all.
_SHOWN = 50


class ReviewPolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A policy, the state of it that the form shows, and the reason for a change."""

    shown = forms.Field(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 2, "cols": 60}),
        help_text=gettext_lazy("Put on record with the change. Needed if the rule gets weaker."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember the state that the form shows."""
        super().__init__(*args, **kwargs)
        self.initial["shown"] = _state_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse a weaker rule without a reason, and a form that shows an earlier state: it would undo changes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # The page runs in a transaction; until it ends, the policy stays as it is now.
        in_force = api.lock_publishes(self.instance.pk)
        assert in_force.policy is not None  # noqa: S101, the page is about it
        if cleaned.get("shown") != _state_of(in_force.policy):
            raise ValidationError(_("This policy was changed meanwhile: reload the page, then make your change again."))
        if not self.errors:
            api.require_reason(in_force, reason=cleaned["reason"], **self.changes())
        return cleaned

    def changes(self) -> api.PolicyValues:
        """Return the values that the user has changed."""
        changed = [name for name in _FIELDS if name in self.changed_data]
        return cast(api.PolicyValues, {name: self.cleaned_data[name] or None for name in changed})


def _state_of(policy: ReviewPolicy) -> str:
    return policy.changed_at.isoformat() if policy.changed_at else ""


def _value(change: ReviewPolicyChange, value: str, in_force: str) -> str:
    """Return a value of a policy in words; of an empty one, what the site's default was then."""
    words: dict[str, Any] = {
        PolicyField.MODE: api.ReviewMode,
        PolicyField.WHO_MAY_REVIEW: api.WhoMayReview,
        PolicyField.REVIEW_STARTS: api.ReviewStarts,
    }
    choices: dict[str, Any] = dict(words[change.field].choices) if change.field in words else {}
    if value:
        return str(choices.get(value, value))
    if in_force:
        return _("{value} (site's default)").format(value=choices.get(in_force, in_force))
    return _("site's default")


def _person(change: ReviewPolicyChange) -> str:
    return change.changed_by.get_username() if change.changed_by else _("a script or a deleted account")


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(TickedRowsAdmin):
    """The review policies of learning packages, which override the site's defaults."""

    # A column of ours must not be called like a field: Django would show the field.
    list_display = ["learning_package", "review_mode", "reviewers", "who_reviews", "changed_by", "since"]
    list_select_related = ["learning_package", "changed_by"]
    list_filter = ["mode"]
    search_fields = ["learning_package__package_ref", "learning_package__title"]
    ordering = ["learning_package__package_ref"]
    show_full_result_count = False
    form = ReviewPolicyForm
    fields = ["learning_package", *_FIELDS, "changed_by", "since", "history"]
    readonly_fields = ["learning_package", "changed_by", "since", "history"]

    @admin.display(description=gettext_lazy("review mode"), ordering="mode")
    def review_mode(self, policy: ReviewPolicy) -> str:
        """The mode, or that the site's default decides."""
        return policy.get_mode_display() or _("site's default")

    @admin.display(description=gettext_lazy("required reviewers"), ordering="required_reviewers")
    def reviewers(self, policy: ReviewPolicy) -> int | str:
        """The number of reviewers, or that the site's default decides."""
        return policy.required_reviewers or _("site's default")

    @admin.display(description=gettext_lazy("who may review"), ordering="who_may_review")
    def who_reviews(self, policy: ReviewPolicy) -> str:
        """Who may review, or that the site's default decides."""
        return policy.get_who_may_review_display() or _("site's default")

    @admin.display(description=gettext_lazy("changed at"), ordering="changed_at")
    def since(self, policy: ReviewPolicy) -> str:
        """The time of the last change."""
        return time_text(policy.changed_at)

    @admin.display(description=gettext_lazy("history"))
    def history(self, policy: ReviewPolicy) -> SafeString | str:
        """The newest changes: when, who, what and why."""
        rows = [
            (
                time_text(change.changed_at),
                _person(change),
                change.get_field_display(),
                _value(change, change.old_value, change.old_in_force),
                _value(change, change.new_value, change.new_in_force),
                change.reason,
            )
            for change in api.get_policy_history(policy.learning_package_id)[:_SHOWN]
        ]
        items = format_html_join("", "<li>{}, {}: {}, {} → {}. {}</li>", rows)
        return format_html("<ul>{}</ul>", items) if rows else _("No change is on record.")

    def get_fields(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> list[Any]:
        """Add the reason and the state that the form shows, for users who may change the policy."""
        is_form = obj is not None and self.has_change_permission(request, obj)
        return [*super().get_fields(request, obj), *(["reason", "shown"] if is_form else [])]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forbid it: every package has a policy."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> bool:
        """Forbid it: a policy is changed, so that its last change stays on record."""
        return False

    def save_model(self, request: HttpRequest, obj: ReviewPolicy, form: Any, change: bool) -> None:
        """Save through the API, and only the values that changed, because the API records each."""
        api.change_policy(
            obj.learning_package_id,
            changed_by=user_id_of(request),
            reason=form.cleaned_data["reason"],
            **form.changes(),
        )


@admin.register(ReviewPolicyChange)
class ReviewPolicyChangeAdmin(RecordAdmin):
    """All changes of policies."""

    list_display = [
        "learning_package",
        "field",
        "before",
        "after",
        "reason",
        "who",
        "decided_at",
    ]
    list_select_related = ["learning_package", "changed_by"]
    list_filter = ["field", LibraryFilter, "changed_at"]
    library_path = "learning_package"
    search_fields = ["learning_package__package_ref", "learning_package__title", "reason", "changed_by__username"]
    ordering = ["-changed_at", "-pk"]
    fields = ("learning_package", "field", "before", "after", "reason", "who", "decided_at")
    readonly_fields = ("before", "after", "who", "decided_at")

    @admin.display(description=gettext_lazy("before"))
    def before(self, change: ReviewPolicyChange) -> str:
        """The value before."""
        return _value(change, change.old_value, change.old_in_force)

    @admin.display(description=gettext_lazy("after"))
    def after(self, change: ReviewPolicyChange) -> str:
        """The value since then."""
        return _value(change, change.new_value, change.new_in_force)

    @admin.display(description=gettext_lazy("changed by"), ordering="changed_by__username")
    def who(self, change: ReviewPolicyChange) -> str:
        """The user, if there was one."""
        return _person(change)

    @admin.display(description=gettext_lazy("changed at"), ordering="changed_at")
    def decided_at(self, change: ReviewPolicyChange) -> str:
        """The time of the change."""
        return time_text(change.changed_at)
