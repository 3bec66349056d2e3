"""The app's step in the platform's filter ``CourseRunAPIRenderStarted``, which runs once for each card."""

from __future__ import annotations

import logging
from typing import Any

from crum import get_current_request
from edx_django_utils.cache import RequestCache
from openedx_filters.filters import PipelineStep

from . import api

__all__ = ["AddArchivedByLearner"]

log = logging.getLogger(__name__)


class AddArchivedByLearner(PipelineStep):
    """Add to each card of the learner's dashboard whether the learner has archived it."""

    def run_filter(self, serialized_courserun: dict[str, Any]) -> dict[str, Any]:
        """Return the card under its name in a dict: any other value would end the pipeline, without the next steps."""
        try:
            added = {"isArchivedByLearner": serialized_courserun["courseId"] in _archived_keys()}
        except Exception:
            # The dashboard must not fail because of this app. A card without the key counts as not archived.
            log.exception("A course card does not say whether the learner has archived it.")
            added = {}
        return {"serialized_courserun": {**serialized_courserun, **added}}


def _archived_keys() -> frozenset[str]:
    """Return the keys of the courses that the caller has archived. One query per request, not one per card."""
    request = get_current_request()
    # Not crum's get_current_user(), which misses users whom DRF authenticates by a token.
    learner_id = request.user.pk if request else None
    if learner_id is None:
        return frozenset()
    cache = RequestCache("sample_plugin_archival")
    cached = cache.get_cached_response(learner_id)
    if cached.is_found:
        return frozenset(cached.value)
    found = frozenset(str(row.course_run.course_key) for row in api.get_archived(learner_id))
    cache.set(learner_id, found)
    return found
