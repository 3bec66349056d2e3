"""
The events that the plugin sends when reviewers review draft changes, request changes, or withdraw, and authors ask.

Like core's own events, they are sent after the commit, one for each call of the Python API, however many changes the
call is about.
"""

# No postponed annotations here: code that reads the data classes (attrs, the event bus) gets types rather than strings.

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from django.db.transaction import on_commit
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, PublishableEntity
from openedx_events.tooling import OpenEdxPublicSignal

from .drafts.changes import title_of
from .drafts.contributors import author_of_draft
from .keys import KEY_FIELDS, library_key_of, studio_key_of
from .models import ReviewedStatus, ReviewRequest

__all__ = [
    "CHANGES_REQUESTED",
    "ENTITIES_REVIEWED",
    "ENTITY_REVIEWS_WITHDRAWN",
    "REVIEW_REQUESTED",
    "REVIEW_REQUEST_WITHDRAWN",
    "ChangesRequestData",
    "EntityReviewData",
    "EntityReviewsEventData",
    "ReviewRequestData",
    "ReviewRequestsEventData",
    "send_changes_requested",
    "send_entities_reviewed",
    "send_entity_reviews_withdrawn",
    "send_review_request_withdrawn",
    "send_review_requested",
]

LearningPackageEventData = content_api.signals.LearningPackageEventData
UserAttributionEventData = content_api.signals.UserAttributionEventData


@frozen
class EntityReviewData:
    """One person's verdict on one draft change."""

    review_id: int
    """The ``ReviewedStatus``."""

    entity_id: PublishableEntity.ID

    version_id: int | None
    """The version that the change put in place. None if the change was a deletion."""

    draft_change_log_record_id: int | None
    """The change that was reviewed. None if core has no record of it, or has one no longer."""

    verdict: str = "reviewed"
    """The verdict: ``reviewed`` or ``changes_requested``."""

    withdrawn_reason: str = ""
    """The reason for dismissing a request for changes; otherwise empty."""


@frozen
class EntityReviewsEventData:
    """The reviews that an event is about."""

    reviews: list[EntityReviewData]
    """At least one, in no particular order, all of one learning package."""


# .. event_type: org.openedx.content_authoring.entities.reviewed.v1
# .. event_name: ENTITIES_REVIEWED
# .. event_description: Sent when a reviewer has approved draft changes of entities in a learning package. One event for
#       each call, however many entities it is about. Not sent when a review is carried over to a new version with the
#       same content.
# .. event_data: LearningPackageEventData, UserAttributionEventData, EntityReviewsEventData
# .. event_trigger_repository: openedx/sample-plugin
ENTITIES_REVIEWED = OpenEdxPublicSignal(
    event_type="org.openedx.content_authoring.entities.reviewed.v1",
    data={
        "learning_package": LearningPackageEventData,
        "reviewed_by": UserAttributionEventData,
        "reviews": EntityReviewsEventData,
    },
)
"""
A reviewer has approved the draft changes of one or more entities in a ``LearningPackage``.

This is emitted once for each call of ``mark_reviewed``, ``mark_many_reviewed`` or ``mark_change_log_reviewed`` that has
recorded reviews, with exactly those: a second review of the same change writes nothing and emits nothing.

It is **not** emitted when a save has changed nothing and the reviews in force are carried over to the new version,
because no reviewer has reviewed anything then. So a version may be reviewed without an event about it. To find out
whether a draft is reviewed, ask ``get_reviewed_entities``.

This is a low-level batch event, like core's ``ENTITIES_DRAFT_CHANGED``: it has no library context and does not
distinguish components from containers. It is not meant for the event bus, which does not accept the ids in core's data
classes as types.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is rolled
back, no event is emitted.

⏳ This **batch** event is emitted **synchronously**. Handlers that do anything per-entity or that is possibly slow
should dispatch an asynchronous task for processing the event. A handler that crashes does not affect the caller; the
crash is logged.
"""


