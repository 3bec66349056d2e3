"""What has become of a verdict: whether it counts for what the draft shows, or how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import DELETION, ReviewedStatus, Verdict, newest_deletion
from .filters import StateFilter
from .words import ended_text

__all__ = ["VerdictState", "VerdictStateFilter", "load_states", "state_text"]


class VerdictState(models.TextChoices):
    """What has become of a verdict."""

    IN_FORCE = "in_force", gettext_lazy("in force")
    #: It stands, and neither covers nor blocks what the draft shows.
    EARLIER = "earlier", gettext_lazy("on an earlier version")
    #: A request that stands, but its version went live in spite of it, so it blocks nothing.
    LIVE = "live", gettext_lazy("went live since")
    REPLACED = "replaced", gettext_lazy("replaced")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
    DISMISSED = "dismissed", gettext_lazy("dismissed")


def with_state(verdicts: Any) -> QuerySet[Any]:
    """Add ``state``, a :class:`VerdictState`, and ``is_replaced``."""
    draft, live = "entity__draft__version", "entity__published__version"
    # Of several deletions, the newest counts. (NULL equals nothing in SQL.)
    is_of_draft = Q(version=F(draft)) | Q(
        version_num=DELETION,
        entity__draft__version__isnull=True,
        draft_change_log_record=newest_deletion(OuterRef("entity")),
    )
    is_of_live = Q(version=F(live)) | Q(version_num=DELETION, entity__published__version__isnull=True)
    state = Case(
        When(~Q(withdrawn_reason=""), then=Value(VerdictState.DISMISSED)),
        When(is_replaced=True, then=Value(VerdictState.REPLACED)),
        When(withdrawn_at__isnull=False, then=Value(VerdictState.WITHDRAWN)),
        When(is_of_draft & is_of_live, verdict=Verdict.CHANGES_REQUESTED, then=Value(VerdictState.LIVE)),
        When(is_of_draft, then=Value(VerdictState.IN_FORCE)),
        default=Value(VerdictState.EARLIER),
    )
    annotated: QuerySet[Any] = verdicts.with_replaced().annotate(state=state)
    return annotated


def load_states(reviews: Iterable[Any]) -> list[Any]:
    """Return these reviews, each with ``state`` and ``is_replaced``. One query."""
    reviews = list(reviews)
    states = with_state(ReviewedStatus.objects).in_bulk([review.pk for review in reviews])
    for review in reviews:
        if review.pk in states:  # or deleted, while the page was put together
            review.state, review.is_replaced = states[review.pk].state, states[review.pk].is_replaced
    return reviews


def state_text(review: Any) -> str | None:
    """Return the state in words, with the time when it ended. One query, unless the state was loaded."""
    if not hasattr(review, "state"):
        load_states([review])
    state = getattr(review, "state", None)
    if state == VerdictState.IN_FORCE and review.carried_over_from_id:
        return _("in force, carried over")
    return state and (ended_text(review) or str(VerdictState(state).label))


class VerdictStateFilter(StateFilter):
    """Filters by the state in the column."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return VerdictState.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReviewedStatus]) -> QuerySet[ReviewedStatus]:
        """Return the verdicts in the chosen state."""
        state = self.chosen()
        return with_state(queryset).filter(state=state) if state else queryset
