"""
The one shape of every error: ``{"code": …, "detail": a sentence for a person, "details": {…}}``.

All apps use it. What they refuse is up to each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.response import Response

__all__ = ["body_of", "code_of", "in_one_shape", "shape"]

type Handler = Callable[[Exception, dict[str, Any]], Response | None]
type Shape = Callable[[Exception, Response], dict[str, Any]]


def shape(exc: Exception, response: Response) -> dict[str, Any]:
    """Return the body for ``exc``, of which DRF has made ``response``."""
    match exc:
        case ValidationError():
            fields = response.data if isinstance(response.data, dict) else {"non_field_errors": response.data}
            return body_of("invalid", _complain(fields), fields)
        case APIException():
            return body_of(code_of(exc), str(exc.detail))
    # Django's own Http404 and PermissionDenied, for which DRF has put the sentence into the response.
    detail = response.data["detail"]
    return body_of(getattr(detail, "code", "error"), str(detail))


def in_one_shape(handle: Handler, shape: Shape = shape) -> Handler:
    """Return an exception handler for DRF that does what ``handle`` does, and gives every body this shape."""

    def handle_and_shape(exc: Exception, context: dict[str, Any]) -> Response | None:
        response = handle(exc, context)
        if response is not None:
            response.data = shape(exc, response)
        return response

    return handle_and_shape


def body_of(code: str, detail: str, details: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the body of an error."""
    return {"code": code, "detail": detail, "details": details or {}}


def code_of(exc: APIException) -> str:
    """Return the code, for programs, of an error that consists of one sentence."""
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else exc.default_code


def _complain(fields: Any) -> str:
    """Return the first complaint, with the field that it is about."""
    name: str = ""
    while not isinstance(fields, ErrorDetail | str):
        if isinstance(fields, dict):
            key, fields = next(iter(fields.items()), (name, ""))
            name = key if isinstance(key, str) else name  # in a list, a number
        else:
            fields = next((field for field in fields if field), "")
    if name and name != "non_field_errors":
        return _("The request is not valid. {field}: {complaint}").format(field=name, complaint=fields)
    return _("The request is not valid. {complaint}").format(complaint=fields)