@frozen
class ChangesRequestData:
    """One request for changes, with everything needed to notify the author."""

    review_id: int
    """The ``ReviewedStatus``."""

    entity_id: PublishableEntity.ID

    entity_key: str | None
    """The entity's key, as Studio writes it; None if Studio has no key for it."""

    library_key: str | None
    """The key of the library; None if the learning package is not a library."""

    title: str
    """The title of the draft; for a deletion, the title of what is deleted."""

    version_id: int | None
    """The version that needs changes. None if the change was a deletion."""

    draft_change_log_record_id: int | None
    """The change. None if core has no record of it."""

    changed_by: UserAttributionEventData
    """The author who last changed the content and should change it again; no user if openedx-core does not know."""

    note: str
    """What is missing, in the reviewer's words. The text is not checked, so escape it."""


# .. event_type: org.openedx.content_authoring.entity.changes_requested.v1
# .. event_name: CHANGES_REQUESTED
# .. event_description: Sent when a reviewer has requested changes to the draft of an entity in a learning package. Not
#       sent when a request is carried over to a new version with the same content.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ChangesRequestData
# .. event_trigger_repository: openedx/sample-plugin
CHANGES_REQUESTED = OpenEdxPublicSignal(
    event_type="org.openedx.content_authoring.entity.changes_requested.v1",
    data={
        "learning_package": LearningPackageEventData,
        "requested_by": UserAttributionEventData,
        "request": ChangesRequestData,
    },
)
"""
A reviewer has looked at the draft change of an entity in a ``LearningPackage``, and requests changes to it.

This is emitted once for each call of ``request_changes`` that has recorded a request. It contains everything that a
site needs to send a mail or a notification to the author, except the people, which the site looks up: see the how-to
about it.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is rolled
back, no event is emitted.

⏳ This event is emitted **synchronously**. Handlers that do anything that is possibly slow, such as sending a mail,
should dispatch an asynchronous task for processing the event. A handler that crashes does not affect the caller; the
crash is logged.
"""


# .. event_type: org.openedx.content_authoring.entity_reviews.withdrawn.v1
# .. event_name: ENTITY_REVIEWS_WITHDRAWN
# .. event_description: Sent when reviews of entities in a learning package, or requests for changes, have been
#       withdrawn, by the reviewer who gave them or by another user. One event for each call, with all of them.
# .. event_data: LearningPackageEventData, UserAttributionEventData, EntityReviewsEventData
# .. event_trigger_repository: openedx/sample-plugin
ENTITY_REVIEWS_WITHDRAWN = OpenEdxPublicSignal(
    event_type="org.openedx.content_authoring.entity_reviews.withdrawn.v1",
    data={
        "learning_package": LearningPackageEventData,
        "reviewed_by": UserAttributionEventData,
        "withdrawn_by": UserAttributionEventData,
        "reviews": EntityReviewsEventData,
    },
)
"""
A reviewer's verdicts on entities in a ``LearningPackage`` have been withdrawn.

``reviewed_by`` is the reviewer who gave them; ``withdrawn_by`` is the same person or another user. Each is a review or
a request for changes: see its ``verdict``.

This is emitted once for each call of ``withdraw_review`` or ``dismiss_request``, with everything that the call has
withdrawn. That includes reviews of earlier versions, and carried-over reviews, for which no ``ENTITIES_REVIEWED`` was
sent. It is also emitted when a reviewer's review replaces their request, or the other way round. The entity may still
be reviewed, by another reviewer.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is rolled
back, no event is emitted.

⏳ This **batch** event is emitted **synchronously**. Handlers that do anything per-entity or that is possibly slow
should dispatch an asynchronous task for processing the event. A handler that crashes does not affect the caller; the
crash is logged.
"""


@frozen
class ReviewRequestData:
    """One request for a review of one draft change."""

    request_id: int
    """The ``ReviewRequest``."""

    entity_id: PublishableEntity.ID

    draft_change_log_record_id: int | None
    """The change that the draft showed when the review was requested. None if core has it no longer."""


@frozen
class ReviewRequestsEventData:
    """The requests that an event is about, and what they have in common."""

    requests: list[ReviewRequestData]
    """At least one, in order of entity id, all of one learning package."""

    reviewer_ids: list[int]
    """The users who are asked; empty for everyone who may review."""

    message: str
    """What the author says to the reviewers. The text is not checked, so escape it."""

    due: date | None
    """The day by which the author needs the review."""


