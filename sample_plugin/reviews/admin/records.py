"""The lists of reviews and of judgements of publishes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openedx_content.models_api import LearningPackage

from .. import api
from ..models import DELETION, PublishJudgement, ReviewedStatus
from .base import NoteForm, RecordAdmin, note_of, user_id_of

# How many unreviewed items the page of a judgement names: their ids are parameters of a query, and SQLite allows 999.
_ITEMS_SHOWN = 500


class InForceFilter(admin.SimpleListFilter):
    """Filters by state: in force, or withdrawn."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two states."""
        return [("in-force", _("in force")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReviewedStatus]) -> QuerySet[ReviewedStatus]:
        """Return the records in the chosen state."""
        return queryset.filter(withdrawn_at__isnull=self.value() == "in-force") if self.value() else queryset


@admin.register(ReviewedStatus)
class ReviewedStatusAdmin(RecordAdmin):
    """All verdicts, with reviewer and time."""

    # A column of ours must not be called like a field: Django would show the field.
    list_display = [
        "title",
        "reviewed_version",
        "verdict",
        "reviewer",
        "created",
        "state",
        "learning_package",
        "entity",
    ]
    list_select_related = [
        "entity__learning_package",
        "version",
        "entity__draft__version",
        "entity__published__version",
        "reviewer",
    ]
    # Not date_hierarchy: on a MySQL without time zone tables that is an error.
    list_filter = ["verdict", InForceFilter, "created"]
    search_fields = [
        "entity__entity_ref",
        "entity__learning_package__package_ref",
        "version__title",
        "draft_change_log_record__old_version__title",
        "reviewer__username",
        "note",
    ]
    ordering = ["-created", "-pk"]
    action_form = NoteForm
    actions = ["dismiss_request"]

    @admin.display(description=gettext_lazy("title"))
    def title(self, review: ReviewedStatus) -> str:
        """The title of what was reviewed."""
        title: str = review.version.title if review.version else api.title_of(review.entity)
        return title or _("(untitled)")

    @admin.display(description=gettext_lazy("version"))
    def reviewed_version(self, review: ReviewedStatus) -> str:
        """The version that was reviewed."""
        if review.version_num == DELETION:
            return _("deletion")
        return _("v{number}").format(number=review.version_num)

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, review: ReviewedStatus) -> LearningPackage:
        """The learning package of the item."""
        return review.entity.learning_package

    @admin.display(description=gettext_lazy("state"))
    def state(self, review: ReviewedStatus) -> str:
        """In force, or the time when it was withdrawn or dismissed."""
        if review.in_force:
            return _("in force, carried over") if review.carried_over_from_id else _("in force")
        text = _("dismissed {when}") if review.withdrawn_reason else _("withdrawn {when}")
        return text.format(when=formats.localize(timezone.localtime(review.withdrawn_at)))

    def has_manage_policy_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may change policies, and so may dismiss requests for changes."""
        return request.user.has_perm("sample_plugin_reviews.change_reviewpolicy")

    @admin.action(description=gettext_lazy("Dismiss request"), permissions=["manage_policy"])
    def dismiss_request(self, request: HttpRequest, queryset: QuerySet[ReviewedStatus]) -> None:
        """Dismiss the ticked requests for changes, and record the reason."""
        ticked = self.ticked(request)
        requests = ReviewedStatus.objects.in_force().requests().in_bulk(ticked)
        others = len(ticked) - len(requests)
        if others:
            text = ngettext(
                "{count} of the rows that you ticked is not an open request for changes.",
                "{count} of the rows that you ticked are not open requests for changes.",
                others,
            )
            self.message_user(request, text.format(count=others), messages.WARNING)
        # A request is dismissed together with its carried-over copies, which may be ticked as well.
        made = {one.origin_id: one.pk for one in requests.values()}
        dismissed = 0
        for review_id in made.values():
            try:
                api.dismiss_request(review_id, dismissed_by_id=user_id_of(request), reason=note_of(request))
            except ReviewedStatus.DoesNotExist as error:
                self.message_user(request, str(error), messages.WARNING)
            except ValidationError as error:
                # The reason is wrong, and it is the same for all requests: none was done before, and none will be.
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                break
            else:
                dismissed += 1
        if dismissed:
            text = ngettext("{count} request dismissed.", "{count} requests dismissed.", dismissed)
            self.message_user(request, text.format(count=dismissed), messages.SUCCESS)


@admin.register(PublishJudgement)
class PublishJudgementAdmin(RecordAdmin):
    """Publishes: why each was allowed and, of a bypass, who decided that and why."""

    list_display = [
        "publish",
        "learning_package",
        "basis",
        "mode",
        "change_count",
        "unreviewed_count",
        "decided_by",
        "reason",
        "created",
    ]
    list_select_related = ["publish_log__learning_package", "decided_by"]
    search_fields = ["reason", "decided_by__username", "publish_log__learning_package__package_ref"]
    list_filter = ["basis", "mode", "created", ("publish_log__learning_package", admin.RelatedOnlyFieldListFilter)]
    ordering = ["-publish_log"]
    fields = (
        "publish",
        "learning_package",
        "basis",
        "mode",
        "required_reviewers",
        "change_count",
        "unreviewed_count",
        "items",
        "decided_by",
        "reason",
        "created",
    )
    readonly_fields = ("publish", "learning_package", "items")

    @admin.display(description=gettext_lazy("publish"), ordering="publish_log")
    def publish(self, judgement: PublishJudgement) -> str:
        """The publish, by its id on core's own admin page."""
        return f"#{judgement.publish_log_id}"

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, judgement: PublishJudgement) -> LearningPackage:
        """The learning package of the publish."""
        return judgement.publish_log.learning_package

    @admin.display(description=gettext_lazy("unreviewed items"))
    def items(self, judgement: PublishJudgement) -> SafeString | str:
        """The unreviewed items under the titles that went live, with links to core's pages about them."""
        records = (
            judgement.publish_log.records.filter(entity__in=judgement.unreviewed[:_ITEMS_SHOWN])
            .select_related("entity", "old_version", "new_version")
            .order_by("entity")
        )
        rows = [
            (
                reverse("admin:openedx_content_publishableentity_change", args=[record.entity_id]),
                api.ChangedItem.between(record.entity, record.old_version, record.new_version),
            )
            for record in records
        ]
        more = len(judgement.unreviewed) - len(rows)
        text = ngettext("And {count} more.", "And {count} more.", more).format(count=more) if more > 0 else ""
        items = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
        return format_html("<ul>{}</ul>{}", items, text) if rows or text else "-"
