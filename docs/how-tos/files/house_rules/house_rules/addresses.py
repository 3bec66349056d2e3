"""Where things are in Studio's front end."""

from __future__ import annotations

from django.conf import settings
from opaque_keys.edx.locator import LibraryContainerLocator


def address_in_studio(library_key: str | None, entity_key: str | None) -> str | None:
    """Return the page of an item, or else of its library; None if the settings do not say where Studio's pages are."""
    studio = getattr(settings, "COURSE_AUTHORING_MICROFRONTEND_URL", None)
    if not studio or library_key is None:
        return None
    if entity_key is None:
        return f"{studio}/library/{library_key}"
    place = "components"
    if entity_key.startswith(f"{LibraryContainerLocator.CANONICAL_NAMESPACE}:"):
        place = LibraryContainerLocator.from_string(entity_key).container_type  # unit, subsection, section
    return f"{studio}/library/{library_key}/{place}/{entity_key}"
