"""The lists of reviews, of requests for a review, and of judgements of publishes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openedx_content.models_api import LearningPackage

from .. import api
from ..models import PublishJudgement, ReviewedStatus, ReviewRequest
from ..texts import listed
from .base import NoteForm, RecordAdmin, note_of, user_id_of
from .filters import LibraryFilter, ReviewerFilter
from .verdict_states import VerdictStateFilter, load_states, state_text
from .words import person_text, time_text, version_text

# How many unreviewed items the page of a judgement names: their ids are parameters of a query, and SQLite allows 999.
_ITEMS_SHOWN = 500


class ReviewList(ChangeList):
    """A page of reviews, each with its state."""

    def get_results(self, request: HttpRequest) -> None:
        """Load the states of the whole page at once, and of no other: they cost a look-up for each review."""
        super().get_results(request)
        self.result_list = load_states(self.result_list)


@admin.register(ReviewedStatus)
class ReviewedStatusAdmin(RecordAdmin):
    """All verdicts, with reviewer and time."""

    # A column of ours must not be called like a field: Django would show the field.
    list_display = [
        "title",
        "reviewed_version",
        "verdict",
        "who",
        "given_at",
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
        "withdrawn_by",
    ]
    # Not date_hierarchy: on a MySQL without time zone tables that is an error.
    list_filter = ["verdict", VerdictStateFilter, LibraryFilter, ReviewerFilter, "created"]
    library_path = "entity__learning_package"
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
    fields = (
        "title",
        "reviewed_version",
        "verdict",
        "who",
        "given_at",
        "note",
        "state",
        "ended_by",
        "dismissal",
        "learning_package",
        "entity",
        "carried_over_from",
    )
    readonly_fields = fields

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the page that loads states."""
        return ReviewList

    @admin.display(description=gettext_lazy("title"))
    def title(self, review: ReviewedStatus) -> str:
        """The title of what was reviewed."""
        title: str = review.version.title if review.version else api.title_of(review.entity)
        return title or _("(untitled)")

    @admin.display(description=gettext_lazy("version"))
    def reviewed_version(self, review: ReviewedStatus) -> str:
        """The version that was reviewed."""
        return version_text(review.version_num)

    @admin.display(description=gettext_lazy("reviewer"), ordering="reviewer__username")
    def who(self, review: ReviewedStatus) -> str:
        """The reviewer, whose account may be gone."""
        return person_text(review.reviewer)

    @admin.display(description=gettext_lazy("given at"), ordering="created")
    def given_at(self, review: ReviewedStatus) -> str:
        """The time of the verdict."""
        return time_text(review.created)

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, review: ReviewedStatus) -> LearningPackage:
        """The learning package of the item."""
        return review.entity.learning_package

    @admin.display(description=gettext_lazy("state"))
    def state(self, review: ReviewedStatus) -> str | None:
        """Whether it counts for what the draft shows; or how it ended, and when."""
        return state_text(review)

    @admin.display(description=gettext_lazy("ended by"))
    def ended_by(self, review: ReviewedStatus) -> str:
        """Who replaced, withdrew or dismissed it."""
        return person_text(review.withdrawn_by) if review.withdrawn_at else "-"

    @admin.display(description=gettext_lazy("reason for the dismissal"))
    def dismissal(self, review: ReviewedStatus) -> str:
        """The reason; "-" if it was not dismissed."""
        return review.withdrawn_reason or "-"

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


@admin.register(ReviewRequest)
class ReviewRequestAdmin(RecordAdmin):
    """All requests for a review, whether they are open or not."""

    list_display = ["entity", "learning_package", "requested_by", "people", "due", "requested_at", "latest"]
    list_select_related = ["entity__learning_package", "requested_by"]
    list_filter = ["latest", LibraryFilter, "created"]
    library_path = "entity__learning_package"
    search_fields = ["entity__entity_ref", "entity__learning_package__package_ref", "requested_by__username", "message"]
    ordering = ["-created", "-pk"]
    fields = (
        "entity",
        "learning_package",
        "requested_by",
        "people",
        "message",
        "due",
        "requested_at",
        "latest",
        "withdrawn_by",
        "withdrawn_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewRequest]:
        """Load the people with the requests."""
        return super().get_queryset(request).prefetch_related("reviewers")

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, review_request: ReviewRequest) -> LearningPackage:
        """The learning package of the item."""
        return review_request.entity.learning_package

    @admin.display(description=gettext_lazy("reviewers"))
    def people(self, review_request: ReviewRequest) -> str:
        """The people who are asked."""
        names = [person_text(person) for person in review_request.reviewers.all()]
        return listed(names) or _("everyone who may review")

    @admin.display(description=gettext_lazy("requested at"), ordering="created")
    def requested_at(self, review_request: ReviewRequest) -> str:
        """The time of the request."""
        return time_text(review_request.created)


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
        "judged_at",
    ]
    list_select_related = ["publish_log__learning_package", "decided_by"]
    search_fields = ["reason", "decided_by__username", "publish_log__learning_package__package_ref"]
    list_filter = ["basis", "mode", LibraryFilter, "created"]
    library_path = "publish_log__learning_package"
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
        "judged_at",
    )
    readonly_fields = ("publish", "learning_package", "items", "judged_at")

    @admin.display(description=gettext_lazy("publish"), ordering="publish_log")
    def publish(self, judgement: PublishJudgement) -> str:
        """The publish, by its id on core's own admin page."""
        return f"#{judgement.publish_log_id}"

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, judgement: PublishJudgement) -> LearningPackage:
        """The learning package of the publish."""
        return judgement.publish_log.learning_package

    @admin.display(description=gettext_lazy("judged at"), ordering="created")
    def judged_at(self, judgement: PublishJudgement) -> str:
        """The time of the judgement."""
        return time_text(judgement.created)

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
