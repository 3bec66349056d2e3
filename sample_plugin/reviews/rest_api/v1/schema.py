"""The OpenAPI description of every endpoint: its errors, and their shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status

from .serializers import ErrorSerializer

__all__ = ["describe"]

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


def describe(
    *,
    request: Any = None,
    responses: dict[Any, Any],
    errors: tuple[int, ...] = (),
    **kwargs: Any,
) -> Callable[[Any], Any]:
    """Describe an endpoint to drf-spectacular: its answers, and its errors besides those of every endpoint."""
    statuses = {*_ALWAYS, *errors, *(_WITH_BODY if request else ())}
    return extend_schema(
        request=request,
        responses={**responses, **dict.fromkeys(sorted(statuses), ErrorSerializer)},
        tags=["reviews"],
        **kwargs,
    )
