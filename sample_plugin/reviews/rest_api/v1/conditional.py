"""
Answers that a browser keeps, and asks about each time: ``ETag``, ``If-None-Match``, and 304 if nothing has changed.

For what every open page polls. A 304 costs a few small queries, whatever the answer would cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version

from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from sample_plugin import __version__

__all__ = ["tag_of", "unless_known"]

# What makes the answers.
_PROGRAMS = (__version__, version("openedx-core"))


def tag_of(request: Request, revision: str, may: Mapping[str, bool]) -> str:
    """
    Return the ``ETag`` of an answer about a library: another one whenever the answer could be another one.

    The answer depends on

    * the library's content, verdicts and policy, the site's settings and the names of people: ``revision``, from
      :func:`.api.get_fingerprint`;
    * the address, with its parameters; lists repeat the host in ``next`` and ``previous``;
    * the caller, and ``may``: the permissions that the view has just looked up, and on which its answer depends;
    * the language, the time zone and the format of times;
    * the versions of this plugin and of openedx-core.

    Get the revision before you read what the answer consists of: if that changes in between, the tag is too old, and
    the next request gets a new answer. The other way round, the caller would keep an old answer.
    """
    parts = (
        revision,
        request.build_absolute_uri(),
        request.user.pk,
        sorted(may.items()),
        get_language(),
        get_current_timezone_name(),
        api_settings.DATETIME_FORMAT,
        _PROGRAMS,
    )
    # Weak: middleware may compress the answer.
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()}"'


def unless_known(request: Request, tag: str, answer: Callable[[], Response]) -> Response:
    """
    Return a 304 if the caller already has the answer with this tag, and otherwise the answer.

    Call it after the permission was checked. ``If-None-Match: *`` is passed over: the caller has no answer then.
    """
    is_known = tag.removeprefix("W/") in {
        known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))
    }
    response = Response(status=status.HTTP_304_NOT_MODIFIED) if is_known else answer()
    response.headers["ETag"] = tag
    # A browser may keep it, and must ask each time. Proxies keep nothing.
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Authorization", "Accept-Language"])
    return response
