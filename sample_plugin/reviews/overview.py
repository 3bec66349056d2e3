"""What a screen shows of a library and of its entities, in few queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import GreaterThan, IsNull
from openedx_content.models_api import (
    Draft,
    DraftChangeLogRecord,
    EntityListRow,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
    Published,
    PublishLogRecord,
)

from .coverage import changed_entities
from .data import ChangeKind, EntityOverview, EntityOverviewParent, PackageOverview
from .drafts import is_own_change, shown_by_drafts, title_of
from .existence import no_learning_package
from .keys import with_keys
from .models import DELETION, ReviewedStatus, ReviewPolicy, covered_by_review
from .policy import required_by_default, self_review_allowed
from .publish_reviewed import count_skipped

__all__ = ["ChangeOrder", "ReviewState", "find_changes", "get_entity_overviews", "get_package_overview", "get_reviews"]


class ReviewState(StrEnum):
    """Which changes to list."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    #: Those unreviewed ones that somebody had reviewed before the latest edit.
    OVERTAKEN = "overtaken"


class ChangeOrder(StrEnum):
    """How to order them."""

    TITLE = "title"
    CHANGED = "changed"
    STATE = "state"


def get_package_overview(learning_package_id: LearningPackage.ID, /) -> PackageOverview:
    """
    Return the title, the policy and the counts of one learning package.

    Two queries, and three more if anything is reviewed. Does not check permissions.

    Raises ``LearningPackage.DoesNotExist``.
    """
    package = LearningPackage.objects.select_related("review_policy").filter(pk=learning_package_id).first()
    if package is None:
        raise no_learning_package(learning_package_id)
    policy: ReviewPolicy | None = getattr(package, "review_policy", None)
    counts = _with_review(changed_entities(learning_package_id)).aggregate(
        unpublished=Count("pk"), reviewed=Count("pk", filter=Q(is_reviewed=True))
    )
    return PackageOverview(
        learning_package=package,
        review_required=policy.review_required if policy else required_by_default(),
        policy=policy,
        unpublished=counts["unpublished"],
        reviewed=counts["reviewed"],
        unreviewed=counts["unpublished"] - counts["reviewed"],
        skipped=count_skipped(learning_package_id) if counts["reviewed"] else 0,
    )


def find_changes(
    learning_package_id: LearningPackage.ID,
    /,
    *,
    state: ReviewState = ReviewState.ALL,
    kinds: Collection[str] = (),
    text: str = "",
    order: ChangeOrder = ChangeOrder.TITLE,
    descending: bool = False,
) -> QuerySet[PublishableEntity]:
    """
    Return the entities with unpublished changes of their own, deletions included, that answer to this description.

    ``kinds`` as in :class:`.EntityOverview`; none of them means any. ``text`` is looked for in titles and in the codes
    that keys are made of. The order is total: a page follows the last one without a gap. By state: unreviewed changes
    first.

    One lazy query. Does not check permissions.
    """
    found = _with_review(changed_entities(learning_package_id))
    match state:
        case ReviewState.REVIEWED:
            found = found.filter(is_reviewed=True)
        case ReviewState.UNREVIEWED:
            found = found.filter(is_reviewed=False)
        case ReviewState.OVERTAKEN:
            found = found.filter(_reviewed_since_publish(), is_reviewed=False)
    if kinds:
        kind = Q(container__container_type__type_code__in=set(kinds))
        if "component" in kinds:
            kind |= Q(component__isnull=False)
        found = found.filter(kind)
    if text:
        # In lower case by hand: core keeps codes in a collation in which MySQL's LIKE tells "Salt" from "salt".
        found = found.alias(
            component_code=Lower("component__component_code"), container_code=Lower("container__container_code")
        ).filter(
            Q(draft__version__title__icontains=text)
            | Q(draft__version=None, published__version__title__icontains=text)
            | Q(component_code__contains=text.lower())
            | Q(container_code__contains=text.lower())
        )
    match order:
        case ChangeOrder.TITLE:
            title = Lower(Coalesce("draft__version__title", "published__version__title", Value("")))
            found = found.alias(position=title)
        case ChangeOrder.CHANGED:
            found = found.alias(position=_change_of_draft())
        case ChangeOrder.STATE:
            found = found.alias(position=F("is_reviewed"))
    sign = "-" if descending else ""
    ordered: QuerySet[PublishableEntity] = found.order_by(f"{sign}position", f"{sign}pk")
    return ordered


