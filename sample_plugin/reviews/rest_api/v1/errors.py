"""
The errors of reviews, in the shape that all apps share (``sample_plugin/rest_errors.py``).

The Python API raises errors of its own and Django's; here they become a status.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response

from sample_plugin import rest_errors

from ... import api
from ...exceptions import is_transient
from ...filters import EntityPrePublish

__all__ = [
    "CODES",
    "Conflict",
    "NoCourseLinks",
    "NotFoundHere",
    "TooLarge",
    "TryAgain",
    "Unavailable",
    "shape",
    "translate",
]

log = logging.getLogger(__name__)


class Conflict(APIException):
    """The request conflicts with the current state, which is in ``details``."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, detail: str, code: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(detail, code)
        self.details = details


class NotFoundHere(NotFound):
    """The object does not exist, or the caller may not see it: both must look the same."""


class NoCourseLinks(APIException):
    """The site keeps no record of what courses take from libraries."""

    status_code = status.HTTP_501_NOT_IMPLEMENTED
    default_code = "no_course_links"


class Unavailable(APIException):
    """The site's queue for work in the background cannot be reached."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"
    default_detail = gettext_lazy("Nothing was published: the site cannot run background tasks now. Try again later.")


class TryAgain(APIException):
    """
    The database has failed for a reason that passes, such as a deadlock or a lost connection.

    Most likely nothing was changed. If the connection was lost during a commit, the caller cannot know.
    """

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "try_again"
    default_detail = gettext_lazy("The database is busy or could not be reached. Try again: nothing is done twice.")


class TooLarge(APIException):
    """The request is larger than any that makes sense."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = gettext_lazy("This request is too large.")


# The refusals of the Python API, as codes for programs.
CODES: dict[type[api.ReviewError], str] = {
    api.StaleReviewError: "stale_review",
    api.NothingToReviewError: "nothing_to_review",
    api.SelfReviewError: "own_change",
    api.ReviewerError: "reviewer_not_allowed",
    api.NobodyToAskError: "nobody_to_ask",
}


def translate(exc: Exception) -> Exception:
    """Return the error of the REST API for ``exc`` of the Python API."""
    match exc:
        case api.SelfReviewError():
            return PermissionDenied(str(exc), CODES[api.SelfReviewError])
        case api.ReviewError():
            return Conflict(str(exc), CODES.get(type(exc), "not_reviewable"))
        case api.NoCourseLinksError():
            return NoCourseLinks(str(exc))
        case DjangoValidationError():
            return ValidationError(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
        case TooManyFieldsSent():  # if a site limits the number of query parameters
            return TooLarge()
        case _ if is_transient(exc):
            log.warning("A request has failed in the database: %s", exc)
            return TryAgain()
    return exc


def shape(exc: Exception, response: Response) -> dict[str, Any]:
    """Return the body for ``exc``, of which DRF has made ``response``."""
    match exc:
        case EntityPrePublish.PreventPublish():
            # Another plugin's veto has its own code, and this plugin's names the unreviewed items.
            details = {name: value for name, value in exc.detail.items() if name not in ("code", "detail")}
            return rest_errors.body_of(exc.detail["code"], str(exc), details)
        case Conflict():
            return rest_errors.body_of(rest_errors.code_of(exc), str(exc.detail), exc.details)
    return rest_errors.shape(exc, response)
