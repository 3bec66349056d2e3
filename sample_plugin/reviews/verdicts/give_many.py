"""Approve many draft changes at once, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from itertools import batched

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openedx_content.models_api import DraftChangeLog, DraftChangeLogRecord, PublishableEntity

from ..drafts.changes import load_drafts, put_there_by, title_of
from ..drafts.contributors import load_histories
from ..exceptions import ManyReviewsError, ReviewError, SelfReviewError, StaleReviewError
from ..existence import no_change_log, no_entity, require_user
from ..locks import lock_publishes
from ..models import DELETION, ReviewedStatus, Verdict, is_live
from ..policy import get_who_may_review
from ..signals import send_entities_reviewed
from ..texts import require_text
from .give import Target, find_targets, refuse_contributor
from .withdraw import withdraw_verdicts

__all__ = ["mark_change_log_reviewed", "mark_many_reviewed"]

# Rows per INSERT, and ids in one query: SQLite has a limit.
_BATCH_SIZE = 500


def mark_change_log_reviewed(draft_change_log_id: int, /, *, reviewer_id: int, note: str = "") -> list[ReviewedStatus]:
    """
    Approve every change of one ``DraftChangeLog`` that its draft still shows, and return the reviews.

    For "review the import that was just made". Leaves out changes that were edited or published since, and side effects
    on parents, which change nothing of the parent's own. The reviews are in order of entity id; the list is empty if no
    change is left.

    Sends one ``ENTITIES_REVIEWED`` on commit, for the reviews that are new. Withdraws the reviewer's own requests for
    changes to these versions.

    All or nothing. Does not check permissions. The number of queries does not grow with the log, except for batches of
    inserts.

    Raises:
        DraftChangeLog.DoesNotExist, User.DoesNotExist: no such log or user.
        SelfReviewError: the reviewer contributed to one of these changes, and ``who_may_review`` does not allow that.
        StaleReviewError: the same reviewer requests changes to one of them at the same time, in another window.
        ValidationError: the note is too long, or contains control characters.
    """
    require_text("note", note)
    require_user(reviewer_id)
    change_log = DraftChangeLog.objects.filter(pk=draft_change_log_id).first()
    if change_log is None:
        raise no_change_log(draft_change_log_id)

    with atomic():
        return _mark_change_log(change_log, reviewer_id=reviewer_id, note=note)


def _mark_change_log(change_log: DraftChangeLog, *, reviewer_id: int, note: str) -> list[ReviewedStatus]:
    records = DraftChangeLogRecord.objects.filter(draft_change_log=change_log)
    verdicts = ReviewedStatus.objects.in_force().filter(reviewer_id=reviewer_id)
    given = verdicts.reviews()
    requests = verdicts.requests().filter(entity__in=records.values("entity"))
    _lock_to_end(requests)
    # Read once, so that the checked changes are the reviewed ones, whatever happens to the drafts meanwhile.
    shown = list(
        _shown_by_drafts(change_log)
        .annotate(gave_review=Exists(given.filter(version=OuterRef("new_version"))))
        .values("pk", "entity_id", "new_version_id", "new_version__version_num", "gave_review")
    )
    rule = get_who_may_review(change_log.learning_package_id)
    histories = load_histories(records.values("entity"))
    own = [
        change
        for change in shown
        if histories[change["entity_id"]].of(change["new_version_id"]).forbid(reviewer_id, rule)
    ]
    if own:
        raise SelfReviewError(
            ngettext(
                "You changed {count} of these items yourself, so someone else has to review it.",
                "You changed {count} of these items yourself, so someone else has to review them.",
                len(own),
            ).format(count=len(own))
        )

    # Core rewrites the records of a bulk edit while it runs; a review of an earlier state is still pinned to the
    # record.
    covered = {(change["entity_id"], change["new_version_id"]) for change in shown}
    shown_records = {change["pk"] for change in shown}
    own_requests = [
        request
        for request in requests
        if (request.entity_id, request.version_id) in covered
        and (request.version_id or request.draft_change_log_record_id in shown_records)
    ]
    if own_requests:
        withdraw_verdicts(own_requests, by_id=reviewer_id)
    now = datetime.now(tz=timezone.utc)
    ReviewedStatus.objects.bulk_create(
        (
            ReviewedStatus(
                entity_id=change["entity_id"],
                draft_change_log_record_id=change["pk"],
                version_id=change["new_version_id"],
                version_num=change["new_version__version_num"] or DELETION,
                reviewer_id=reviewer_id,
                note=note,
                created=now,
            )
            for change in shown
            if not change["gave_review"]
        ),
        batch_size=_BATCH_SIZE,
        # The same reviewer may press the button twice: the constraint keeps the first review.
        ignore_conflicts=True,
    )
    # MySQL returns no ids from a bulk insert, and earlier reviews are part of the result anyway.
    in_force = given.filter(
        Q(version__in=records.exclude(new_version=None).values("new_version"))
        | Q(version_num=DELETION, draft_change_log_record__in=records),
        # This follows from the other conditions, but MariaDB finds the rows by it. Without it MariaDB reads all reviews
        # of the site.
        entity__in=records.values("entity"),
    )
    in_force = in_force.select_related("entity__learning_package").order_by("entity_id")
    reviews = [review for review in in_force if (review.entity_id, review.version_id) in covered]
    if len(reviews) < len(covered):
        raise StaleReviewError(
            _(
                "You have just said something else of {count} of these changes, in another window: look there first."
            ).format(count=len(covered) - len(reviews))
        )
    # Only what this call has written: a row that the constraint kept has the time of the call that wrote it.
    send_entities_reviewed([review for review in reviews if review.created == now])
    return reviews


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
    require_user(reviewer_id)
    errors: dict[PublishableEntity.ID, ReviewError] = {}
    reviews: list[ReviewedStatus] = []
    now = datetime.now(tz=timezone.utc)
    with atomic():
        for batch in batched(sorted(changes), _BATCH_SIZE):
            _lock_to_end(ReviewedStatus.objects.in_force().requests().filter(reviewer_id=reviewer_id, entity__in=batch))
            # Read once, so that the checked changes are the reviewed ones, whatever happens to the drafts meanwhile.
            entities = load_drafts(batch)
            for entity_id in batch:
                if entity_id not in entities:
                    raise no_entity(entity_id)
            found = find_targets(entities.values(), [changes[entity_id] for entity_id in batch])
            histories = load_histories(batch)
            targets: dict[PublishableEntity.ID, Target] = {}
            for entity_id in batch:
                target = found[entity_id]
                if isinstance(target, ReviewError):
                    errors[entity_id] = target
                elif error := refuse_contributor(entities[entity_id], histories[entity_id], target, reviewer_id):
                    errors[entity_id] = error
                else:
                    targets[entity_id] = target
            if not errors:
                marked = _mark(targets, reviewer_id=reviewer_id, note=note, now=now)
                reviews += marked
                # The same reviewer has requested changes to these meanwhile, in another window.
                for entity_id in set(batch) - {review.entity_id for review in marked}:
                    errors[entity_id] = StaleReviewError.of(title_of(entities[entity_id]))
        if errors:
            raise ManyReviewsError(errors)
        send_entities_reviewed([review for review in reviews if review.created == now])
    return reviews


def _shown_by_drafts(change_log: DraftChangeLog) -> QuerySet[DraftChangeLogRecord]:
    """Return the changes of the log that are unpublished and that their drafts still show."""
    return put_there_by(change_log.pk).exclude(is_live())


def _mark(
    targets: Mapping[PublishableEntity.ID, Target], *, reviewer_id: int, note: str, now: datetime
) -> list[ReviewedStatus]:
    """Record the reviews that this person has not given before, and return all of them, in order of entity id."""
    given = (
        ReviewedStatus.objects.in_force()
        .filter(reviewer_id=reviewer_id, entity__in=list(targets))
        .select_related("entity__learning_package")
        .order_by("entity_id", "pk")
    )
    verdicts = [verdict for verdict in given if targets[verdict.entity_id].has_verdict(verdict)]
    own_requests = [verdict for verdict in verdicts if verdict.verdict == Verdict.CHANGES_REQUESTED]
    if own_requests:
        withdraw_verdicts(own_requests, by_id=reviewer_id)
    before = {verdict.entity_id for verdict in verdicts if verdict.verdict == Verdict.REVIEWED}
    ReviewedStatus.objects.bulk_create(
        (
            ReviewedStatus(
                entity_id=entity_id,
                draft_change_log_record_id=target.record_id,
                version=target.version,
                version_num=target.version_num,
                reviewer_id=reviewer_id,
                note=note,
                created=now,
            )
            for entity_id, target in targets.items()
            if entity_id not in before
        ),
        # The same reviewer may press the button twice: the constraint keeps the first review.
        ignore_conflicts=True,
    )
    # MySQL returns no ids from a bulk insert, and earlier reviews are part of the result anyway.
    return [review for review in given.reviews() if targets[review.entity_id].has_verdict(review)]


def _lock_to_end(requests: QuerySet[ReviewedStatus]) -> None:
    """Lock the packages of these requests for changes, which their reviewer is about to end: see ``withdraw.py``."""
    for package_id in sorted(requests.values_list("entity__learning_package_id", flat=True).distinct()):
        lock_publishes(package_id)