def get_entity_overviews(
    entity_ids: Sequence[PublishableEntity.ID], /, *, viewer_id: int | None
) -> list[EntityOverview]:
    """
    Return what there is to say about these entities, in their order; what does not exist is left out.

    Meant for a page, not for a library: the ids go into the queries. Five queries for any number. Does not check
    permissions.
    """
    entities = _load(entity_ids, viewer_id)
    records = DraftChangeLogRecord.objects.select_related("draft_change_log__changed_by").in_bulk(
        [entity.change_record for entity in entities.values() if entity.change_record]
    )
    reviews = _covering_reviews(entities.values())
    containers = _containers_of(entity_ids)
    return [
        _overview(
            entities[entity_id],
            record=records.get(entities[entity_id].change_record),
            reviews=reviews[entity_id],
            contained_in=containers[entity_id],
        )
        for entity_id in entity_ids
        if entity_id in entities
    ]


def get_reviews(entity_id: PublishableEntity.ID, /) -> QuerySet[ReviewedStatus]:
    """
    Return all reviews that the entity ever had, newest first, withdrawn and carried-over ones included.

    One lazy query. Does not check permissions.
    """
    reviews: QuerySet[ReviewedStatus] = (
        ReviewedStatus.objects.filter(entity_id=entity_id)
        .select_related("reviewer", "withdrawn_by")
        .order_by("-created", "-pk")
    )
    return reviews


def _with_review(entities: QuerySet[PublishableEntity]) -> QuerySet[Any]:
    """Add ``is_reviewed``: the one rule."""
    covered = covered_by_review(entity="pk", version="draft__version")
    return entities.annotate(is_reviewed=ExpressionWrapper(covered, output_field=BooleanField()))


def _reviewed_since_publish() -> Q:
    """Return the condition under which somebody has reviewed the entity since it was last published."""
    # What was carried over nobody has looked at; it is the review that it comes from that counts.
    given = ReviewedStatus.objects.in_force().filter(entity=OuterRef("pk"), carried_over_from=None)
    # Not Published.publish_log_record: for a container that may be the publish of something in it.
    publishes = (
        PublishLogRecord.objects.filter(entity=OuterRef("pk")).exclude(old_version=F("new_version")).order_by("-pk")
    )
    # Two times to compare rather than an Exists, for which MariaDB reads all reviews there are if the library is large.
    latest = Subquery(given.order_by().values("entity").annotate(latest=Max("created")).values("latest"))
    published_at = Subquery(publishes.values("publish_log__published_at")[:1])
    return Q(GreaterThan(latest, published_at)) | Q(IsNull(latest, False), published=None)


def _change_of_draft() -> Subquery:
    """Return the id of the change that the draft stands on; ids grow with time."""
    changes = shown_by_drafts().filter(entity=OuterRef("pk")).order_by()
    # An aggregate, so that there is one row at most; the newest counts.
    return Subquery(changes.values("entity").annotate(newest=Max("pk")).values("newest"))


def _load(entity_ids: Sequence[PublishableEntity.ID], viewer_id: int | None) -> dict[PublishableEntity.ID, Any]:
    # What was deleted before it was ever published has its title in its latest version only.
    latest = PublishableEntityVersion.objects.filter(entity=OuterRef("pk")).order_by("-version_num")
    own = Value(False) if viewer_id is None or self_review_allowed() else is_own_change(viewer_id)
    entities = PublishableEntity.objects.filter(pk__in=entity_ids)
    return {
        entity.id: entity
        for entity in _with_review(with_keys(entities))
        .annotate(
            is_reviewed_since_publish=ExpressionWrapper(_reviewed_since_publish(), output_field=BooleanField()),
            change_record=_change_of_draft(),
            latest_title=Subquery(latest.values("title")[:1]),
            is_own_change=ExpressionWrapper(own, output_field=BooleanField()),
        )
        .select_related(
            "draft__version__created_by",
            "draft__draft_log_record",
            "published__version",
            "published__publish_log_record",
        )
    }