# .. event_type: org.openedx.content_authoring.entities.review_requested.v1
# .. event_name: REVIEW_REQUESTED
# .. event_description: Sent when an author has asked for a review of draft changes of entities in a learning package.
#       One event for each call, however many entities it is about.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ReviewRequestsEventData
# .. event_trigger_repository: openedx/sample-plugin
REVIEW_REQUESTED = OpenEdxPublicSignal(
    event_type="org.openedx.content_authoring.entities.review_requested.v1",
    data={
        "learning_package": LearningPackageEventData,
        "requested_by": UserAttributionEventData,
        "requests": ReviewRequestsEventData,
    },
)
"""
An author has asked for a review of the draft changes of one or more entities in a ``LearningPackage``.

This is emitted once for each call of ``request_review``, ``request_many_reviews`` or ``request_review_again`` that has
recorded requests, with exactly those: the same request about the same change writes nothing and emits nothing. A
request that replaces an earlier one emits no ``REVIEW_REQUEST_WITHDRAWN``.

The named people could review when they were asked. If none is named, nobody in particular is to be told. Check
permissions again before you tell a person later.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is rolled
back, no event is emitted.

⏳ This **batch** event is emitted **synchronously**. Handlers that do anything per-entity or that is possibly slow
should dispatch an asynchronous task for processing the event. A handler that crashes does not affect the caller; the
crash is logged.
"""


# .. event_type: org.openedx.content_authoring.entities.review_request_withdrawn.v1
# .. event_name: REVIEW_REQUEST_WITHDRAWN
# .. event_description: Sent when an open request for a review has been withdrawn, by the author who asked or by another
#       user. Not sent when a request ends because its change was published or discarded.
# .. event_data: LearningPackageEventData, UserAttributionEventData, ReviewRequestsEventData
# .. event_trigger_repository: openedx/sample-plugin
REVIEW_REQUEST_WITHDRAWN = OpenEdxPublicSignal(
    event_type="org.openedx.content_authoring.entities.review_request_withdrawn.v1",
    data={
        "learning_package": LearningPackageEventData,
        "requested_by": UserAttributionEventData,
        "withdrawn_by": UserAttributionEventData,
        "requests": ReviewRequestsEventData,
    },
)
"""
An open request for a review of an entity in a ``LearningPackage`` has been withdrawn.

``requested_by`` is the author who asked; ``withdrawn_by`` is the same person or another user. This is emitted once for
each call of ``withdraw_review_request``.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is rolled
back, no event is emitted.

⏳ This event is emitted **synchronously**. Handlers that do anything that is possibly slow should dispatch an
asynchronous task for processing the event. A handler that crashes does not affect the caller; the crash is logged.
"""


def send_entities_reviewed(
    reviews: Sequence[ReviewedStatus], packages: Mapping[PublishableEntity.ID, LearningPackageEventData]
) -> None:
    """
    Send ``ENTITIES_REVIEWED`` for these reviews once the transaction is committed; nothing if there are none.

    One event for each learning package; ``packages`` says by entity which one. The reviews have one reviewer, and were
    given at one time. No query.
    """
    by_package: dict[LearningPackage.ID, list[ReviewedStatus]] = defaultdict(list)
    for review in reviews:
        by_package[packages[review.entity_id].id].append(review)
    for of_package in by_package.values():
        first = of_package[0]
        _send_on_commit(ENTITIES_REVIEWED, **_about(of_package, packages[first.entity_id]), time=first.created)


def send_changes_requested(request: ReviewedStatus) -> None:
    """
    Send ``CHANGES_REQUESTED`` for this request once the transaction is committed.

    One query, and up to three more for a version that the draft does not show, but a container pins.
    """
    entity = (
        PublishableEntity.objects.select_related(*KEY_FIELDS, "draft__version", "published__version")
        .annotate(author=author_of_draft())
        .get(pk=request.entity_id)
    )
    library_key = library_key_of(entity.learning_package)
    author_id: Any
    draft = getattr(entity, "draft", None)
    if draft and draft.version_id == request.version_id:
        version, author_id = draft.version, entity.author
    else:
        version, record = request.version, request.draft_change_log_record
        author_id = (record.draft_change_log.changed_by_id if record else None) or (version and version.created_by_id)
    _send_on_commit(
        CHANGES_REQUESTED,
        learning_package=LearningPackageEventData(id=entity.learning_package.id, title=entity.learning_package.title),
        time=request.created,
        requested_by=UserAttributionEventData(user_id=request.reviewer_id),
        request=ChangesRequestData(
            review_id=request.pk,
            entity_id=entity.id,
            entity_key=studio_key_of(entity),
            library_key=str(library_key) if library_key else None,
            title=version.title if version else title_of(entity),
            version_id=request.version_id,
            draft_change_log_record_id=request.draft_change_log_record_id,
            changed_by=UserAttributionEventData(user_id=author_id),
            note=request.note,
        ),
    )


