"""The list of review policies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.transaction import atomic
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import api
from ..models import ReviewPolicy
from .base import TickedRowsAdmin, user_id_of


class ReviewPolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A policy, with a plain yes or no, although a stored policy can also leave that to the site's default."""

    review_required = forms.BooleanField(
        required=False,
        label=gettext_lazy("Review required"),
        help_text=gettext_lazy("If ticked, only reviewed changes can be published."),
    )

    # The state of the policy that the form shows.
    shown = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the value in force if the policy leaves it to the site's default."""
        super().__init__(*args, **kwargs)
        self.initial["shown"] = _state_of(self.instance)
        # Ticked if the site's default is on: an empty box would turn the gate off.
        if self.initial.get("review_required", True) is None:
            self.initial["review_required"] = api.is_review_required(self.instance.learning_package_id)

    def clean(self) -> dict[str, Any]:
        """Refuse a form that shows an earlier state: saving it would undo the changes since."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # The page runs in a transaction; until it ends, the policy stays as it is now.
        api.lock_publishes(self.instance.pk)
        if cleaned.get("shown") != _state_of(ReviewPolicy.objects.get(pk=self.instance.pk)):
            raise ValidationError(_("This policy was changed meanwhile: reload the page, then make your change again."))
        return cleaned


def _state_of(policy: ReviewPolicy) -> str:
    return policy.changed_at.isoformat() if policy.changed_at else ""


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(TickedRowsAdmin):
    """The review policies of learning packages, which override the site's defaults."""

    # A column of ours must not be called like a field: Django would show the field.
    list_display = ["learning_package", "required", "reviewers", "who_reviews", "changed_by", "changed_at"]
    list_select_related = ["learning_package", "changed_by"]
    list_filter = ["review_required"]
    search_fields = ["learning_package__package_ref", "learning_package__title"]
    ordering = ["learning_package__package_ref"]
    show_full_result_count = False
    form = ReviewPolicyForm
    fields = [
        "learning_package",
        "review_required",
        "required_reviewers",
        "who_may_review",
        "changed_by",
        "changed_at",
    ]
    readonly_fields = ["learning_package", "changed_by", "changed_at"]

    @admin.display(description=gettext_lazy("review required"), ordering="review_required")
    def required(self, policy: ReviewPolicy) -> str:
        """Whether a review is required, or that the site's default decides."""
        return {True: _("yes"), False: _("no"), None: _("site's default")}[policy.review_required]

    @admin.display(description=gettext_lazy("required reviewers"), ordering="required_reviewers")
    def reviewers(self, policy: ReviewPolicy) -> int | str:
        """The number of reviewers, or that the site's default decides."""
        return policy.required_reviewers or _("site's default")

    @admin.display(description=gettext_lazy("who may review"), ordering="who_may_review")
    def who_reviews(self, policy: ReviewPolicy) -> str:
        """Who may review, or that the site's default decides."""
        return policy.get_who_may_review_display() or _("site's default")

    def get_fields(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> list[Any]:
        """Add the state that the form shows, for users who may change it."""
        is_form = obj is not None and self.has_change_permission(request, obj)
        return [*super().get_fields(request, obj), *(["shown"] if is_form else [])]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forbid it: every package has a policy."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> bool:
        """Forbid it: a policy is changed, so that its last change stays on record."""
        return False

    @atomic
    def save_model(self, request: HttpRequest, obj: ReviewPolicy, form: Any, change: bool) -> None:
        """Save through the API, and only the values that changed, because the API logs each."""
        package_id, user_id = obj.learning_package_id, user_id_of(request)
        # The first decision about a package always stores this value, even if the user left it as it was in the form.
        if obj.changed_at is None or "review_required" in form.changed_data:
            api.set_review_required(package_id, form.cleaned_data["review_required"], changed_by=user_id)
        if "required_reviewers" in form.changed_data:
            api.set_required_reviewers(package_id, form.cleaned_data["required_reviewers"], changed_by=user_id)
        if "who_may_review" in form.changed_data:
            api.set_who_may_review(package_id, form.cleaned_data["who_may_review"] or None, changed_by=user_id)