def _covering_reviews(entities: Iterable[Any]) -> dict[PublishableEntity.ID, list[ReviewedStatus]]:
    changes = {entity.id: entity.change_record for entity in entities}
    reviews: dict[PublishableEntity.ID, list[ReviewedStatus]] = defaultdict(list)
    for review in (
        ReviewedStatus.objects.in_force()
        .filter(Q(version=F("entity__draft__version")) | Q(version_num=DELETION, entity__draft__version=None))
        .filter(entity__in=list(changes))
        .select_related("reviewer")
        .order_by("created", "pk")
    ):
        # Of several deletions the newest is the one that counts.
        if review.version_num != DELETION or review.draft_change_log_record_id == changes[review.entity_id]:
            reviews[review.entity_id].append(review)
    return reviews


def _containers_of(
    entity_ids: Sequence[PublishableEntity.ID],
) -> dict[PublishableEntity.ID, list[EntityOverviewParent]]:
    listed = (
        EntityListRow.objects.filter(entity__in=entity_ids)
        .filter(entity_list__container_versions__publishable_entity_version__draft__isnull=False)
        .values_list("entity_id", "entity_list__container_versions__publishable_entity_version__entity_id")
    )
    # A container may list the same thing twice.
    pairs = sorted(set(listed))
    container_ids = {container_id for _entity_id, container_id in pairs}
    parents = {
        entity.id: EntityOverviewParent(entity=entity, title=title_of(entity))
        for entity in with_keys(PublishableEntity.objects.filter(pk__in=container_ids)).select_related(
            "draft__version", "published__version"
        )
    }
    containers: dict[PublishableEntity.ID, list[EntityOverviewParent]] = defaultdict(list)
    for entity_id, container_id in pairs:
        containers[entity_id].append(parents[container_id])
    return containers


def _overview(
    entity: Any,
    *,
    record: DraftChangeLogRecord | None,
    reviews: list[ReviewedStatus],
    contained_in: list[EntityOverviewParent],
) -> EntityOverview:
    """Put together what was loaded. Runs no query."""
    draft = getattr(entity, "draft", None)
    published = getattr(entity, "published", None)
    version = draft.version if draft else None
    live = published.version if published else None
    kind, block_type = _types_of(entity)
    change = _change(draft, published)
    has_own_change = change not in (None, ChangeKind.CONTENTS)
    changed_by, changed_at = None, None
    if record:
        # Studio leaves the log's author empty at times; the version has one of its own.
        changed_by = record.draft_change_log.changed_by or (version.created_by if version else None)
        changed_at = record.draft_change_log.changed_at
    elif version:
        changed_by, changed_at = version.created_by, version.created
    return EntityOverview(
        entity=entity,
        title=version.title if version else live.title if live else entity.latest_title or "",
        kind=kind,
        block_type=block_type,
        change=change,
        draft_version_num=version.version_num if version else None,
        published_version_num=live.version_num if live else None,
        changed_by=changed_by,
        changed_at=changed_at,
        draft_change_log_record_id=entity.change_record if has_own_change else None,
        is_reviewed=bool(entity.is_reviewed),
        reviews=tuple(reviews),
        is_overtaken=bool(has_own_change and entity.is_reviewed_since_publish and not entity.is_reviewed),
        is_own_change=bool(entity.is_own_change),
        contained_in=tuple(contained_in),
    )


def _types_of(entity: PublishableEntity) -> tuple[str, str]:
    if hasattr(entity, "component"):
        return "component", entity.component.component_type.name
    if hasattr(entity, "container"):
        type_code = entity.container.container_type.type_code
        return type_code, type_code
    return "other", ""


def _change(draft: Draft | None, published: Published | None) -> ChangeKind | None:
    version_id = draft.version_id if draft else None
    live_id = published.version_id if published else None
    if version_id != live_id:
        return ChangeKind.between(live_id, version_id)
    # As in core's contains_unpublished_changes(): the digest stands for all that is in a container.
    shown, live = draft and draft.draft_log_record, published and published.publish_log_record
    if version_id and shown and live and shown.dependencies_hash_digest != live.dependencies_hash_digest:
        return ChangeKind.CONTENTS
    return None
