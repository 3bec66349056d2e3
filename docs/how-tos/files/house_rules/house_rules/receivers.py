"""What we do about the events of other plugins. ``apps.py`` names these functions, and the platform connects them."""

from __future__ import annotations

from typing import Any

from openedx_content import api as content_api

from sample_plugin.reviews.signals import ChangesRequestData

from .tasks import tell_author_what_is_missing

__all__ = ["tell_author_after_request"]


def tell_author_after_request(
    *, requested_by: content_api.signals.UserAttributionEventData, request: ChangesRequestData, **kwargs: Any
) -> None:
    """Queue the e-mail about a request for changes. Whoever asks for changes waits until this returns."""
    author_id = request.changed_by.user_id
    if author_id is None or author_id == requested_by.user_id:
        return  # Studio has kept no author; or the site lets people review their own changes.
    tell_author_what_is_missing.delay(
        author_id=author_id,
        reviewer_id=requested_by.user_id,
        title=request.title,
        note=request.note,
        is_deletion=request.version_id is None,
        library_key=request.library_key,
        entity_key=request.entity_key,
    )
