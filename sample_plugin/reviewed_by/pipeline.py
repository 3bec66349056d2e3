"""The app's step in the platform's filter ``VerticalBlockChildRenderStarted``, which runs for each block of a unit."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from edx_django_utils.cache import TieredCache, get_cache_key
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator
from openedx_filters.filters import PipelineStep

from . import api

__all__ = ["ShowReviewedBy"]

log = logging.getLogger(__name__)

# For how many seconds a unit's lines are kept. So long can learners see a name that a reviewer has taken back.
KEEP_FOR = 300


class ShowReviewedBy(PipelineStep):
    """Show learners a line below each block that came from a library and was reviewed, if all concerned want it."""

    def run_filter(self, block: Any, context: Any) -> dict[str, Any]:
        """Return both as they are. The line comes when the block is rendered."""
        try:
            if api.is_shown_on_site():
                reviewed = _of_unit(block.get_parent()).get(_key_of(block.scope_ids.usage_id))
                if reviewed and _is_published(block, reviewed):
                    _put_below(block, _line(reviewed))
        except Exception:
            # A learner's page must not fail because of this app.
            log.exception("A block does not say who reviewed it.")
        return {"block": block, "context": context}


def _of_unit(unit: Any) -> dict[str, api.ReviewedBy]:
    """Return what learners may know about the blocks of the unit, by key. One query for a unit, unless it is kept."""
    cache_key = get_cache_key(app=__name__, unit=_key_of(unit.scope_ids.usage_id))
    kept = TieredCache.get_cached_response(cache_key)
    if kept.is_found:
        return dict(kept.value)
    try:
        found = api.find_reviewed_by([_key_of(key) for key in unit.children])
    except Exception:
        # Kept as well: otherwise each block on each page would fail anew.
        log.exception("A unit does not say who reviewed its blocks.")
        found = {}
    TieredCache.set_all_tiers(cache_key, found, KEEP_FOR)
    return found


def _is_published(block: Any, reviewed: api.ReviewedBy) -> bool:
    """
    Return whether learners have the version that the course's draft has. False if the LMS does not know.

    In what learners see, the modulestore's ``edited_on`` is the time of the last publish of the block.
    """
    if reviewed.synced_at is None:
        return True
    published_at = getattr(block, "edited_on", None)
    return published_at is not None and published_at >= reviewed.synced_at


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

    def render_with_line(*args: Any, **kwargs: Any) -> Any:
        fragment = render(*args, **kwargs)
        fragment.add_content(line)
        return fragment

    block.render = render_with_line
