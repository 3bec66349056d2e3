"""The list of unpublished draft changes, for reviewers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openedx_content.models_api import LearningPackage, PublishableEntity

from .. import api
from ..models import (
    DraftChange,
    ReviewedStatus,
    changes_requested,
    covered_by_review,
    has_review,
    has_verdict_of,
    is_live,
)
from .base import NoteForm, RecordAdmin, note_of, user_id_of
from .filters import LibraryFilter, ReviewerFilter, StateFilter
from .what_changed import describe
from .words import time_text


class ReviewStateFilter(StateFilter):
    """Filters by the state in the column."""

    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the states, in the words of Studio's screens."""
        return [
            ("unreviewed", _("not reviewed")),
            ("outdated", _("edited after review")),
            ("partly", _("some of the reviews")),
            ("requested", _("changes requested")),
            ("given", _("reviewed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> QuerySet[DraftChange]:
        """Filter with the conditions that the gate uses."""
        covered = covered_by_review(entity="entity", version="new_version")
        requested = changes_requested(entity="entity", version="new_version")
        partly = has_review(entity="entity", version="new_version")
        outdated = Exists(PublishableEntity.objects.filter(api.is_outdated(), pk=OuterRef("entity")))
        match self.chosen():
            case "requested":
                return queryset.filter(requested)
            case "given":
                return queryset.filter(covered)
            case "partly":
                return queryset.filter(partly).exclude(covered).exclude(requested)
            case "outdated":
                return queryset.filter(outdated).exclude(requested)
            case "unreviewed":
                return queryset.exclude(outdated).exclude(partly).exclude(requested)
            case _:
                return queryset


class ChangeReviewerFilter(ReviewerFilter):
    """Filters by who has reviewed the change, or requested changes."""

    def of_reviewer(self, queryset: QuerySet[Any], user_id: int) -> QuerySet[Any]:
        """Return the changes on which this user has a verdict in force."""
        return queryset.filter(has_verdict_of(user_id, entity="entity", version="new_version"))


class DraftChangeList(ChangeList):
    """A page of changes, each with its overview."""

    def get_results(self, request: HttpRequest) -> None:
        """Load the overviews of the whole page at once."""
        super().get_results(request)
        changes: list[Any] = list(self.result_list)
        overviews = api.get_entity_overviews([change.entity_id for change in changes], viewer_id=user_id_of(request))
        by_entity = {overview.entity.id: overview for overview in overviews}
        for change in changes:
            change.overview = by_entity.get(change.entity_id)
        self.result_list = changes


@admin.register(DraftChange)
class DraftChangeAdmin(RecordAdmin):
    """The changes that drafts show now and that are not published."""

    list_display = ["title", "change", "state", "changed_by", "changed_at", "learning_package", "entity"]
    list_select_related = [
        "entity__learning_package",
        "entity__published__version",
        "new_version",
        "old_version",  # in the label of the checkbox
    ]
    list_filter = [ReviewStateFilter, LibraryFilter, ChangeReviewerFilter]
    library_path = "entity__learning_package"
    search_fields = [
        "entity__entity_ref",
        "entity__learning_package__package_ref",
        "new_version__title",
        "entity__published__version__title",
    ]
    action_form = NoteForm
    actions = ["mark_reviewed", "request_changes", "withdraw_review"]
    fields = ("title", "change", "changed_by", "changed_at", "learning_package", "entity", "what_changed")
    readonly_fields = ("title", "change", "changed_by", "changed_at", "learning_package", "entity", "what_changed")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the page that loads overviews."""
        return DraftChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[DraftChange]:
        """
        Leave out changes that drafts no longer show, changes that are live, and side effects.

        If something inside a container was changed later, core's own pointer from the container's draft leads to a side
        effect.
        """
        later = api.shown_by_drafts().filter(entity=OuterRef("entity"), pk__gt=OuterRef("pk"))
        changes: QuerySet[DraftChange] = (
            super()
            .get_queryset(request)
            .filter(Exists(api.shown_by_drafts().filter(pk=OuterRef("pk"))))
            .exclude(Exists(later))
            .exclude(is_live())
            .order_by("-pk")
        )
        return changes

    @admin.display(description=gettext_lazy("title"))
    def title(self, change: DraftChange) -> str:
        """The title of the draft; for a deletion, the live title."""
        return _item(change).title or _("(untitled)")

    @admin.display(description=gettext_lazy("change"))
    def change(self, change: DraftChange) -> str:
        """New, edited or deleted."""
        return _item(change).change.label

    @admin.display(description=gettext_lazy("learning package"))
    def learning_package(self, change: DraftChange) -> LearningPackage:
        """The learning package of the item."""
        return change.entity.learning_package

    @admin.display(description=gettext_lazy("changed by"))
    def changed_by(self, change: DraftChange) -> Any:
        """The last author of the draft."""
        overview = _overview(change)
        return overview and (overview.changed_by or _("unknown author"))

    @admin.display(description=gettext_lazy("changed at"), ordering="draft_change_log__changed_at")
    def changed_at(self, change: DraftChange) -> str | None:
        """The time of that change."""
        overview = _overview(change)
        return time_text(overview.changed_at) if overview else None

    @admin.display(description=gettext_lazy("review"))
    def state(self, change: Any) -> str | None:
        """The state of the review, with the number of reviews so far."""
        overview = _overview(change)
        if overview is None:  # deleted, while the page was put together
            return None
        if overview.requests:
            return _("changes requested")
        if overview.is_reviewed:
            return _("reviewed")
        if overview.reviewer_count:
            return _("{count} of {required} reviews").format(
                count=overview.reviewer_count, required=overview.required_reviewers
            )
        return _("edited after review") if overview.is_outdated else _("not reviewed")

    @admin.display(description=gettext_lazy("what changed"))
    def what_changed(self, change: DraftChange) -> str:
        """The difference from the live version, as escaped text."""
        difference = api.get_difference(change.entity_id)
        if difference.new != change.new_version:
            return _("The draft has changed since: go back to the list to see the new change.")
        return format_html('<pre style="white-space: pre-wrap">{}</pre>', describe(difference))

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may add reviews, and so may use the actions."""
        return request.user.has_perm("sample_plugin_reviews.add_reviewedstatus")

    @admin.action(description=gettext_lazy("Approve"), permissions=["review"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> None:
        """Mark the ticked changes as reviewed, each as it was shown."""
        marked = self._give(api.mark_reviewed, request)
        if marked:
            text = ngettext("{count} change approved.", "{count} changes approved.", marked)
            self.message_user(request, text.format(count=marked), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Request changes"), permissions=["review"])
    def request_changes(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> None:
        """Request changes of the ticked items, each as it was shown."""
        requested = self._give(api.request_changes, request)
        if requested:
            text = ngettext("Changes requested of {count} item.", "Changes requested of {count} items.", requested)
            self.message_user(request, text.format(count=requested), messages.SUCCESS)

    def _ticked_changes(self, request: HttpRequest) -> Collection[DraftChange]:
        """Return the ticked changes, and report those that are gone."""
        # Not the queryset: it silently leaves out items that an author has edited since the page was shown.
        shown = self.ticked(request)
        ticked = DraftChange.objects.select_related(*self.list_select_related).in_bulk(shown)
        gone = len(shown) - len(ticked)
        if gone:
            text = ngettext(
                "{count} of the changes that you ticked is gone: it was undone since the page was shown.",
                "{count} of the changes that you ticked are gone: they were undone since the page was shown.",
                gone,
            )
            self.message_user(request, text.format(count=gone), messages.ERROR)
        return ticked.values()

    def _give(self, verdict: Callable[..., ReviewedStatus], request: HttpRequest) -> int:
        """Give this verdict, with the note, on each ticked change. Returns how many were given."""
        given = 0
        for change in self._ticked_changes(request):
            try:
                verdict(
                    change.entity_id,
                    reviewer_id=user_id_of(request),
                    draft_change_log_record_id=change.pk,
                    note=note_of(request),
                )
            except api.ReviewError as error:
                self.message_user(request, str(error), messages.ERROR)
            except ValidationError as error:
                # The note is wrong, and it is the same for all changes: none was done before, and none will be.
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                break
            else:
                given += 1
        return given

    @admin.action(description=gettext_lazy("Withdraw my review"), permissions=["review"])
    def withdraw_review(self, request: HttpRequest, queryset: QuerySet[DraftChange]) -> None:
        """Withdraw the user's own verdict on each ticked change."""
        withdrawn = 0
        for change in self._ticked_changes(request):
            try:
                api.withdraw_review(change.entity_id, reviewer_id=user_id_of(request))
            except ReviewedStatus.DoesNotExist:
                text = _("You have no review of “{title}” to withdraw.").format(title=self.title(change))
                self.message_user(request, text, messages.WARNING)
            else:
                withdrawn += 1
        if withdrawn:
            text = ngettext("{count} review withdrawn.", "{count} reviews withdrawn.", withdrawn)
            self.message_user(request, text.format(count=withdrawn), messages.SUCCESS)


def _overview(change: Any) -> api.EntityOverview | None:
    """Return the overview of the change: loaded with the page of the list, or else looked up once."""
    if not hasattr(change, "overview"):
        change.overview = next(iter(api.get_entity_overviews([change.entity_id], viewer_id=None)), None)
    overview: api.EntityOverview | None = change.overview
    return overview


def _item(change: DraftChange) -> api.ChangedItem:
    return api.ChangedItem.of_draft(change.entity, change.new_version)
