"""The history of one item as one timeline: edits, requests, reviews and publishes, and what other plugins add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from openedx_content.models_api import PublishableEntity

from ..drafts.contributors import load_histories
from ..filters import AddedEntry
from ..models import DELETION, ReviewedStatus
from ..requests.history import tell as tell_of_requests
from .added import find_entries
from .data import HistoryEntry, HistoryKind
from .judged import load_publishes, real_changes

__all__ = ["Timeline", "get_history"]


def get_history(entity_id: PublishableEntity.ID, /) -> Timeline:
    """
    Return the history of one entity, newest first: edits, requests, reviews, and how its publishes were judged.

    An edit has the author that review screens name. Edits and publishes of what a container contains are not in its
    own history. Steps of ``EntityHistoryRequested`` add entries; if one fails, theirs are all missing, and
    ``is_complete`` is false.

    Eight queries and those of the steps, and three for each slice. Does not check permissions. Raises
    ``PublishableEntity.DoesNotExist``.
    """
    histories = load_histories([entity_id])
    if entity_id not in histories:
        raise PublishableEntity.DoesNotExist(f"There is no entity with the id {entity_id}.")
    history = histories[entity_id]
    numbers = {version_id: version.num for version_id, version in history.versions.items()}
    moments = [
        *(
            _Moment(
                record.changed_at,
                HistoryKind.EDIT,
                record.id,
                version_num=numbers.get(record.new or 0),
                is_deletion=record.new is None,
                person_id=history.author_of(record),
                changed_nothing=record.changed_nothing,
            )
            for record in history.records
        ),
        *(
            _Moment(
                created, HistoryKind.REVIEW, pk, version_num=version_num or None, is_deletion=version_num == DELETION
            )
            for pk, created, version_num in ReviewedStatus.objects.filter(entity=entity_id).values_list(
                "pk", "created", "version_num"
            )
        ),
        *(
            _Moment(
                published_at,
                HistoryKind.PUBLISH,
                log_id,
                version_num=numbers.get(version_id),
                is_deletion=version_id is None,
            )
            for log_id, published_at, version_id in real_changes()
            .filter(entity=entity_id)
            .values_list("publish_log_id", "publish_log__published_at", "new_version_id")
        ),
    ]
    added = find_entries(entity_id)
    moments += [
        _Moment(
            one.time,
            HistoryKind.OTHER,
            pk,
            version_num=one.version_num,
            is_deletion=False,
            person_id=one.person_id,
            added=one,
        )
        for pk, one in enumerate([*tell_of_requests(entity_id), *(added or ())])
    ]
    # At one moment, people edit, then ask and talk, before they review, and review before they publish.
    moments.sort(key=lambda one: (one.time, _ORDER.index(one.kind), one.pk), reverse=True)
    return Timeline(entity_id, moments, is_complete=added is not None)


_ORDER = [HistoryKind.EDIT, HistoryKind.OTHER, HistoryKind.REVIEW, HistoryKind.PUBLISH]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the order of the timeline depends on; the rest is loaded for the page that is shown."""

    time: datetime
    kind: HistoryKind
    pk: int
    """The id of the draft change, the verdict or the publish; the place among what was added."""
    version_num: int | None
    is_deletion: bool
    person_id: int | None = None
    changed_nothing: bool = False
    added: AddedEntry | None = None


class Timeline:
    """The entries, newest first. Ask for their number, or take a slice."""

    def __init__(self, entity_id: int, moments: Sequence[_Moment], *, is_complete: bool) -> None:
        # False if a plugin that adds to the history has failed.
        self.is_complete = is_complete
        self._entity_id = entity_id
        self._moments = moments

    def count(self) -> int:
        """Return how many entries there are."""
        return len(self._moments)

    def __getitem__(self, wanted: slice) -> list[HistoryEntry]:
        """Return a page of entries."""
        page = self._moments[wanted]
        ids: dict[HistoryKind, set[int]] = {kind: {one.pk for one in page if one.kind == kind} for kind in HistoryKind}
        people: dict[Any, Any] = get_user_model().objects.in_bulk({one.person_id for one in page if one.person_id})
        reviews = (
            ReviewedStatus.objects.with_replaced()
            .select_related("reviewer", "withdrawn_by")
            .in_bulk(ids[HistoryKind.REVIEW])
        )
        publishes = load_publishes(ids[HistoryKind.PUBLISH], {})
        entries = []
        for one in page:
            review = reviews[one.pk] if one.kind == HistoryKind.REVIEW else None
            publish = publishes[one.pk] if one.kind == HistoryKind.PUBLISH else None
            person = people.get(one.person_id)
            if review:
                person = review.reviewer
            elif publish:
                person = publish.log.published_by
            entries.append(
                HistoryEntry(
                    kind=one.kind,
                    time=one.time,
                    person=person,
                    version_num=one.version_num,
                    is_deletion=one.is_deletion,
                    changed_nothing=one.changed_nothing,
                    review=review,
                    publish_log_id=publish.log.pk if publish else None,
                    basis=publish.basis(self._entity_id) if publish else None,
                    is_unreviewed=publish.is_unreviewed(self._entity_id) if publish else None,
                    judgement=publish.judgement if publish else None,
                    added=one.added,
                )
            )
        return entries