def send_entity_reviews_withdrawn(reviews: Sequence[ReviewedStatus]) -> None:
    """
    Send ``ENTITY_REVIEWS_WITHDRAWN`` for these reviews once the transaction is committed; nothing if there are none.

    One event for each learning package. The reviews have one reviewer, were withdrawn at one time by one person, and
    come with their entities. At most one query for each package.
    """
    for of_package in _by_package(reviews):
        _send_on_commit(
            ENTITY_REVIEWS_WITHDRAWN,
            **_about(of_package, _package_of(of_package[0])),
            time=of_package[0].withdrawn_at,
            withdrawn_by=UserAttributionEventData(user_id=of_package[0].withdrawn_by_id),
        )


def send_review_requested(requests: Sequence[ReviewRequest]) -> None:
    """
    Send ``REVIEW_REQUESTED`` for these requests once the transaction is committed; nothing if there are none.

    One event for each learning package. The requests were made at one time by one person, and come with their entities
    and reviewers. No query.
    """
    for of_package in _by_package(requests):
        _send_on_commit(REVIEW_REQUESTED, **_about_requests(of_package), time=of_package[0].created)


def send_review_request_withdrawn(requests: Sequence[ReviewRequest]) -> None:
    """Send ``REVIEW_REQUEST_WITHDRAWN`` for these requests, which one person has withdrawn, in the same way."""
    for of_package in _by_package(requests):
        _send_on_commit(
            REVIEW_REQUEST_WITHDRAWN,
            **_about_requests(of_package),
            time=of_package[0].withdrawn_at,
            withdrawn_by=UserAttributionEventData(user_id=of_package[0].withdrawn_by_id),
        )


def _about_requests(requests: Sequence[ReviewRequest]) -> dict[str, object]:
    first = requests[0]
    return {
        "learning_package": _package_of(first),
        "requested_by": UserAttributionEventData(user_id=first.requested_by_id),
        "requests": ReviewRequestsEventData(
            requests=[
                ReviewRequestData(
                    request_id=request.pk,
                    entity_id=request.entity_id,
                    draft_change_log_record_id=request.draft_change_log_record_id,
                )
                for request in requests
            ],
            reviewer_ids=sorted(person.pk for person in first.reviewers.all()),
            message=first.message,
            due=first.due,
        ),
    }


def _by_package[Row: (ReviewedStatus, ReviewRequest)](rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows of each learning package in turn. No query: their entities are loaded."""
    by_package: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_package[row.entity.learning_package_id].append(row)
    yield from by_package.values()


def _package_of(row: ReviewedStatus | ReviewRequest) -> LearningPackageEventData:
    package = row.entity.learning_package
    return LearningPackageEventData(id=package.id, title=package.title)


def _about(reviews: Sequence[ReviewedStatus], learning_package: LearningPackageEventData) -> dict[str, object]:
    return {
        "learning_package": learning_package,
        "reviewed_by": UserAttributionEventData(user_id=reviews[0].reviewer_id),
        "reviews": EntityReviewsEventData(
            reviews=[
                EntityReviewData(
                    review_id=review.pk,
                    entity_id=review.entity_id,
                    version_id=review.version_id,
                    draft_change_log_record_id=review.draft_change_log_record_id,
                    verdict=str(review.verdict),
                    withdrawn_reason=review.withdrawn_reason,
                )
                for review in reviews
            ]
        ),
    }


def _send_on_commit(event: OpenEdxPublicSignal, **data: object) -> None:
    def send() -> None:
        event.send_event(**data)

    # Robust here as well: with DEBUG on, openedx-events lets a receiver's crash through to the caller. (And a function:
    # Django needs a name for its message. A partial has none, and Django would crash.)
    on_commit(send, robust=True)
