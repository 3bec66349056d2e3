"""Where a review is required, and by how many."""

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
    """A policy, with a plain yes or no; one that was made for the number alone says nothing about that."""

    # It begins with the strict side: an empty box would turn the gate off.
    review_required = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Review required"),
        help_text=gettext_lazy("Whether only reviewed changes are published."),
    )

    # Which state of the policy the form shows.
    shown = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what holds where the policy says nothing."""
        super().__init__(*args, **kwargs)
        self.initial["shown"] = _state_of(self.instance)
        if self.initial.get("review_required", True) is None:
            self.initial["review_required"] = api.is_review_required(self.instance.learning_package_id)

    def clean(self) -> dict[str, Any]:
        """Refuse a form that shows an earlier state: saving it would take back what was changed meanwhile."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        package_id = self.instance.pk or getattr(cleaned.get("learning_package"), "id", None)
        if package_id is not None:
            # The page runs in a transaction; until it ends, the policy stays as it is now.
            api.lock_publishes(package_id)
        if self.instance.pk and cleaned.get("shown") != _state_of(ReviewPolicy.objects.get(pk=self.instance.pk)):
            raise ValidationError(_("This policy was changed meanwhile: reload the page, then make your change again."))
        return cleaned


def _state_of(policy: ReviewPolicy) -> str:
    return policy.changed_at.isoformat() if policy.changed_at else ""


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(TickedRowsAdmin):
    """Where a review is required, or not, and by how many, whatever the site's default says."""

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
    autocomplete_fields = ["learning_package"]

    @admin.display(description=gettext_lazy("review required"), ordering="review_required")
    def required(self, policy: ReviewPolicy) -> str:
        """Whether a review is required, if the policy says so."""
        return {True: _("yes"), False: _("no"), None: _("site's default")}[policy.review_required]

    @admin.display(description=gettext_lazy("required reviewers"), ordering="required_reviewers")
    def reviewers(self, policy: ReviewPolicy) -> int | str:
        """By how many, if the policy says so."""
        return policy.required_reviewers or _("site's default")

    @admin.display(description=gettext_lazy("who may review"), ordering="who_may_review")
    def who_reviews(self, policy: ReviewPolicy) -> str:
        """Who may review, if the policy says so."""
        return policy.get_who_may_review_display() or _("site's default")

    def get_fields(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> list[Any]:
        """Add the state that is shown, for people who may change it."""
        is_form = obj is not None and self.has_change_permission(request, obj)
        return [*super().get_fields(request, obj), *(["shown"] if is_form else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> list[str]:
        """A policy stays with its package; who and when is not for anybody to type."""
        return ["changed_by", "changed_at"] + (["learning_package"] if obj else [])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether a package has a policy yet makes no difference: to add one is to change what holds."""
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> bool:
        """Keep who switched it last on record: a policy is changed, not deleted."""
        return False

    @atomic
    def save_model(self, request: HttpRequest, obj: ReviewPolicy, form: Any, change: bool) -> None:
        """Go through the API, like everybody, and only with what changed: the log tells of each."""
        package_id, user_id = obj.learning_package_id, user_id_of(request)
        # Whoever makes a policy has decided that much, also if it is what the form began with.
        if not change or "review_required" in form.changed_data:
            api.set_review_required(package_id, form.cleaned_data["review_required"], changed_by=user_id)
        if "required_reviewers" in form.changed_data:
            api.set_required_reviewers(package_id, form.cleaned_data["required_reviewers"], changed_by=user_id)
        if "who_may_review" in form.changed_data:
            api.set_who_may_review(package_id, form.cleaned_data["who_may_review"] or None, changed_by=user_id)
