"""What the requests for a review of an item add to its history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils import formats
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishableEntity

from ..filters import AddedEntry
from ..models import ReviewRequest
from ..texts import isolated_name, listed

__all__ = ["tell"]


def tell(entity_id: PublishableEntity.ID) -> Iterator[AddedEntry]:
    """
    Yield when a review of the entity was asked for, from whom and by when, and when that was withdrawn.

    Two queries, or one if there were no requests. Does not check permissions.
    """
    requests = ReviewRequest.objects.filter(entity=entity_id).prefetch_related("reviewers")
    for one in requests.annotate(version_num=F("draft_change_log_record__new_version__version_num")).order_by("pk"):
        yield AddedEntry(
            code="review_requested",
            title=_what_is_asked(one),
            time=one.created,
            person_id=one.requested_by_id,
            version_num=one.version_num,
            text=one.message,
        )
        if one.withdrawn_at:
            yield AddedEntry(
                code="review_request_withdrawn",
                title=_("Request for a review withdrawn"),
                time=one.withdrawn_at,
                person_id=one.withdrawn_by_id,
            )


def _what_is_asked(request: Any) -> str:
    names = listed([isolated_name(person) for person in request.reviewers.all()])
    day = formats.date_format(request.due, "DATE_FORMAT") if request.due else ""
    if names and day:
        text = _("Review requested from {names} by {day}")
    elif names:
        text = _("Review requested from {names}")
    elif day:
        text = _("Review requested by {day}")
    else:
        text = _("Review requested")
    return text.format(names=names, day=day)
