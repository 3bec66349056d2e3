"""Where things are in Studio's front end."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from opaque_keys.edx.locator import LibraryLocatorV2

__all__ = ["of_changes", "of_library", "of_my_reviews"]


def of_library(library_key: LibraryLocatorV2 | None) -> str:
    """Return the page of a library; empty if there is none, or the settings do not say where Studio's pages are."""
    studio = _studio()
    return f"{studio}/library/{library_key}" if studio and library_key else ""


def of_changes(library_key: LibraryLocatorV2 | None, entity_key: str | None = None) -> str:
    """Return the address of the workspace, with all changes of the library or with this one; empty as above."""
    library = of_library(library_key)
    # Whosever turn it is: an author's own change is not on the author's list.
    query = {"reviews": "all", "reviews-whose": "all", **({"reviews-change": entity_key} if entity_key else {})}
    return f"{library}?{urlencode(query, safe=':')}" if library else ""


def of_my_reviews() -> str:
    """Return the address of My reviews, where people choose when they are told; empty as above."""
    studio = _studio()
    return f"{studio}/home?reviews=mine" if studio else ""


def _studio() -> str | None:
    return getattr(settings, "COURSE_AUTHORING_MICROFRONTEND_URL", None)
