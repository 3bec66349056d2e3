"""
What people are told about: each receiver puts one event of reviews, of conversations or of core into the outbox.

They are called after the commit, and whoever has acted waits for them. So they look up people, in a few queries for any
number of items, and send nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from datetime import timezone as zones
from functools import wraps
from itertools import batched
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntity, PublishLog, PublishLogRecord

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.signals import ChangesRequestData, EntityReviewsEventData, ReviewRequestsEventData

from .conf import kinds_of_site
from .contents import AT_ONCE, find_reviewed
from .kinds import Kind
from .outbox import notify

__all__ = [
    "install",
    "notify_of_changes_requested",
    "notify_of_comment",
    "notify_of_publish",
    "notify_of_review_requested",
    "notify_of_reviews",
]

# An author who answers one comment often answers the next, and then asks for a review: that is one mail.
_ANSWERS_CAN_WAIT = timedelta(minutes=5)


def _about(*kinds: Kind) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator: the receiver does nothing, and asks no query, if the site has switched these kinds off."""

    def decorate(receive: Callable[..., None]) -> Callable[..., None]:
        @wraps(receive)
        def receive_if_wanted(**kwargs: Any) -> None:
            if not kinds_of_site().isdisjoint(kinds):
                receive(**kwargs)

        return receive_if_wanted

    return decorate


@_about(Kind.REVIEW_REQUESTED, Kind.DUE_TOMORROW)
def notify_of_review_requested(
    *, learning_package: Any, requested_by: Any, requests: ReviewRequestsEventData, **kwargs: Any
) -> None:
    """Tell the people who are named: now, and again on the day before the review is due."""
    entity_ids = [request.entity_id for request in requests.requests]
    people: dict[int | None, list[PublishableEntity.ID]] = {pk: list(entity_ids) for pk in requests.reviewer_ids}
    about: dict[str, Any] = {
        "by_id": requested_by.user_id,
        "cause_id": requests.requests[0].request_id,
        "learning_package_id": learning_package.id,
    }
    notify(Kind.REVIEW_REQUESTED, people, **about)
    if requests.due:
        day_before = timezone.make_aware(datetime.combine(requests.due - timedelta(days=1), time.min))
        # Otherwise the first mail says it.
        if day_before > timezone.now():
            notify(Kind.DUE_TOMORROW, people, **about, send_after=day_before.astimezone(zones.utc))


@_about(Kind.CHANGES_REQUESTED)
def notify_of_changes_requested(
    *, learning_package: Any, requested_by: Any, request: ChangesRequestData, **kwargs: Any
) -> None:
    """Tell the author who last changed the item, and the one who asked for the review."""
    people = {request.changed_by.user_id, *_who_asked([request.entity_id]).get(request.entity_id, ())}
    notify(
        Kind.CHANGES_REQUESTED,
        {person_id: [request.entity_id] for person_id in people},
        by_id=requested_by.user_id,
        cause_id=request.review_id,
        learning_package_id=learning_package.id,
    )


@_about(Kind.REVIEWED)
def notify_of_reviews(
    *, learning_package: Any, reviewed_by: Any, reviews: EntityReviewsEventData, **kwargs: Any
) -> None:
    """Tell the contributors and the author who asked which of the items now have all the reviews that they need."""
    people: dict[int | None, list[PublishableEntity.ID]] = defaultdict(list)
    reviewed = find_reviewed(learning_package.id, sorted(review.entity_id for review in reviews.reviews))
    for entity_ids in batched(reviewed, AT_ONCE):
        contributors, asked = reviews_api.get_contributors(entity_ids), _who_asked(entity_ids)
        for entity_id in entity_ids:
            for person_id in {*contributors.get(entity_id, ()), *asked.get(entity_id, ())}:
                people[person_id].append(entity_id)
    notify(
        Kind.REVIEWED,
        people,
        by_id=reviewed_by.user_id,
        cause_id=min(review.review_id for review in reviews.reviews),
        learning_package_id=learning_package.id,
    )


@_about(Kind.PUBLISHED)
def notify_of_publish(*, learning_package: Any, changed_by: Any, change_log: Any, **kwargs: Any) -> None:
    """Tell everyone who changed one of the items since it was last published."""
    # Of the others nothing went live: they contain what did.
    entity_ids = [one.entity_id for one in change_log.changes if one.old_version_id != one.new_version_id]
    people: dict[int | None, list[PublishableEntity.ID]] = defaultdict(list)
    for some in batched(sorted(entity_ids), AT_ONCE):
        for entity_id, person_id in _who_changed(some, change_log.publish_log_id):
            people[person_id].append(entity_id)
    notify(
        Kind.PUBLISHED,
        people,
        by_id=changed_by.user_id,
        cause_id=change_log.publish_log_id,
        learning_package_id=learning_package.id,
    )


@_about(Kind.ANSWERED)
def notify_of_comment(*, learning_package: Any, by: Any, conversation: Any, **kwargs: Any) -> None:
    """Tell everyone else who has written in the conversation."""
    from sample_plugin.conversations import api as conversations_api  # noqa: PLC0415, see install()

    found = conversations_api.get_conversations(conversation.entity_id).filter(pk=conversation.conversation_id)
    notify(
        Kind.ANSWERED,
        {person_id: [conversation.entity_id] for person_id in found.values_list("comments__author", flat=True)},
        by_id=by.user_id,
        cause_id=conversation.comment_id,
        learning_package_id=learning_package.id,
        can_wait=_ANSWERS_CAN_WAIT,
    )


def install() -> None:
    """Listen to conversations, if they are installed. Safe to call again."""
    if apps.is_installed("sample_plugin.conversations"):
        from sample_plugin.conversations.signals import COMMENT_ADDED  # noqa: PLC0415, it needs its models

        COMMENT_ADDED.connect(notify_of_comment)


def _who_asked(entity_ids: Collection[PublishableEntity.ID]) -> dict[PublishableEntity.ID, list[int | None]]:
    """Return the author who asked for a review of each item, if such a request is open."""
    return {
        entity_id: [open_request.request.requested_by_id]
        for entity_id, open_request in reviews_api.get_open_requests(entity_ids).items()
    }


def _who_changed(
    entity_ids: Collection[PublishableEntity.ID], publish_log_id: int
) -> Collection[tuple[PublishableEntity.ID, int]]:
    """
    Return who made the changes of these items that this publish took live, as pairs. One query.

    Afterwards, get_contributors() of reviews knows only of newer changes.
    """
    earlier = PublishLogRecord.objects.filter(entity=OuterRef("entity"), publish_log__lt=publish_log_id)
    published_at = PublishLog.objects.filter(pk=publish_log_id).values("published_at")
    changes = (
        DraftChangeLogRecord.objects.filter(entity__in=entity_ids, draft_change_log__changed_by__isnull=False)
        .annotate(
            before=Subquery(earlier.order_by("-publish_log").values("publish_log__published_at")[:1]),
            until=Subquery(published_at),
        )
        .filter(draft_change_log__changed_at__lte=F("until"))
        .filter(Q(before__isnull=True) | Q(draft_change_log__changed_at__gt=F("before")))
        .exclude(old_version=F("new_version"))
    )
    return changes.order_by("entity").values_list("entity", "draft_change_log__changed_by").distinct()
