"""
The events that the plugin sends: somebody reviewed draft changes, asked for changes, or took that back.

As core's own: after the commit, one for each call of the Python API, however many changes that was about.
"""

# No postponed annotations here: whoever reads the data classes (attrs, the event bus) gets types rather than strings.

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen
from django.db.transaction import on_commit
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity
from openedx_events.tooling import OpenEdxPublicSignal

from .drafts.changes import title_of
from .drafts.contributors import load_histories
from .keys import KEY_FIELDS, library_key_of, studio_key_of
from .models import ReviewedStatus

__all__ = [
    "CHANGES_REQUESTED",
    "ENTITIES_REVIEWED",
    "ENTITY_REVIEWS_WITHDRAWN",
    "ChangesRequestData",
    "EntityReviewData",
    "EntityReviewsEventData",
    "send_changes_requested",
    "send_entities_reviewed",
    "send_entity_reviews_withdrawn",
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
    """The version that the change had put in place. None if the change was a deletion."""

    draft_change_log_record_id: int | None
    """The change that was reviewed. None if core has no record of it (any more)."""

    verdict: str = "reviewed"
    """What it was: ``reviewed`` or ``changes_requested``."""

    withdrawn_reason: str = ""
    """Why somebody has dismissed a request for changes; empty for everything else."""


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


@frozen
class ChangesRequestData:
    """One request for changes, with all that it takes to tell the author."""

    review_id: int
    """The ``ReviewedStatus``."""

    entity_id: PublishableEntity.ID

    entity_key: str | None
    """The entity's key, as Studio writes it; None for what Studio has no key for."""

    library_key: str | None
    """The key of the library; None if the learning package is none."""

    title: str
    """What the draft is called; of a deletion, what is deleted."""

    version_id: int | None
    """The version that is not good enough. None if the change was a deletion."""

    draft_change_log_record_id: int | None
    """The change. None if core has no record of it."""

    changed_by: UserAttributionEventData
    """Who last changed the content, and is asked to do so again; no user if openedx-core was not told."""

    note: str
    """What is missing, in the reviewer's words: text that nobody has checked, so escape it."""


# .. event_type: org.openedx.content_authoring.entity.changes_requested.v1
# .. event_name: CHANGES_REQUESTED
# .. event_description: Sent when somebody has asked for changes of the draft of an entity in a learning package. Not
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
Somebody has looked at the draft change of an entity in a ``LearningPackage``, and asks for changes to it.

This is emitted once for each call of ``request_changes`` that has put a request on record. With what is in it a site
can send a mail or a notification to the author, and needs to look up nothing but people: see the how-to about it.

💾 This event is only emitted after the enclosing database transaction has been committed. If the transaction is
rolled back, no event is emitted.

⏳ This event is emitted **synchronously**. Handlers that do anything that is possibly slow, such as sending a mail,
should dispatch an asynchronous task for processing the event. One that crashes does not harm the caller; the crash is
logged.
"""


# .. event_type: org.openedx.content_authoring.entity_reviews.withdrawn.v1
# .. event_name: ENTITY_REVIEWS_WITHDRAWN
# .. event_description: Sent when reviews of entities in a learning package, or requests for changes, have been
#       withdrawn, by the person who gave them or by somebody else. One event for each call, with all of them.
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
The verdicts that somebody (``reviewed_by``) has given to entities in a ``LearningPackage`` have been withdrawn, by
the same person or by somebody else (``withdrawn_by``). Each is a review or a request for changes: see its ``verdict``.

This is emitted once for each call of ``withdraw_review`` or ``dismiss_request``, with all that it has withdrawn: the
reviews of earlier versions too, and those that were carried over, for which there has been no ``ENTITIES_REVIEWED``.
And when somebody thinks better of it: a review takes the place of their request, or the other way round. The entity may
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

    One for each learning package. They have one reviewer, were given at one time, and come with their entities. One
    query at most for each package.
    """
    for of_package in _by_package(reviews):
        _send_on_commit(ENTITIES_REVIEWED, **_about(of_package), time=of_package[0].created)


def send_changes_requested(reviews: Sequence[ReviewedStatus]) -> None:
    """Send ``CHANGES_REQUESTED`` for this one request once the transaction is committed. Five queries."""
    [request] = reviews
    request = ReviewedStatus.objects.select_related(
        *(f"entity__{name}" for name in KEY_FIELDS),
        "version",
        "entity__draft__version",
        "entity__published__version",
        "draft_change_log_record__draft_change_log",
    ).get(pk=request.pk)
    entity, version, record = request.entity, request.version, request.draft_change_log_record
    library_key = library_key_of(entity.learning_package)
    author_id: Any
    draft = getattr(entity, "draft", None)
    if draft and draft.version_id == request.version_id:
        author_id = load_histories([entity.id])[entity.id].author()[0]
    else:  # a version that a container pins
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

    One for each learning package. They have one reviewer, were withdrawn at one time by one person, and come with their
    entities. One query at most for each package.
    """
    for of_package in _by_package(reviews):
        _send_on_commit(
            ENTITY_REVIEWS_WITHDRAWN,
            **_about(of_package),
            time=of_package[0].withdrawn_at,
            withdrawn_by=UserAttributionEventData(user_id=of_package[0].withdrawn_by_id),
        )


def _by_package(reviews: Sequence[ReviewedStatus]) -> Iterator[list[ReviewedStatus]]:
    """Yield the reviews of one learning package after the other. No query: their entities are loaded."""
    by_package: dict[int, list[ReviewedStatus]] = defaultdict(list)
    for review in reviews:
        by_package[review.entity.learning_package_id].append(review)
    yield from by_package.values()


def _about(reviews: Sequence[ReviewedStatus]) -> dict[str, object]:
    learning_package = reviews[0].entity.learning_package
    return {
        "learning_package": LearningPackageEventData(id=learning_package.id, title=learning_package.title),
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

    # Robust here as well: with DEBUG on, openedx-events lets a receiver's crash through, to whoever gave the review.
    # (And a function: a partial has no name, which Django wants for the message, and crashes without.)
    on_commit(send, robust=True)
