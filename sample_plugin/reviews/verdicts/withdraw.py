"""Withdraw verdicts: a reviewer's own, or a request for changes that is dismissed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishableEntity, Published

from ..models import DELETION, ReviewActivity, ReviewedStatus, has_been_live
from ..policy import lock_publishes
from ..signals import send_entity_reviews_withdrawn
from ..texts import require_text

__all__ = ["dismiss_request", "withdraw_review", "withdraw_verdicts"]


def withdraw_review(
    entity_id: PublishableEntity.ID, /, *, reviewer_id: int, withdrawn_by_id: int | None = None
) -> None:
    """
    Withdraw the verdicts that a reviewer gave on the entity's draft and on earlier drafts. They stay on record.

    Copies that were carried over to later versions are withdrawn too. Verdicts on a version that is live, or was live,
    stay in force, because it went live with them. The exception is a once-live version that the draft shows again.

    ``withdrawn_by_id`` defaults to the reviewer. Another user can withdraw reviews only: ending a request for changes
    needs a reason, see :func:`dismiss_request`. Waits for a running publish of the package. Sends
    ``ENTITY_REVIEWS_WITHDRAWN`` on commit.

    Does not check permissions. Eight queries.

    Raises:
        User.DoesNotExist: no user has the id ``withdrawn_by_id``.
        ReviewedStatus.DoesNotExist: the reviewer has no verdict to withdraw.
    """
    if withdrawn_by_id is None:
        withdrawn_by_id = reviewer_id
    get_user_model().objects.get(pk=withdrawn_by_id)
    given = ReviewedStatus.objects.in_force().filter(entity_id=entity_id, reviewer_id=reviewer_id)
    if withdrawn_by_id != reviewer_id:
        given = given.reviews()
    entity = PublishableEntity.objects.filter(pk=entity_id).values("learning_package_id").first()
    with atomic():
        if entity:
            # A publish that counted this review is committed before the review is withdrawn. And a carry-over that
            # copies the review has finished, so that the copy is withdrawn, too.
            lock_publishes(entity["learning_package_id"])
        verdicts = list(given.exclude(_is_of_live()))
        if not verdicts:
            raise ReviewedStatus.DoesNotExist(
                _("There is no review by user {user} of entity {entity} to withdraw.").format(
                    user=reviewer_id, entity=entity_id
                )
            )
        withdraw_verdicts(verdicts, by_id=withdrawn_by_id)


def dismiss_request(review_id: int, /, *, dismissed_by_id: int, reason: str) -> None:
    """
    End a reviewer's request for changes, and record why.

    Its carried-over copies end too. The change still needs its reviews. Waits for a running publish or save of the
    package. Sends ``ENTITY_REVIEWS_WITHDRAWN`` on commit.

    Does not check permissions; the caller checks ``CAN_MANAGE_POLICY``. Nine queries.

    Raises:
        User.DoesNotExist: no user has the id ``dismissed_by_id``.
        ReviewedStatus.DoesNotExist: no open request has this id, or its version is live.
        ValidationError: the reason is empty, too long, or contains control characters.
    """
    require_text("reason", reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the request is dismissed; the reason is put on record.")})
    get_user_model().objects.get(pk=dismissed_by_id)
    # A version that went live in spite of a request is not a change any more, and the request stays on record.
    requests = ReviewedStatus.objects.in_force().requests().filter(pk=review_id).exclude(_is_of_live())
    packages = list(requests.values_list("entity__learning_package_id", flat=True))
    with atomic():
        for package_id in packages:
            lock_publishes(package_id)
        request = requests.first()
        if request is None:
            raise ReviewedStatus.DoesNotExist(
                _("There is no request for changes with the id {id} to dismiss.").format(id=review_id)
            )
        withdraw_verdicts([request], by_id=dismissed_by_id, reason=reason.strip())


def withdraw_verdicts(verdicts: Iterable[ReviewedStatus], *, by_id: int | None, reason: str = "") -> None:
    """
    Withdraw these verdicts and their carried-over copies, except those on what is live.

    All of them belong to one reviewer. The caller holds the locks of their learning packages, see ``policy.py``.
    Four queries, and two for the event.
    """
    given = {verdict.origin_id for verdict in verdicts}
    rows = ReviewedStatus.objects.filter(Q(pk__in=given) | Q(carried_over_from__in=given), in_force=True).exclude(
        _is_of_live()
    )
    ids = list(rows.values_list("pk", flat=True))
    withdrawn = ReviewedStatus.objects.filter(pk__in=ids)
    withdrawn.update(
        in_force=None,
        withdrawn_at=datetime.now(tz=timezone.utc),
        withdrawn_by_id=by_id,
        withdrawn_reason=reason,
    )
    gone = list(withdrawn.select_related("entity__learning_package").order_by("pk"))
    ReviewActivity.put_on_record(verdict.entity.learning_package_id for verdict in gone)
    send_entity_reviews_withdrawn(gone)


def _is_of_live() -> Q:
    """
    Return the condition under which a verdict is about what is live, or once was, and not about what the draft shows.

    A deletion is live if neither the draft nor what is published has a version.
    """
    of_live_version = Q(version__isnull=False) & has_been_live("version")
    is_draft = Q(version=F("entity__draft__version")) & ~Q(
        Exists(Published.objects.filter(version=OuterRef("version")))
    )
    of_live_deletion = Q(version_num=DELETION, entity__published__isnull=False, entity__published__version=None)
    return (of_live_version & ~is_draft) | (of_live_deletion & Q(entity__draft__version=None))
