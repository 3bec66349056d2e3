"""The OpenAPI description of every endpoint: its errors, and their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status

from .serializers import ErrorSerializer

__all__ = ["describe", "one_of"]

# Errors of every endpoint: not logged in, not found or not viewable, too large, database busy. Requests with a body
# have more.
_ALWAYS = (
    status.HTTP_401_UNAUTHORIZED,
    status.HTTP_404_NOT_FOUND,
    status.HTTP_406_NOT_ACCEPTABLE,
    status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    status.HTTP_503_SERVICE_UNAVAILABLE,
)
_WITH_BODY = (status.HTTP_400_BAD_REQUEST, status.HTTP_403_FORBIDDEN, status.HTTP_415_UNSUPPORTED_MEDIA_TYPE)

_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of your last answer. The answer is a 304 without a body if nothing has changed since.",
)


def describe(
    *,
    request: Any = None,
    responses: dict[Any, Any],
    errors: tuple[int, ...] = (),
    conditional: bool = False,
    **kwargs: Any,
) -> Callable[[Any], Any]:
    """
    Describe an endpoint to drf-spectacular: its answers, and its errors besides those of every endpoint.

    ``conditional``: it has an ``ETag``, see ``conditional.py``.
    """
    if conditional:
        kwargs["parameters"] = [*kwargs.get("parameters", ()), _IF_NONE_MATCH]
        responses = {**responses, status.HTTP_304_NOT_MODIFIED: OpenApiResponse(description="It is as you know it.")}
    statuses = {*_ALWAYS, *errors, *(_WITH_BODY if request else ())}
    return extend_schema(
        request=request,
        responses={**responses, **dict.fromkeys(sorted(statuses), ErrorSerializer)},
        tags=["reviews"],
        **kwargs,
    )


def one_of(values: Iterable[str], *, nullable: bool = False) -> dict[str, Any]:
    """
    Return the schema of a choice.

    Not a ``ChoiceField``: drf-spectacular names its choices after the field, and the API can have only one "change" and
    one "state".
    """
    schema: dict[str, Any] = {"allOf": [{"type": "string", "enum": [str(value) for value in values]}]}
    return {**schema, "nullable": True} if nullable else schema
