"""What is on record: who said what about which change, and who went past the gate."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openedx_content.models_api import LearningPackage

from .. import api
from ..models import DELETION, ReviewBypass, ReviewedStatus
from .base import NoteForm, RecordAdmin, note_of, user_id_of


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


@admin.register(ReviewedStatus)
class ReviewedStatusAdmin(RecordAdmin):
    """Who said what about which change, and when."""

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
        """Where it is."""
        return review.entity.learning_package

    @admin.display(description=gettext_lazy("state"))
    def state(self, review: ReviewedStatus) -> str:
        """In force, or withdrawn when."""
        if review.in_force:
            return _("in force, carried over") if review.carried_over_from_id else _("in force")
        text = _("dismissed {when}") if review.withdrawn_reason else _("withdrawn {when}")
        return text.format(when=formats.localize(timezone.localtime(review.withdrawn_at)))

    def has_manage_policy_permission(self, request: HttpRequest) -> bool:
        """Who may decide where a review is required may dismiss requests for changes."""
        return request.user.has_perm("sample_plugin_reviews.change_reviewpolicy")

    @admin.action(description=gettext_lazy("Dismiss request"), permissions=["manage_policy"])
    def dismiss_request(self, request: HttpRequest, queryset: QuerySet[ReviewedStatus]) -> None:
        """End the requests for changes that were ticked, and put the reason on record."""
        ticked = self.ticked(request)
        requests = ReviewedStatus.objects.in_force().requests().in_bulk(ticked)
        others = len(ticked) - len(requests)
        if others:
            text = ngettext(
                "{count} of those that you ticked is no request for changes in force.",
                "{count} of those that you ticked are no requests for changes in force.",
                others,
            )
            self.message_user(request, text.format(count=others), messages.WARNING)
        # With the one that somebody made goes whatever it was carried over to, which may be ticked as well.
        made = {one.origin_id: one.pk for one in requests.values()}
        dismissed = 0
        for review_id in made.values():
            try:
                api.dismiss_request(review_id, dismissed_by_id=user_id_of(request), reason=note_of(request))
            except ReviewedStatus.DoesNotExist as error:
                self.message_user(request, str(error), messages.WARNING)
            except ValidationError as error:
                # It is about the reason, which is the same for all: nothing was done before, and nothing will be.
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                break
            else:
                dismissed += 1
        if dismissed:
            text = ngettext("{count} request dismissed.", "{count} requests dismissed.", dismissed)
            self.message_user(request, text.format(count=dismissed), messages.SUCCESS)


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
