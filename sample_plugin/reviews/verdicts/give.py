"""Give verdicts: approve draft changes, one or many, or request changes. All of them go through one function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timezone
from itertools import batched

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import DraftChangeLog, PublishableEntity

from ..drafts.changes import load_drafts, put_there_by, title_of
from ..drafts.contributors import load_histories
from ..exceptions import ManyReviewsError, ReviewError, SelfReviewError, StaleReviewError
from ..models import ReviewedStatus, Verdict, is_live
from ..policy import lock_publishes
from ..signals import send_changes_requested, send_entities_reviewed
from ..texts import require_text
from .targets import Target, find_targets, refuse_contributor
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

    Does not check permissions. Contributors cannot review, see :func:`.get_contributors` and ``who_may_review``. Up to
    twelve queries, and nine more to withdraw a request.

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

    Does not check permissions. Three queries, and ten for every 500 changes; five more to withdraw requests, and up to
    three more for versions that containers pin.

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

    All or nothing. Does not check permissions. Five queries, and ten for every 500 changes, as for
    :func:`mark_many_reviewed`.

    Raises:
        DraftChangeLog.DoesNotExist, User.DoesNotExist: no such log or user.
        SelfReviewError: the reviewer contributed to one of these changes, and ``who_may_review`` does not allow that.
        StaleReviewError: the same reviewer requests changes to one of them at the same time, in another window.
        ValidationError: the note is too long, or contains control characters.
    """
    require_text("note", note)
    DraftChangeLog.objects.get(pk=draft_change_log_id)
    shown = put_there_by(draft_change_log=draft_change_log_id).exclude(is_live()).values_list("entity_id", "pk")
    try:
        return _give(Verdict.REVIEWED, dict(shown), reviewer_id=reviewer_id, note=note, leave_out_edited=True)
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

    Does not check permissions. Contributors cannot request changes to their own change. Up to 18 queries, and five more
    to withdraw a verdict.

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
    verdict: Verdict,
    changes: Mapping[PublishableEntity.ID, int | None],
    *,
    reviewer_id: int,
    note: str,
    leave_out_edited: bool = False,
) -> list[ReviewedStatus]:
    """
    Give this verdict on all of these changes or on none, and return the verdicts, in order of entity id.

    A change is a ``DraftChangeLogRecord`` id, or None for the one that the draft shows. With ``leave_out_edited``, no
    verdict is given on a change that the draft no longer shows; otherwise it is an error.
    """
    get_user_model().objects.get(pk=reviewer_id)
    now = datetime.now(tz=timezone.utc)
    errors: dict[PublishableEntity.ID, ReviewError] = {}
    given: list[ReviewedStatus] = []
    for batch in batched(sorted(changes), _BATCH_SIZE):
        _lock_if_it_matters(verdict, batch, reviewer_id)
        # Read once, so that the checked changes are the reviewed ones, whatever happens to the drafts meanwhile.
        entities = load_drafts(batch)
        for entity_id in batch:
            if entity_id not in entities:
                raise PublishableEntity.DoesNotExist(_("There is no entity with the id {id}.").format(id=entity_id))
        found = find_targets(entities.values(), {entity_id: changes[entity_id] for entity_id in batch})
        histories = load_histories(batch)
        targets: dict[PublishableEntity.ID, Target] = {}
        for entity_id in batch:
            target = found[entity_id]
            if isinstance(target, ReviewError):
                if not leave_out_edited:
                    errors[entity_id] = target
            elif error := refuse_contributor(entities[entity_id], histories[entity_id], target, reviewer_id):
                errors[entity_id] = error
            else:
                targets[entity_id] = target
        if not errors:
            verdicts = _record(verdict, targets, entities, reviewer_id=reviewer_id, note=note, now=now)
            for one in verdicts:
                if one.verdict != verdict:
                    errors[one.entity_id] = StaleReviewError.in_another_window(title_of(entities[one.entity_id]))
            given += verdicts
    if errors:
        raise ManyReviewsError(errors)
    new = [one for one in given if one.created == now]
    if verdict == Verdict.REVIEWED:
        send_entities_reviewed(new)
    else:
        for request in new:
            send_changes_requested(request)
    return given


def _lock_if_it_matters(verdict: Verdict, entity_ids: Collection[PublishableEntity.ID], reviewer_id: int) -> None:
    """
    Make a request for changes, and the end of one, wait for publishes and carry-overs; a review alone does not wait.

    A publish that was judged before the request is committed before the request is made. A save that changes nothing
    carries over the existing verdicts. If the save comes later, it copies the request. If the request comes later, it
    finds that the draft has moved on.
    """
    entities = PublishableEntity.objects.filter(pk__in=entity_ids)
    if verdict == Verdict.REVIEWED:
        own_requests = ReviewedStatus.objects.in_force().requests().filter(entity=OuterRef("pk"), reviewer=reviewer_id)
        entities = entities.filter(Exists(own_requests))
    for package_id in sorted(entities.values_list("learning_package_id", flat=True).distinct()):
        lock_publishes(package_id)


def _record(
    verdict: Verdict,
    targets: Mapping[PublishableEntity.ID, Target],
    entities: Mapping[PublishableEntity.ID, PublishableEntity],
    *,
    reviewer_id: int,
    note: str,
    now: datetime,
) -> list[ReviewedStatus]:
    """
    Record this verdict on these targets, and return the verdicts, in order of entity id.

    A verdict that the reviewer gave before is kept if it is the same, and otherwise withdrawn. A verdict that they give
    at the same time in another window is kept and returned, the same or not.
    """
    given = _given_by(reviewer_id, targets, Target.has_verdict)
    # A request with another note is another request.
    others = [
        one
        for one in given.values()
        if one.verdict != verdict or (verdict == Verdict.CHANGES_REQUESTED and one.note != note)
    ]
    if others:
        withdraw_verdicts(others, by_id=reviewer_id)
        for other in others:
            del given[other.entity_id]
    while missing := sorted(targets.keys() - given.keys()):
        rows = [
            ReviewedStatus(
                entity=entities[entity_id],
                draft_change_log_record_id=targets[entity_id].record_id,
                version=targets[entity_id].version,
                version_num=targets[entity_id].version_num,
                reviewer_id=reviewer_id,
                verdict=verdict,
                note=note,
                created=now,
            )
            for entity_id in missing
        ]
        try:
            with atomic():
                ReviewedStatus.objects.bulk_create(rows)
        except IntegrityError:
            # The same reviewer has given a verdict on some of these, and the unique constraints keep the first. If that
            # is not the cause, going on would not help.
            in_the_way = _given_by(reviewer_id, targets, Target.excludes)
            if in_the_way.keys() <= given.keys():
                raise
            given |= in_the_way
        else:
            # MySQL returns no ids from a bulk insert.
            has_ids = all(row.pk for row in rows)
            new = rows if has_ids else _given_by(reviewer_id, targets, Target.has_verdict).values()
            given |= {one.entity_id: one for one in new}
    return [given[entity_id] for entity_id in sorted(targets)]


def _given_by(
    reviewer_id: int,
    targets: Mapping[PublishableEntity.ID, Target],
    is_such: Callable[[Target, ReviewedStatus], bool],
) -> dict[PublishableEntity.ID, ReviewedStatus]:
    """Return this reviewer's verdicts in force for which ``is_such`` is true, by entity. One query."""
    verdicts = (
        ReviewedStatus.objects.in_force()
        .filter(reviewer_id=reviewer_id, entity__in=list(targets))
        .select_related("entity__learning_package")
    )
    return {one.entity_id: one for one in verdicts if is_such(targets[one.entity_id], one)}
