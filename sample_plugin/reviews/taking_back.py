"""Taking verdicts back: one's own, or by dismissing a request for changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishableEntity

from .existence import require_user
from .locks import lock_publishes
from .models import ReviewedStatus
from .signals import send_entity_reviews_withdrawn
from .texts import require_text

__all__ = ["dismiss_request", "take_back", "withdraw_review"]


def withdraw_review(
    entity_id: PublishableEntity.ID, /, *, reviewer_id: int, withdrawn_by_id: int | None = None
) -> None:
    """
    Take back every verdict in force that this person has given to the entity. They stay on record as withdrawn.

    Those that were carried over to later versions as well. ``ENTITY_REVIEWS_WITHDRAWN`` is sent, on commit.

    ``withdrawn_by_id`` is the reviewer unless said otherwise. Somebody else takes back reviews only: to end a request
    for changes needs a reason, see :func:`dismiss_request`. What has been published is not affected; a publish of the
    package that goes on is waited for.

    Does not check permissions. Seven queries.

    Raises:
        User.DoesNotExist: no such user in ``withdrawn_by_id``.
        ReviewedStatus.DoesNotExist: there is nothing by this person to take back.
    """
    if withdrawn_by_id is None:
        withdrawn_by_id = reviewer_id
    require_user(withdrawn_by_id)
    given = ReviewedStatus.objects.in_force().filter(entity_id=entity_id, reviewer_id=reviewer_id)
    if withdrawn_by_id != reviewer_id:
        given = given.reviews()
    entity = PublishableEntity.objects.filter(pk=entity_id).values("learning_package_id").first()
    with atomic():
        if entity:
            # A publish for which this very review counted is committed before the review is gone. And a carry-over that
            # copies it has done so, so that the copy is withdrawn, too.
            lock_publishes(entity["learning_package_id"])
        verdicts = list(given)
        if not verdicts:
            raise ReviewedStatus.DoesNotExist(
                _("There is no review by user {user} of entity {entity} to withdraw.").format(
                    user=reviewer_id, entity=entity_id
                )
            )
        take_back(verdicts, by_id=withdrawn_by_id)


def dismiss_request(review_id: int, /, *, dismissed_by_id: int, reason: str) -> None:
    """
    End a request for changes that neither an edit nor the requester has ended, and put on record why.

    With all that it was carried over to; ``ENTITY_REVIEWS_WITHDRAWN`` is sent, on commit. The change is not reviewed by
    that. A publish or a save of the package that goes on is waited for.

    Does not check permissions: whoever calls this asks for ``CAN_MANAGE_POLICY``. Eight queries.

    Raises:
        User.DoesNotExist: no such user.
        ReviewedStatus.DoesNotExist: this is no request for changes in force.
        ValidationError: the reason is empty, too long, or has control characters in it.
    """
    require_text("reason", reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the request is dismissed; the reason is put on record.")})
    require_user(dismissed_by_id)
    requests = ReviewedStatus.objects.in_force().requests().filter(pk=review_id)
    packages = list(requests.values_list("entity__learning_package_id", flat=True))
    with atomic():
        for package_id in packages:
            lock_publishes(package_id)
        request = requests.first()
        if request is None:
            raise ReviewedStatus.DoesNotExist(
                _("There is no request for changes with the id {id} to dismiss.").format(id=review_id)
            )
        take_back([request], by_id=dismissed_by_id, reason=reason.strip())


def take_back(verdicts: Iterable[ReviewedStatus], *, by_id: int, reason: str = "") -> None:
    """
    Withdraw these, and whatever says the same of a version that says the same: what they were carried over to or from.

    They are one person's, in one learning package, whose publishes the caller has locked: see ``locks.py``. Three
    queries, and two for the event.
    """
    given = {verdict.origin_id for verdict in verdicts}
    rows = ReviewedStatus.objects.filter(Q(pk__in=given) | Q(carried_over_from__in=given), in_force=True)
    ids = list(rows.values_list("pk", flat=True))
    withdrawn = ReviewedStatus.objects.filter(pk__in=ids)
    withdrawn.update(
        in_force=None,
        withdrawn_at=datetime.now(tz=timezone.utc),
        withdrawn_by_id=by_id,
        withdrawn_reason=reason,
    )
    send_entity_reviews_withdrawn(list(withdrawn.select_related("entity__learning_package").order_by("pk")))
