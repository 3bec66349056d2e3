"""
Find which changes one user may not review, without the histories of all the others.

To load a history, the database compares each version with the one before. Most reviewers have never touched most of
what they review, and an author has usually made the latest change. Both can be seen without it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from openedx_content.models_api import (
    DraftChangeLogRecord,
    LearningPackage,
    PublishableEntity,
    PublishableEntityVersion,
)

from ..composed import composed_once
from ..conf import WhoMayReview
from .changes import changed_entities_in, draft_changes
from .contributors import load_histories, people_behind
from .unchanged import changed_nothing

__all__ = ["find_forbidden", "load_own_changes", "touched_by"]

# SQLite rejects longer lists of ids.
_MAX_IDS = 500


def touched_by(user_id: int) -> Q:
    """
    Return the condition under which a ``PublishableEntity`` has a trace of this user.

    Contributors and authors are found from these traces, so a user without one is neither. The reverse is not true: the
    trace may be older than what is live.
    """
    of_entity: dict[str, Any] = {"entity": OuterRef("pk")}
    return (
        Q(created_by=user_id)
        | Q(Exists(PublishableEntityVersion.objects.filter(created_by=user_id, **of_entity)))
        | Q(Exists(DraftChangeLogRecord.objects.filter(draft_change_log__changed_by=user_id, **of_entity)))
    )


def load_own_changes(
    entity_ids: Collection[PublishableEntity.ID], /, *, user_id: int, rule: WhoMayReview
) -> dict[PublishableEntity.ID, datetime]:
    """
    Return when the user last changed each of these drafts that the rule forbids them to review.

    The ids go into the queries. No query if the rule forbids nothing; one if the user has touched none of them;
    otherwise three, and three for every 200 saves after a discard.
    """
    if rule == WhoMayReview.ANYBODY:
        return {}
    touched = list(
        PublishableEntity.objects.filter(touched_by(user_id), pk__in=entity_ids).values_list("pk", flat=True)
    )
    if not touched:
        return {}
    contributions = {entity_id: history.of_draft() for entity_id, history in load_histories(touched).items()}
    return {
        entity_id: behind.changed_at[user_id]
        for entity_id, behind in contributions.items()
        if behind.forbid(user_id, rule)
    }


def find_forbidden(rules: Mapping[LearningPackage.ID, WhoMayReview], /, *, user_id: int) -> set[PublishableEntity.ID]:
    """
    Return the entities with unpublished changes that the rule of their package forbids this user to review.

    The ids of the packages go into the queries. No query if no rule forbids anything; one if the user has touched none
    of the entities; two if the latest change of each that the user has touched decides; otherwise four, and three for
    every 200 saves after a discard.
    """
    of_user: dict[str, Any] = {
        "package_ids": [package_id for package_id, rule in rules.items() if rule != WhoMayReview.ANYBODY],
        "user_id": user_id,
    }
    if not of_user["package_ids"]:
        return set()
    rule_of = {pk: rules[package_id] for pk, package_id in _load_touched(**of_user)}
    unclear = set(rule_of)
    if not unclear:
        return set()
    forbidden = set()
    for entity_id, nothing, new, shown, *people in _load_latest(**of_user):
        # The draft is not live, so the change that put it in place came after what is live. If it changed something,
        # the people behind it are contributors and the last editors: nobody changed it later.
        if entity_id in unclear and not nothing and new == shown:
            if user_id in people_behind(*people):
                forbidden.add(entity_id)
                unclear.discard(entity_id)
            elif rule_of[entity_id] == WhoMayReview.NOT_LAST_EDITOR:
                unclear.discard(entity_id)
    if unclear:
        # All of them if the ids are too many for a query.
        ids: Any = list(unclear) if len(unclear) <= _MAX_IDS else _touched(**of_user).values("pk")
        histories = load_histories(ids)
        forbidden |= {pk for pk in unclear if pk in histories and histories[pk].of_draft().forbid(user_id, rule_of[pk])}
    return forbidden


def _touched(package_ids: Collection[LearningPackage.ID], user_id: int) -> QuerySet[PublishableEntity]:
    return changed_entities_in(package_ids).filter(touched_by(user_id)).order_by()


@composed_once(PublishableEntity)
def _load_touched(package_ids: Collection[LearningPackage.ID], user_id: int) -> QuerySet[PublishableEntity, Any]:
    return _touched(package_ids, user_id).values_list("pk", "learning_package")


@composed_once(DraftChangeLogRecord)
def _load_latest(package_ids: Collection[LearningPackage.ID], user_id: int) -> QuerySet[DraftChangeLogRecord, Any]:
    """Return the latest change of each entity that the user has touched, and the people behind it."""
    of_entity = draft_changes().filter(entity=OuterRef("pk")).order_by()
    newest = Subquery(of_entity.values("entity").annotate(newest=Max("pk")).values("newest"))
    return (
        DraftChangeLogRecord.objects.filter(
            pk__in=_touched(package_ids, user_id).annotate(newest=newest).values("newest")
        )
        .annotate(nothing=changed_nothing())
        .values_list(
            "entity",
            "nothing",
            "new_version",
            "entity__draft__version",
            "draft_change_log__changed_by",
            "new_version__created_by",
            "new_version__version_num",
            "entity__created_by",
        )
    )
