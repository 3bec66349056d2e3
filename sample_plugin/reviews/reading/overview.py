"""Load what a screen shows of entities, in few queries for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from openedx_content.models_api import Draft, EntityListRow, PublishableEntity, Published

from ..composed import composed_once
from ..data import ChangeKind, EntityOverview, EntityOverviewParent, OpenRequest, PinnedVersion, QueueState
from ..drafts.changes import change_of_draft, change_of_live, has_change, latest_title, title_of
from ..drafts.contributors import History, load_histories
from ..drafts.pins import find_pins_to_review
from ..evidence.data import LiveEvidence
from ..evidence.versions import get_version_evidence
from ..keys import with_keys
from ..models import DELETION, ReviewedStatus, Verdict
from ..policy import policy_of
from ..requests.open_requests import get_open_requests
from .changes import is_outdated, with_review
from .waiting import state_of

__all__ = ["get_entity_overviews", "get_reviews", "types_of"]


def get_entity_overviews(
    entity_ids: Sequence[PublishableEntity.ID], /, *, viewer_id: int | None
) -> list[EntityOverview]:
    """
    Return one overview for each of these entities, in their order. Ids of entities that do not exist are left out.

    Meant for a page, not for a whole library: the ids go into the queries. Twelve queries for any number, two if a
    review was requested of any, three for each level of containers where drafts pin versions that were never live, and
    six if any draft is live. Does not check permissions.
    """
    entities = _load(entity_ids)
    pins = find_pins_to_review([entity.id for entity in entities.values() if hasattr(entity, "container")])
    pinned = {pin.entity.id for of_container in pins.values() for pin in of_container}
    histories = load_histories(list(entities.keys() | pinned))
    authors = get_user_model().objects.in_bulk(
        {author for entity_id in entities if (author := histories[entity_id].author()[0])}
    )
    verdicts = _verdicts_on(entities.values())
    live_versions = {entity_id: _live_version_id(entity) for entity_id, entity in entities.items()}
    evidence = get_version_evidence([version_id for version_id in live_versions.values() if version_id])
    containers = _containers_of(entity_ids)
    last_versions = _last_versions_of(viewer_id, entity_ids)
    requests = get_open_requests([entity_id for entity_id, entity in entities.items() if has_change(entity)])
    return [
        _overview(
            entities[entity_id],
            viewer_id=viewer_id,
            history=histories[entity_id],
            authors=authors,
            pins=[_for_viewer(pin, histories[pin.entity.id], viewer_id) for pin in pins.get(entity_id, ())],
            verdicts=verdicts[entity_id],
            evidence=evidence.get(live_versions[entity_id] or 0),
            contained_in=containers[entity_id],
            my_last_version=last_versions.get(entity_id),
            request=requests.get(entity_id),
        )
        for entity_id in entity_ids
        if entity_id in entities
    ]


def get_reviews(entity_id: PublishableEntity.ID, /) -> QuerySet[ReviewedStatus]:
    """
    Return all verdicts on the entity, newest first, including withdrawn and carried-over ones.

    Each has ``is_replaced``: whether it was withdrawn because its reviewer gave another verdict.

    One lazy query. Does not check permissions.
    """
    reviews: QuerySet[ReviewedStatus] = (
        ReviewedStatus.objects.with_replaced()
        .filter(entity_id=entity_id)
        .select_related("reviewer", "withdrawn_by")
        .order_by("-created", "-pk")
    )
    return reviews


def _load(entity_ids: Sequence[PublishableEntity.ID]) -> dict[PublishableEntity.ID, Any]:
    entities: dict[PublishableEntity.ID, Any] = {
        entity.id: entity
        for entity in with_keys(PublishableEntity.objects.filter(pk__in=entity_ids)).select_related(
            "draft__version",
            "draft__draft_log_record",
            "published__version",
            "published__publish_log_record",
            "learning_package__review_policy",
        )
    }
    found = {entity_id: facts for entity_id, *facts in _load_facts(entity_ids=list(entities))} if entities else {}
    for entity_id, entity in entities.items():
        # If it was deleted in between, nothing is known about it.
        for name, fact in zip(_FACTS, found.get(entity_id, [None] * len(_FACTS)), strict=True):
            setattr(entity, name, fact)
    return entities


# What is asked about each entity besides its rows; a query of its own, because Django takes long to compose it.
_FACTS = ("is_reviewed", "is_outdated", "change_record", "change_of_live", "latest_title")


@composed_once(PublishableEntity)
def _load_facts(entity_ids: Sequence[PublishableEntity.ID]) -> QuerySet[PublishableEntity, Any]:
    facts: QuerySet[PublishableEntity, Any] = (
        with_review(PublishableEntity.objects.filter(pk__in=entity_ids))
        .annotate(
            is_outdated=is_outdated(),
            change_record=change_of_draft(),
            change_of_live=change_of_live(),
            latest_title=latest_title(),
        )
        .values_list("pk", *_FACTS)
    )
    return facts


def _live_version_id(entity: PublishableEntity) -> int | None:
    """Return the id of the version that the draft shows, if that is live."""
    published = getattr(entity, "published", None)
    return None if published is None or has_change(entity) else published.version_id


@dataclass(kw_only=True, slots=True)
class _Verdicts:
    """The verdicts in force on one entity, oldest first."""

    reviews: list[ReviewedStatus] = field(default_factory=list)
    requests: list[ReviewedStatus] = field(default_factory=list)
    outdated: list[ReviewedStatus] = field(default_factory=list)


def _verdicts_on(entities: Iterable[Any]) -> dict[PublishableEntity.ID, _Verdicts]:
    shown = {entity.id: entity for entity in entities}
    verdicts: dict[PublishableEntity.ID, _Verdicts] = defaultdict(_Verdicts)
    is_of_draft = Q(version=F("entity__draft__version")) | Q(version_num=DELETION, entity__draft__version=None)
    for verdict in (
        ReviewedStatus.objects.in_force()
        .filter(is_of_draft | Q(verdict=Verdict.CHANGES_REQUESTED))
        .filter(entity__in=list(shown))
        .select_related("reviewer")
        .order_by("created", "pk")
    ):
        entity, of_entity = shown[verdict.entity_id], verdicts[verdict.entity_id]
        # Of several deletions, the newest counts.
        is_of_newest = verdict.version_num != DELETION or verdict.draft_change_log_record_id == entity.change_record
        draft = getattr(entity, "draft", None)
        is_shown = draft and verdict.version_id == draft.version_id
        # A version that is gone is not a deletion, although neither has a version.
        if is_shown and is_of_newest and (verdict.version_id is not None or verdict.version_num == DELETION):
            if verdict.verdict == Verdict.REVIEWED:
                of_entity.reviews.append(verdict)
            elif has_change(entity):  # else it went live in spite of the request, and is not a change
                of_entity.requests.append(verdict)
        elif (
            verdict.verdict == Verdict.CHANGES_REQUESTED
            and verdict.carried_over_from_id is None
            and (verdict.draft_change_log_record_id or 0) > (entity.change_of_live or 0)
        ):
            of_entity.outdated.append(verdict)
    return verdicts


def _containers_of(
    entity_ids: Sequence[PublishableEntity.ID],
) -> dict[PublishableEntity.ID, list[EntityOverviewParent]]:
    listed = (
        EntityListRow.objects.filter(entity__in=entity_ids)
        .filter(entity_list__container_versions__publishable_entity_version__draft__isnull=False)
        .values_list("entity_id", "entity_list__container_versions__publishable_entity_version__entity_id")
    )
    # A container may list the same entity twice.
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


def _last_versions_of(
    viewer_id: int | None, entity_ids: Sequence[PublishableEntity.ID]
) -> dict[PublishableEntity.ID, int]:
    if viewer_id is None:
        return {}
    given = ReviewedStatus.objects.filter(entity__in=entity_ids).last_given_by(viewer_id)
    # The last one of each entity comes last, and stays.
    return dict(given.reverse().values_list("entity_id", "version_num"))


def _overview(
    entity: Any,
    *,
    viewer_id: int | None,
    history: History,
    authors: Mapping[Any, AbstractBaseUser],
    pins: list[PinnedVersion],
    verdicts: _Verdicts,
    evidence: LiveEvidence | None,
    contained_in: list[EntityOverviewParent],
    my_last_version: int | None,
    request: OpenRequest | None,
) -> EntityOverview:
    """Build the overview from what was loaded. No query."""
    draft = getattr(entity, "draft", None)
    published = getattr(entity, "published", None)
    version = draft.version if draft else None
    live = published.version if published else None
    kind, block_type = types_of(entity)
    change = _change(draft, published)
    has_own_change = change not in (None, ChangeKind.CONTENTS)
    author_id, changed_at = history.author()
    in_force = policy_of(entity.learning_package)
    state = state_of(
        is_requested=bool(verdicts.requests),
        is_reviewed=bool(entity.is_reviewed),
        is_asked=request is not None,
        starts=in_force.review_starts,
    )
    return EntityOverview(
        entity=entity,
        title=title_of(entity),
        kind=kind,
        block_type=block_type,
        change=change,
        draft_version_num=version.version_num if version else None,
        published_version_num=live.version_num if live else None,
        changed_by=authors.get(author_id or 0),
        changed_at=changed_at,
        draft_change_log_record_id=entity.change_record if has_own_change else None,
        is_reviewed=evidence.is_reviewed if evidence else bool(entity.is_reviewed),
        required_reviewers=in_force.required_reviewers,
        reviews=tuple(verdicts.reviews),
        requests=tuple(verdicts.requests),
        # An open request may have been carried over from an earlier one: the earlier one is not outdated then.
        outdated_requests=tuple(
            request
            for request in reversed(verdicts.outdated)
            if request.pk not in {standing.carried_over_from_id for standing in verdicts.requests}
        ),
        is_outdated=bool(has_own_change and entity.is_outdated),
        is_own_change=author_id is not None and author_id == viewer_id,
        my_last_version=my_last_version,
        own_change_at=(
            _own_change_at(entity, history, version.id if version else None, viewer_id) if has_own_change else None
        ),
        review_request=request,
        is_in_progress=has_own_change and state == QueueState.IN_PROGRESS,
        unreviewed_pins=tuple(pins),
        contained_in=tuple(contained_in),
    )


def _own_change_at(
    entity: PublishableEntity, history: History, version_id: int | None, viewer_id: int | None
) -> datetime | None:
    """Return when the viewer changed the version (or deleted the entity), if that forbids them to review it."""
    contributions = history.of(version_id)
    if viewer_id is None or not contributions.forbid(viewer_id, policy_of(entity.learning_package).who_may_review):
        return None
    return contributions.changed_at[viewer_id]


def _for_viewer(pin: PinnedVersion, history: History, viewer_id: int | None) -> PinnedVersion:
    return replace(pin, own_change_at=_own_change_at(pin.entity, history, pin.version_id, viewer_id))


def types_of(entity: PublishableEntity) -> tuple[str, str]:
    """Return the kind and the block type, as in :class:`.EntityOverview`, of an entity that was loaded with its key."""
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
    # As in core's contains_unpublished_changes(): the digest covers everything in a container.
    shown, live = draft and draft.draft_log_record, published and published.publish_log_record
    if version_id and shown and live and shown.dependencies_hash_digest != live.dependencies_hash_digest:
        return ChangeKind.CONTENTS
    return None
