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
from openedx_content.models_api import EntityListRow, PublishableEntity

from ..composed import composed_once
from ..conf import WhoMayReview
from ..data import ChangeKind, EntityOverview, EntityOverviewParent, OpenRequest, PinnedVersion, QueueState
from ..drafts.authors import author_of, load_edits
from ..drafts.changes import title_of
from ..drafts.contributors import History, load_histories
from ..drafts.pins import find_pins_to_review
from ..evidence.data import LiveEvidence
from ..evidence.versions import get_version_evidence
from ..keys import with_keys
from ..models import DELETION, ReviewedStatus, Verdict
from ..policy import policy_of
from ..requests.open_requests import get_open_requests
from .facts import Facts, load_facts
from .waiting import state_of

__all__ = ["get_entity_overviews", "get_reviews", "types_of"]


def get_entity_overviews(
    entity_ids: Sequence[PublishableEntity.ID],
    /,
    *,
    viewer_id: int | None,
    entities: Iterable[PublishableEntity] = (),
) -> list[EntityOverview]:
    """
    Return one overview for each of these entities, in their order. Ids of entities that do not exist are left out.

    ``entities``: those of them that the caller has loaded, with their keys (:func:`.with_keys`). All that can change is
    read now in any case.

    Meant for a page, not for a whole library: the ids go into the queries. Six queries for any number, one less if
    all are loaded. Two more if the viewer has touched any of them, up to three if a review was requested of any, two if
    any is in a container, one if any is a container and three for each level of containers where drafts pin versions
    that were never live, and six if any draft is live. Does not check permissions.
    """
    by_id: dict[PublishableEntity.ID, Any] = {entity.id: entity for entity in entities}
    if missing := [entity_id for entity_id in entity_ids if entity_id not in by_id]:
        by_id |= with_keys(PublishableEntity.objects.filter(pk__in=missing)).in_bulk()
    # Without facts, it was deleted in between.
    facts = load_facts(list(by_id), viewer_id=viewer_id)
    pins = find_pins_to_review([entity_id for entity_id in facts if hasattr(by_id[entity_id], "container")])
    pinned = {pin.entity.id for of_container in pins.values() for pin in of_container}
    # Most viewers have touched little of what they see.
    touched = {entity_id for entity_id, known in facts.items() if known.is_touched and known.has_change}
    histories = load_histories(list(touched | pinned)) if touched or pinned else {}
    edits = load_edits(list(facts)) if facts else {}
    authors = {entity_id: author_of(known, edits.get(entity_id)) for entity_id, known in facts.items()}
    people = get_user_model().objects.in_bulk({author for author, _when in authors.values() if author})
    verdicts = _verdicts_on(facts)
    live_versions = {entity_id: known.live_id for entity_id, known in facts.items() if not known.has_change}
    live = [version_id for version_id in live_versions.values() if version_id]
    evidence = get_version_evidence(live) if live else {}
    containers = _containers_of([entity_id for entity_id, known in facts.items() if known.is_listed])
    asked = [entity_id for entity_id, known in facts.items() if known.was_asked and known.has_change]
    requests = get_open_requests(asked) if asked else {}
    return [
        _overview(
            by_id[entity_id],
            facts[entity_id],
            viewer_id=viewer_id,
            history=histories.get(entity_id),
            author=authors[entity_id],
            people=people,
            pins=[_for_viewer(pin, histories[pin.entity.id], viewer_id) for pin in pins.get(entity_id, ())],
            verdicts=verdicts[entity_id],
            evidence=evidence.get(live_versions.get(entity_id) or 0),
            contained_in=containers[entity_id],
            request=requests.get(entity_id),
        )
        for entity_id in entity_ids
        if entity_id in facts
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


@dataclass(kw_only=True, slots=True)
class _Verdicts:
    """The verdicts in force on one entity, oldest first."""

    reviews: list[ReviewedStatus] = field(default_factory=list)
    requests: list[ReviewedStatus] = field(default_factory=list)
    outdated: list[ReviewedStatus] = field(default_factory=list)


def _verdicts_on(facts: Mapping[PublishableEntity.ID, Facts]) -> dict[PublishableEntity.ID, _Verdicts]:
    verdicts: dict[PublishableEntity.ID, _Verdicts] = defaultdict(_Verdicts)
    is_of_draft = Q(version=F("entity__draft__version")) | Q(version_num=DELETION, entity__draft__version=None)
    for verdict in (
        ReviewedStatus.objects.in_force()
        .filter(is_of_draft | Q(verdict=Verdict.CHANGES_REQUESTED))
        .filter(entity__in=list(facts))
        .select_related("reviewer")
        .order_by("created", "pk")
    ):
        known, of_entity = facts[verdict.entity_id], verdicts[verdict.entity_id]
        # Of several deletions, the newest counts.
        is_of_newest = verdict.version_num != DELETION or verdict.draft_change_log_record_id == known.change_record
        is_shown = known.draft is not None and verdict.version_id == known.draft_id
        # A version that is gone is not a deletion, although neither has a version.
        if is_shown and is_of_newest and (verdict.version_id is not None or verdict.version_num == DELETION):
            if verdict.verdict == Verdict.REVIEWED:
                of_entity.reviews.append(verdict)
            elif known.has_change:  # else it went live in spite of the request, and is not a change
                of_entity.requests.append(verdict)
        elif (
            verdict.verdict == Verdict.CHANGES_REQUESTED
            and verdict.carried_over_from_id is None
            and (verdict.draft_change_log_record_id or 0) > (known.change_of_live or 0)
        ):
            of_entity.outdated.append(verdict)
    return verdicts


def _containers_of(
    entity_ids: Sequence[PublishableEntity.ID],
) -> dict[PublishableEntity.ID, list[EntityOverviewParent]]:
    # A container may list the same entity twice.
    pairs = sorted(set(_load_listed(entity_ids=entity_ids))) if entity_ids else []
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


@composed_once(EntityListRow)
def _load_listed(entity_ids: Sequence[PublishableEntity.ID]) -> QuerySet[EntityListRow, Any]:
    version = "entity_list__container_versions__publishable_entity_version"
    # Not entity__in: Django's look-up for a foreign key takes no expressions in a list.
    listed = EntityListRow.objects.filter(entity__id__in=entity_ids, **{f"{version}__draft__isnull": False})
    return listed.values_list("entity", f"{version}__entity")


def _overview(
    entity: PublishableEntity,
    known: Facts,
    *,
    viewer_id: int | None,
    history: History | None,
    author: tuple[int | None, datetime | None],
    people: Mapping[int, AbstractBaseUser],
    pins: list[PinnedVersion],
    verdicts: _Verdicts,
    evidence: LiveEvidence | None,
    contained_in: list[EntityOverviewParent],
    request: OpenRequest | None,
) -> EntityOverview:
    """Build the overview from what was loaded. No query."""
    kind, block_type = types_of(entity)
    change, in_force = known.change, known.in_force
    has_own_change = change not in (None, ChangeKind.CONTENTS)
    author_id, changed_at = author
    state = state_of(
        is_requested=bool(verdicts.requests),
        is_reviewed=bool(known.is_reviewed),
        is_asked=request is not None,
        starts=in_force.review_starts,
    )
    return EntityOverview(
        entity=entity,
        title=known.title,
        kind=kind,
        block_type=block_type,
        change=change,
        draft_version_num=known.draft_num,
        published_version_num=known.live_num,
        changed_by=people.get(author_id or 0),
        changed_at=changed_at,
        draft_change_log_record_id=known.change_record if has_own_change else None,
        is_reviewed=evidence.is_reviewed if evidence else bool(known.is_reviewed),
        required_reviewers=in_force.required_reviewers,
        reviews=tuple(verdicts.reviews),
        requests=tuple(verdicts.requests),
        # An open request may have been carried over from an earlier one: the earlier one is not outdated then.
        outdated_requests=tuple(
            request
            for request in reversed(verdicts.outdated)
            if request.pk not in {standing.carried_over_from_id for standing in verdicts.requests}
        ),
        is_outdated=bool(has_own_change and known.is_outdated),
        is_own_change=author_id is not None and author_id == viewer_id,
        my_last_version=known.my_last_version,
        own_change_at=(
            _own_change_at(in_force.who_may_review, history, known.draft_id, viewer_id) if history else None
        ),
        review_request=request,
        is_in_progress=has_own_change and state == QueueState.IN_PROGRESS,
        unreviewed_pins=tuple(pins),
        contained_in=tuple(contained_in),
    )


def _own_change_at(
    rule: WhoMayReview, history: History, version_id: int | None, viewer_id: int | None
) -> datetime | None:
    """Return when the viewer changed the version (or deleted the entity), if that forbids them to review it."""
    contributions = history.of(version_id)
    if viewer_id is None or not contributions.forbid(viewer_id, rule):
        return None
    return contributions.changed_at[viewer_id]


def _for_viewer(pin: PinnedVersion, history: History, viewer_id: int | None) -> PinnedVersion:
    rule = policy_of(pin.entity.learning_package).who_may_review
    return replace(pin, own_change_at=_own_change_at(rule, history, pin.version_id, viewer_id))


def types_of(entity: PublishableEntity) -> tuple[str, str]:
    """Return the kind and the block type, as in :class:`.EntityOverview`, of an entity that was loaded with its key."""
    if hasattr(entity, "component"):
        return "component", entity.component.component_type.name
    if hasattr(entity, "container"):
        type_code = entity.container.container_type.type_code
        return type_code, type_code
    return "other", ""
