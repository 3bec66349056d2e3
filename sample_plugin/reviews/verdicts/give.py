"""Give verdicts: approve draft changes, one or many, or request changes. All of them go through one function."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from datetime import datetime, timezone
from itertools import batched
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import DraftChangeLog, DraftChangeLogRecord, LearningPackage, PublishableEntity

from ..composed import composed_once, insert_copies
from ..drafts.changes import load_drafts, put_there_by, title_of
from ..exceptions import ManyReviewsError, ReviewError, SelfReviewError, StaleReviewError
from ..models import ReviewActivity, ReviewedStatus, Verdict, is_live
from ..policy import lock_publishes
from ..signals import LearningPackageEventData, send_changes_requested, send_entities_reviewed
from ..texts import require_text
from .targets import Seen, Target, find_clear_targets, find_targets
from .withdraw import withdraw_verdicts

__all__ = ["mark_change_log_reviewed", "mark_many_reviewed", "mark_reviewed", "request_changes"]

# Ids in one query: SQLite has a limit.
_BATCH_SIZE = 500


def mark_reviewed(
    entity_id: PublishableEntity.ID,
    /,
    *,
    reviewer_id: int,
    draft_change_log_record_id: int | None = None,
    note: str = "",
) -> ReviewedStatus:
    """
    Record that a reviewer approved the entity's draft change, and return the review.

    Pass ``draft_change_log_record_id``, the change that the reviewer saw, wherever a person decides: if an author has
    edited the entity since, this raises ``StaleReviewError`` and approves nothing. Without it, the review is for the
    change that the draft shows now. The review covers the version of that change and no other. A change that the draft
    no longer shows can be reviewed if a container pins its version, because that version goes live with the container.

    A second review of the same version by the same reviewer returns the first one. A new review sends
    ``ENTITIES_REVIEWED`` on commit, and withdraws the reviewer's own request for changes to that version.

    Does not check permissions. Contributors cannot review, see :func:`.get_contributors` and ``who_may_review``. Three
    queries for a first review. If there is a trace of the reviewer (they have touched the entity, or have a verdict on
    this version or an open request), or another change was seen than the latest, up to 10, and six more to
    withdraw a request.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        NothingToReviewError: the entity has no unpublished change.
        StaleReviewError: the draft does not show the given change, or no longer does.
        SelfReviewError: the reviewer contributed to the change, and ``who_may_review`` does not allow that.
        ValidationError: the note is too long, or contains control characters.
    """
    require_text("note", note)
    return _give_one(Verdict.REVIEWED, entity_id, draft_change_log_record_id, reviewer_id=reviewer_id, note=note)


def mark_many_reviewed(
    changes: Mapping[PublishableEntity.ID, int], /, *, reviewer_id: int, note: str = ""
) -> list[ReviewedStatus]:
    """
    Approve these draft changes, and return the reviews. ``changes`` maps entity ids to ``DraftChangeLogRecord`` ids.

    Does for all of them what :func:`mark_reviewed` does for one, or nothing. The reviews are in order of entity id,
    including those that the reviewer had given before. Sends one ``ENTITIES_REVIEWED`` on commit, for the reviews that
    are new.

    Does not check permissions. One query, and three for every 500 changes; and for every 500 up to 14 more if some of
    them are as :func:`mark_reviewed` says.

    Raises:
        PublishableEntity.DoesNotExist, User.DoesNotExist: no such entity or user.
        ManyReviewsError: some of them cannot be reviewed; its ``errors`` map entity ids to the reasons.
        ValidationError: the note is too long, or contains control characters.
    """
    require_text("note", note)
    return _give(Verdict.REVIEWED, changes, reviewer_id=reviewer_id, note=note)


def mark_change_log_reviewed(draft_change_log_id: int, /, *, reviewer_id: int, note: str = "") -> list[ReviewedStatus]:
    """
    Approve every change of one ``DraftChangeLog`` that its draft still shows, and return the reviews.

    For "review the import that was just made". Leaves out changes that were edited or published since, and side effects
    on parents, which change nothing of the parent's own. The reviews are in order of entity id; the list is empty if no
    change is left.

    Sends one ``ENTITIES_REVIEWED`` on commit, for the reviews that are new. Withdraws the reviewer's own requests for
    changes to these versions.

    All or nothing. Does not check permissions. Two queries more than :func:`mark_many_reviewed`.

    Raises:
        DraftChangeLog.DoesNotExist, User.DoesNotExist: no such log or user.
        SelfReviewError: the reviewer contributed to one of these changes, and ``who_may_review`` does not allow that.
        StaleReviewError: the same reviewer requests changes to one of them at the same time, in another window.
        ValidationError: the note is too long, or contains control characters.
    """
    require_text("note", note)
    DraftChangeLog.objects.get(pk=draft_change_log_id)
    seen: dict[PublishableEntity.ID, int] = dict(_load_shown(change_log_id=draft_change_log_id))
    try:
        return _give(Verdict.REVIEWED, seen, reviewer_id=reviewer_id, note=note, leave_out_edited=True)
    except ManyReviewsError as exc:
        own = [error for error in exc.errors.values() if isinstance(error, SelfReviewError)]
        if not own:
            raise next(iter(exc.errors.values())) from None
        raise SelfReviewError(
            ngettext(
                "You changed {count} of these items yourself, so someone else has to review it.",
                "You changed {count} of these items yourself, so someone else has to review them.",
                len(own),
            ).format(count=len(own))
        ) from None


@composed_once(DraftChangeLogRecord)
def _load_shown(change_log_id: int) -> QuerySet[DraftChangeLogRecord, Any]:
    """Return the changes of this log that drafts show and that are not live, by entity."""
    return put_there_by(draft_change_log=change_log_id).exclude(is_live()).values_list("entity_id", "pk")


def request_changes(
    entity_id: PublishableEntity.ID,
    /,
    *,
    reviewer_id: int,
    note: str,
    draft_change_log_record_id: int | None = None,
) -> ReviewedStatus:
    """
    Record a reviewer's request for changes to the entity's draft change, and return the request.

    An open request blocks the change, however many reviewers have approved it. It ends when an author edits the entity,
    when the same reviewer approves the change or withdraws the request (``withdraw_review``), or when it is dismissed
    (``dismiss_request``). Like a review, it is pinned to the change and carried over a save that changes nothing.

    The same request by the same reviewer returns the first one. A new request sends ``CHANGES_REQUESTED`` on commit; it
    replaces the reviewer's earlier note, and withdraws their review of the same version. Waits for a running publish of
    the package.

    Does not check permissions. Contributors cannot request changes to their own change. Six queries for a first
    verdict; otherwise up to 16, and four more to withdraw a verdict.

    Raises the same errors as :func:`mark_reviewed`, and ``ValidationError`` also for an empty note.
    """
    require_text("note", note)
    if not note.strip():
        raise ValidationError({"note": _("Say what is missing: the author has nothing else to go by.")})
    return _give_one(
        Verdict.CHANGES_REQUESTED, entity_id, draft_change_log_record_id, reviewer_id=reviewer_id, note=note.strip()
    )


def _give_one(
    verdict: Verdict, entity_id: PublishableEntity.ID, record_id: int | None, *, reviewer_id: int, note: str
) -> ReviewedStatus:
    try:
        [given] = _give(verdict, {entity_id: record_id}, reviewer_id=reviewer_id, note=note)
    except ManyReviewsError as exc:
        raise exc.errors[entity_id] from None
    return given


@atomic
def _give(
    verdict: Verdict, seen: Seen, *, reviewer_id: int, note: str, leave_out_edited: bool = False
) -> list[ReviewedStatus]:
    """
    Give this verdict on all of these changes or on none, and return the verdicts, in order of entity id.

    With ``leave_out_edited``, no verdict is given on a change that the draft no longer shows; otherwise it is an error.
    """
    # The verdicts of this call, from which its copies are made: they differ in what they are about.
    new = ReviewedStatus(reviewer_id=reviewer_id, verdict=verdict, note=note, created=datetime.now(tz=timezone.utc))
    errors: dict[PublishableEntity.ID, ReviewError] = {}
    given: list[ReviewedStatus] = []
    packages: dict[PublishableEntity.ID, LearningPackageEventData] = {}
    for batch in batched(sorted(seen), _BATCH_SIZE):
        if verdict == Verdict.CHANGES_REQUESTED:
            entities = PublishableEntity.objects.filter(pk__in=batch)
            _lock(entities.values_list("learning_package_id", flat=True))
        # Each entity is read once, so that the checked change is the reviewed one, whatever happens to the draft
        # meanwhile.
        targets = find_clear_targets({entity_id: seen[entity_id] for entity_id in batch}, reviewer_id=reviewer_id)
        earlier: list[ReviewedStatus] = []
        if unclear := {entity_id: seen[entity_id] for entity_id in batch if entity_id not in targets}:
            get_user_model().objects.get(pk=reviewer_id)  # who exists if any target is clear
            earlier = _load_earlier(verdict, unclear, reviewer_id)
            for entity_id, target in find_targets(unclear, reviewer_id=reviewer_id).items():
                if isinstance(target, Target):
                    targets[entity_id] = target
                elif isinstance(target, SelfReviewError) or not leave_out_edited:
                    errors[entity_id] = target
        if not errors:
            verdicts = _record(new, targets, earlier)
            for one in verdicts:
                if one.verdict != verdict:
                    errors[one.entity_id] = StaleReviewError.in_another_window(_title_of(one.entity_id))
                packages[one.entity_id] = targets[one.entity_id].package
            given += verdicts
    if errors:
        raise ManyReviewsError(dict(sorted(errors.items())))
    recorded = [one for one in given if one.created == new.created]
    ReviewActivity.put_on_record(packages[one.entity_id].id for one in recorded)
    if verdict == Verdict.REVIEWED:
        send_entities_reviewed(recorded, packages)
    else:
        for request in recorded:
            send_changes_requested(request)
    return given


def _load_earlier(
    verdict: Verdict, entity_ids: Collection[PublishableEntity.ID], reviewer_id: int
) -> list[ReviewedStatus]:
    """Return the reviewer's verdicts in force on these entities, with the lock held if some are to be ended."""
    verdicts = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id, entity__in=list(entity_ids))
    earlier = list(verdicts.select_related("entity"))
    requests = [one for one in earlier if one.verdict == Verdict.CHANGES_REQUESTED]
    if verdict == Verdict.CHANGES_REQUESTED or not requests:
        return earlier
    _lock(one.entity.learning_package_id for one in requests)
    return list(verdicts)


