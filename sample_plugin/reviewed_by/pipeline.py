"""The app's step in the platform's filter ``VerticalBlockChildRenderStarted``, which runs for each block of a unit."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from edx_django_utils.cache import RequestCache, get_cache_key
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator
from openedx_filters.filters import PipelineStep

from . import api

__all__ = ["ShowReviewedBy"]

log = logging.getLogger(__name__)

STUDENT_VIEW = "student_view"

# For how many seconds a unit's lines are kept. So long can learners see a name that a reviewer has taken back.
KEEP_FOR = 300


class ShowReviewedBy(PipelineStep):
    """Show learners a line below each block that came from a library and was reviewed, if all concerned want it."""

    def run_filter(self, block: Any, context: Any) -> dict[str, Any]:
        """Return both as they are. The line comes when the block is rendered."""
        try:
            if api.is_shown_on_site():
                unit = _of_unit(block.get_parent())
                reviewed = unit.lines.get(_key_of(block.scope_ids.usage_id))
                if reviewed and _is_published(block, reviewed, unit.asked_at):
                    _put_below(block, _line(reviewed))
        except Exception:
            # A learner's page must not fail because of this app.
            log.exception("A block does not say who reviewed it.")
        return {"block": block, "context": context}


@dataclass(frozen=True, slots=True)
class _Unit:
    """What learners may know about the blocks of a unit, by key."""

    lines: Mapping[str, api.ReviewedBy]
    asked_at: datetime


def _of_unit(unit: Any) -> _Unit:
    """Return what is known about the unit. One query for a unit, unless it is kept."""
    key = get_cache_key(app=__name__, unit=_key_of(unit.scope_ids.usage_id))
    of_request = RequestCache(__name__)
    known = of_request.get_cached_response(key)
    if known.is_found:
        return known.value  # type: ignore[no-any-return]  # it has no types
    try:
        kept: _Unit | None = cache.get(key)
        found = kept or _ask(unit)
        if kept is None:
            cache.set(key, found, KEEP_FOR)
    except Exception:
        # Once for a unit, not for each of its blocks: a cache that does not answer takes long each time.
        log.exception("A unit does not say who reviewed its blocks.")
        found = _Unit({}, timezone.now())
    of_request.set(key, found)
    return found


def _ask(unit: Any) -> _Unit:
    asked_at = timezone.now()
    return _Unit(api.find_reviewed_by([_key_of(key) for key in unit.children]), asked_at)


def _is_published(block: Any, reviewed: api.ReviewedBy, asked_at: datetime) -> bool:
    """
    Return whether learners have the version that the course's draft had when this was asked. False if it is unknown.

    In what learners see, the modulestore's ``edited_on`` is the time of the last publish of the block.
    """
    published_at = getattr(block, "edited_on", None)
    return published_at is not None and reviewed.synced_at <= published_at <= asked_at


def _key_of(key: BlockUsageLocator) -> str:
    """Return the key as Studio's tables have it: the modulestore can add a branch and a version."""
    course = key.course_key
    return str(key.map_into_course(CourseLocator(course.org, course.course, course.run)))


def _line(reviewed: api.ReviewedBy) -> SafeString:
    """Return the line in the learner's language."""
    day = date_format(reviewed.day)
    if reviewed.names:
        text = _("Reviewed by {names}, {day}").format(names=get_text_list([*reviewed.names], _("and")), day=day)
    else:
        text = _("Reviewed, {day}").format(day=day)
    return format_html('<p class="sample-plugin-reviewed-by"><small>{}</small></p>', text)


def _put_below(block: Any, line: SafeString) -> None:
    """Add the line to what the block renders: the filter's context has no place for content of a plugin's."""
    render = block.render

    def render_with_line(view: str, context: Any = None) -> Any:
        fragment = render(view, context)
        # Reviewers agreed to be named to learners, not to anyone who can open a public course.
        if view == STUDENT_VIEW:
            try:
                fragment.add_content(line)
            except Exception:
                log.exception("A block does not say who reviewed it.")
        return fragment

    block.render = render_with_line
