"""The lists of reviews and of bypasses."""

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


@admin.register(ReviewBypass)
class ReviewBypassAdmin(RecordAdmin):
    """Publishes without a review, with user and reason."""

    list_display = ["publish", "learning_package", "unreviewed_count", "user", "reason", "created"]
    list_select_related = ["publish_log__learning_package", "user"]
    search_fields = ["reason", "user__username", "publish_log__learning_package__package_ref"]
    list_filter = ["created"]
    ordering = ["-created", "-pk"]

    @admin.display(description=gettext_lazy("publish"))
    def publish(self, bypass: ReviewBypass) -> str:
        """The publish, by its id on core's own admin page."""
        return f"#{bypass.publish_log_id}"

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, bypass: ReviewBypass) -> LearningPackage:
        """The learning package of the publish."""
        return bypass.publish_log.learning_package