def _lock(package_ids: Iterable[LearningPackage.ID]) -> None:
    """
    Make a request for changes, and the end of one, wait for publishes and carry-overs; a review alone does not wait.

    A publish that was judged before the request is committed before the request is made. A save that changes nothing
    carries over the existing verdicts. If the save comes later, it copies the request. If the request comes later, it
    finds that the draft has moved on.
    """
    for package_id in sorted(set(package_ids)):
        lock_publishes(package_id)


def _title_of(entity_id: PublishableEntity.ID) -> str:
    return title_of(load_drafts([entity_id])[entity_id])


def _record(
    new: ReviewedStatus, targets: Mapping[PublishableEntity.ID, Target], earlier: Iterable[ReviewedStatus]
) -> list[ReviewedStatus]:
    """
    Record the new verdict on these targets, and return the verdicts, in order of entity id.

    An earlier verdict of the reviewer on a target is kept if it is the same, and otherwise withdrawn. A verdict that
    they give at the same time in another window is kept and returned, the same or not.
    """
    given = {
        one.entity_id: one for one in earlier if one.entity_id in targets and targets[one.entity_id].has_verdict(one)
    }
    # A request with another note is another request.
    others = [
        one
        for one in given.values()
        if one.verdict != new.verdict or (new.verdict == Verdict.CHANGES_REQUESTED and one.note != new.note)
    ]
    if others:
        withdraw_verdicts(others, by_id=new.reviewer_id)
        for other in others:
            del given[other.entity_id]
    while missing := [entity_id for entity_id in targets if entity_id not in given]:
        try:
            # Not INSERT IGNORE: with that, MySQL cuts a note that it cannot store, too.
            with atomic():
                inserted = _insert(new, {entity_id: targets[entity_id] for entity_id in missing})
        except IntegrityError:
            # The same reviewer has given a verdict on some of these, and the unique constraints keep the first. If that
            # is not the cause, going on would not help.
            in_the_way = _given_by(new, missing, targets)
            if not in_the_way:
                raise
            given |= in_the_way
        else:
            given |= inserted or _given_by(new, missing, targets)
    return [given[entity_id] for entity_id in sorted(targets)]


def _insert(
    new: ReviewedStatus, targets: Mapping[PublishableEntity.ID, Target]
) -> dict[PublishableEntity.ID, ReviewedStatus]:
    """Insert a copy of the new verdict for each target. Return it if it is a single one: MySQL tells no other ids."""
    columns = ("entity_id", "version_id", "version_num", "draft_change_log_record_id")
    rows = [(pk, target.version_id, target.version_num, target.record_id) for pk, target in targets.items()]
    if len(rows) > 1:
        insert_copies(new, columns, rows)
        return {}
    [row] = rows
    one = copy(new)
    for column, value in zip(columns, row, strict=True):
        setattr(one, column, value)
    one.save(force_insert=True)
    return {one.entity_id: one}


def _given_by(
    new: ReviewedStatus, entity_ids: list[PublishableEntity.ID], targets: Mapping[PublishableEntity.ID, Target]
) -> dict[PublishableEntity.ID, ReviewedStatus]:
    """Return the reviewer's verdicts in force beside which no other on these targets can be, by entity. One query."""
    verdicts = ReviewedStatus.objects.in_force().filter(reviewer_id=new.reviewer_id, entity__in=entity_ids)
    return {one.entity_id: one for one in verdicts if targets[one.entity_id].excludes(one)}
