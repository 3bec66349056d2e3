"""
Django admin: what waits for a review, who reviewed what, where a review is required, and who went past the gate.

For site operators, and for reviewers where Studio's front end is not available. Records are read-only here; whatever
changes something goes through the API.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openedx_content.models_api import LearningPackage
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

from . import api
from .models import DELETION, DraftChange, ReviewBypass, ReviewedStatus, ReviewPolicy, covered_by_review, is_live


class ReviewStateFilter(admin.SimpleListFilter):
    """Awaits review, or reviewed."""

    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both."""
        return [("awaited", _("awaits review")), ("given", _("reviewed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> QuerySet[DraftChange]:
        """Ask the one rule."""
        covered = covered_by_review(entity="entity", version="new_version")
        match self.value():
            case "given":
                return queryset.filter(covered)
            case "awaited":
                return queryset.exclude(covered)
            case _:
                return queryset


class InForceFilter(admin.SimpleListFilter):
    """In force, or withdrawn."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both."""
        return [("in-force", _("in force")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReviewedStatus]) -> QuerySet[ReviewedStatus]:
        """Leave out the others."""
        return queryset.filter(withdrawn_at__isnull=self.value() == "in-force") if self.value() else queryset


class RecordAdmin(ReadOnlyModelAdmin):
    """What the lists have in common."""

    # The number of all rows says nothing, and counting them is slow on a large site.
    show_full_result_count = False


@admin.register(DraftChange)
class DraftChangeAdmin(RecordAdmin):
    """The changes that drafts stand on and that are not published: what a reviewer looks at."""

    list_display = ["title", "change", "reviewed", "changed_by", "changed_at", "learning_package", "entity"]
    list_select_related = [
        "entity__learning_package",
        "entity__published__version",
        "new_version",
        "old_version",  # in the label of the checkbox
        "draft_change_log__changed_by",
    ]
    list_filter = [ReviewStateFilter]
    search_fields = [
        "entity__entity_ref",
        "entity__learning_package__package_ref",
        "new_version__title",
        "entity__published__version__title",
    ]
    actions = ["mark_reviewed", "withdraw_review"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DraftChange]:
        """Leave out what drafts have moved on from, and what is live."""
        changes: QuerySet[DraftChange] = (
            super()
            .get_queryset(request)
            .filter(draft__isnull=False)
            .exclude(is_live())
            .annotate(
                is_reviewed=ExpressionWrapper(
                    covered_by_review(entity="entity", version="new_version"), output_field=BooleanField()
                )
            )
            .order_by("-pk")
        )
        return changes

    @admin.display(description=gettext_lazy("title"))
    def title(self, change: DraftChange) -> str:
        """The title as the draft has it; of a deletion, the one that is live."""
        return _item(change).title or _("(untitled)")

    @admin.display(description=gettext_lazy("change"))
    def change(self, change: DraftChange) -> str:
        """New, edited or deleted."""
        return _item(change).change

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, change: DraftChange) -> LearningPackage:
        """Where it is."""
        return change.entity.learning_package

    @admin.display(description=gettext_lazy("changed by"))
    def changed_by(self, change: DraftChange) -> Any:
        """Who made the change, where Studio put that on record."""
        return change.draft_change_log.changed_by

    @admin.display(description=gettext_lazy("changed at"), ordering="draft_change_log__changed_at")
    def changed_at(self, change: DraftChange) -> Any:
        """When."""
        return change.draft_change_log.changed_at

    @admin.display(description=gettext_lazy("reviewed"), boolean=True)
    def reviewed(self, change: DraftChange) -> bool:
        """Whether a review in force covers it."""
        return bool(getattr(change, "is_reviewed", False))

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Who may add reviews may use the actions."""
        return request.user.has_perm("sample_plugin_reviews.add_reviewedstatus")

    @admin.action(description=gettext_lazy("Mark as reviewed"), permissions=["review"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> None:
        """Mark the changes that were ticked, each as it was shown."""
        # Not the queryset: that one leaves out, without a word, what somebody has edited since the page was shown.
        shown = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        ticked = DraftChange.objects.in_bulk(shown)
        gone = len(shown) - len(ticked)
        if gone:
            text = ngettext(
                "{count} of the changes that you ticked is gone: it was undone since the page was shown.",
                "{count} of the changes that you ticked are gone: they were undone since the page was shown.",
                gone,
            )
            self.message_user(request, text.format(count=gone), messages.ERROR)
        if request.POST.get("select_across") == "1":
            text = _("Only the changes on this page were marked: nobody has looked at the others.")
            self.message_user(request, text, messages.WARNING)
        marked = 0
        for change in ticked.values():
            try:
                api.mark_reviewed(change.entity_id, reviewer_id=_user_id(request), draft_change_log_record_id=change.pk)
            except api.ReviewError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                marked += 1
        if marked:
            text = ngettext("{count} change marked as reviewed.", "{count} changes marked as reviewed.", marked)
            self.message_user(request, text.format(count=marked), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Withdraw my review"), permissions=["review"])
    def withdraw_review(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> None:
        """Withdraw what the person who is logged in has given."""
        withdrawn = 0
        for change in queryset:
            try:
                api.withdraw_review(change.entity_id, reviewer_id=_user_id(request))
            except ReviewedStatus.DoesNotExist:
                text = _("You have given no review of “{title}” to withdraw.").format(title=self.title(change))
                self.message_user(request, text, messages.WARNING)
            else:
                withdrawn += 1
        if withdrawn:
            text = ngettext("{count} review withdrawn.", "{count} reviews withdrawn.", withdrawn)
            self.message_user(request, text.format(count=withdrawn), messages.SUCCESS)


@admin.register(ReviewedStatus)
class ReviewedStatusAdmin(RecordAdmin):
    """Who reviewed what and when."""

    # A column of ours must not be called like a field: Django would show the field.
    list_display = ["title", "reviewed_version", "reviewer", "created", "state", "learning_package", "entity"]
    list_select_related = [
        "entity__learning_package",
        "version",
        "draft_change_log_record__old_version",
        "reviewer",
    ]
    # Not date_hierarchy: on a MySQL without time zone tables that is an error.
    list_filter = [InForceFilter, "created"]
    search_fields = [
        "entity__entity_ref",
        "entity__learning_package__package_ref",
        "version__title",
        "draft_change_log_record__old_version__title",
        "reviewer__username",
        "note",
    ]
    ordering = ["-created", "-pk"]

    @admin.display(description=gettext_lazy("title"))
    def title(self, review: ReviewedStatus) -> str:
        """The title of what was reviewed."""
        record = review.draft_change_log_record
        shown = review.version or (record and record.old_version)
        return (shown and shown.title) or _("(untitled)")

    @admin.display(description=gettext_lazy("version"))
    def reviewed_version(self, review: ReviewedStatus) -> str:
        """The version that was reviewed."""
        return _("deletion") if review.version_num == DELETION else f"v{review.version_num}"

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, review: ReviewedStatus) -> LearningPackage:
        """Where it is."""
        return review.entity.learning_package

    @admin.display(description=gettext_lazy("state"))
    def state(self, review: ReviewedStatus) -> str:
        """In force, or withdrawn when."""
        if review.in_force:
            return _("in force, carried over") if review.carried_over_from_id else _("in force")
        when = formats.localize(timezone.localtime(review.withdrawn_at))
        return _("withdrawn {when}").format(when=when)


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Where a review is required, or not, whatever the site's default says."""

    list_display = ["learning_package", "review_required", "changed_by", "changed_at"]
    list_select_related = ["learning_package", "changed_by"]
    list_filter = ["review_required"]
    search_fields = ["learning_package__package_ref", "learning_package__title"]
    ordering = ["learning_package__package_ref"]
    show_full_result_count = False
    fields = ["learning_package", "review_required", "changed_by", "changed_at"]
    autocomplete_fields = ["learning_package"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Begin with the strict side: an empty box would turn the gate off."""
        return {"review_required": "True", **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> list[str]:
        """A policy stays with its package; who and when is not for anybody to type."""
        return ["changed_by", "changed_at"] + (["learning_package"] if obj else [])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether a package has a policy yet makes no difference: to add one is to change what holds."""
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: ReviewPolicy | None = None) -> bool:
        """Keep who switched it last on record: a policy is changed, not deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: ReviewPolicy, form: Any, change: bool) -> None:
        """Go through the API, like everybody."""
        api.set_review_required(obj.learning_package_id, obj.review_required, changed_by=_user_id(request))


@admin.register(ReviewBypass)
class ReviewBypassAdmin(RecordAdmin):
    """Who published what without a review, and why."""

    list_display = ["publish", "learning_package", "unreviewed_count", "user", "reason", "created"]
    list_select_related = ["publish_log__learning_package", "user"]
    search_fields = ["reason", "user__username", "publish_log__learning_package__package_ref"]
    list_filter = ["created"]
    ordering = ["-created", "-pk"]

    @admin.display(description=gettext_lazy("publish"))
    def publish(self, bypass: ReviewBypass) -> str:
        """The publish, by the id that core's own admin page of it has."""
        return f"#{bypass.publish_log_id}"

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, bypass: ReviewBypass) -> LearningPackage:
        """Where it was."""
        return bypass.publish_log.learning_package


def _user_id(request: HttpRequest) -> int:
    assert request.user.pk is not None  # noqa: S101, the admin has no anonymous users
    return request.user.pk


def _item(change: DraftChange) -> api.ChangedItem:
    return api.ChangedItem.of_draft(change.entity, change.new_version)
