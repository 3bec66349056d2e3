"""
The events that the plugin sends: somebody reviewed draft changes, somebody took reviews back.

As core's own: after the commit, one for each call of the Python API, however many changes that was about.
"""

# No postponed annotations here: whoever reads the data classes (attrs, the event bus) gets types rather than strings.

from collections.abc import Sequence

from attrs import frozen
from django.db.transaction import on_commit
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity
from openedx_events.tooling import OpenEdxPublicSignal

from .models import ReviewedStatus

__all__ = [
    "ENTITIES_REVIEWED",
    "ENTITY_REVIEWS_WITHDRAWN",
    "EntityReviewData",
    "EntityReviewsEventData",
    "send_entities_reviewed",
    "send_entity_reviews_withdrawn",
]

LearningPackageEventData = content_api.signals.LearningPackageEventData
UserAttributionEventData = content_api.signals.UserAttributionEventData


@frozen
class EntityReviewData:
    """One review of one draft change."""

    review_id: int
    """The ``ReviewedStatus``."""

    entity_id: PublishableEntity.ID

    version_id: int | None
    """The version that the change had put in place. None if the change was a deletion."""

    draft_change_log_record_id: int | None
    """The change that was reviewed. None if core has no record of it (any more)."""


@frozen
class EntityReviewsEventData:
    """The reviews that an event is about."""

    reviews: list[EntityReviewData]
    """At least one, in no particular order, all of one learning package."""


# .. event_type: org.openedx.content_authoring.entities.reviewed.v1
# .. event_name: ENTITIES_REVIEWED
# .. event_description: Sent when somebody has marked draft changes of entities in a learning package as reviewed.
#       One event for each call, however many entities that was about. Not sent when a review is carried over to a
#       new version with the same content.
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
Somebody has marked the draft changes of one or more entities in a ``LearningPackage`` as reviewed.

This is emitted once for each call of ``mark_reviewed``, ``mark_many_reviewed`` or ``mark_change_log_reviewed`` that has
put reviews on record, with exactly those: a second mark of the same change writes nothing and emits nothing.

It is **not** emitted when a save has changed nothing and the reviews in force are carried over to the new version:
nobody has reviewed anything then. So a version may be reviewed without an event about it; to learn whether a draft is,
ask ``get_reviewed_entities``.

This is a low-level batch event, like core's ``ENTITIES_DRAFT_CHANGED``: it has no library context and does not tell
components from containers. It is not meant for the event bus, for which the ids in core's data classes are no types.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is
rolled back, no event is emitted.

⏳ This **batch** event is emitted **synchronously**. Handlers that do anything per-entity or that is possibly slow
should dispatch an asynchronous task for processing the event. One that crashes does not harm the caller; the crash is
logged.
"""


# .. event_type: org.openedx.content_authoring.entity_reviews.withdrawn.v1
# .. event_name: ENTITY_REVIEWS_WITHDRAWN
# .. event_description: Sent when reviews of an entity in a learning package have been withdrawn, by the person who
#       gave them or by somebody else. One event for each call, with every review that it has withdrawn.
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
The reviews that somebody (``reviewed_by``) has given to an entity in a ``LearningPackage`` have been withdrawn, by
the same person or by somebody else (``withdrawn_by``).

This is emitted once for each call of ``withdraw_review``, with all that it has withdrawn: the reviews of earlier
versions too, and those that were carried over, for which there has been no ``ENTITIES_REVIEWED``. The entity may
still be reviewed, by somebody else.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is
rolled back, no event is emitted.

⏳ This **batch** event is emitted **synchronously**. Handlers that do anything per-entity or that is possibly slow
should dispatch an asynchronous task for processing the event. One that crashes does not harm the caller; the crash is
logged.
"""


def send_entities_reviewed(reviews: Sequence[ReviewedStatus]) -> None:
    """
    Send ``ENTITIES_REVIEWED`` for these reviews once the transaction is committed; nothing if there are none.

    They have one reviewer, one learning package and were given at one time. Two queries at most, for the package.
    """
    if reviews:
        _send_on_commit(ENTITIES_REVIEWED, reviews, time=reviews[0].created)


def send_entity_reviews_withdrawn(reviews: Sequence[ReviewedStatus]) -> None:
    """
    Send ``ENTITY_REVIEWS_WITHDRAWN`` for these reviews once the transaction is committed; nothing if there are none.

    They have one reviewer and one learning package, and were withdrawn at one time by one person. Two queries at most,
    for the learning package.
    """
    if reviews:
        _send_on_commit(
            ENTITY_REVIEWS_WITHDRAWN,
            reviews,
            time=reviews[0].withdrawn_at,
            withdrawn_by=UserAttributionEventData(user_id=reviews[0].withdrawn_by_id),
        )


def _send_on_commit(event: OpenEdxPublicSignal, reviews: Sequence[ReviewedStatus], **kwargs: object) -> None:
    learning_package = reviews[0].entity.learning_package
    data = {
        "learning_package": LearningPackageEventData(id=learning_package.id, title=learning_package.title),
        "reviewed_by": UserAttributionEventData(user_id=reviews[0].reviewer_id),
        "reviews": EntityReviewsEventData(
            reviews=[
                EntityReviewData(
                    review_id=review.pk,
                    entity_id=review.entity_id,
                    version_id=review.version_id,
                    draft_change_log_record_id=review.draft_change_log_record_id,
                )
                for review in reviews
            ]
        ),
        **kwargs,
    }

    def send() -> None:
        event.send_event(**data)

    # Robust here as well: with DEBUG on, openedx-events lets a receiver's crash through, to whoever gave the review.
    # (And a function: a partial has no name, which Django wants for the message, and crashes without.)
    on_commit(send, robust=True)
