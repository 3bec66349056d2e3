"""Return the images of components, for a comparison side by side; and read any media that core keeps."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from openedx_content import api as content_api
from openedx_content.models_api import ComponentVersionMedia, Media, PublishableEntity

from .data import Image

__all__ = ["IMAGE_TYPES", "MAX_IMAGE_SIZE", "UnreadableError", "get_image", "is_image", "read_media"]

# Types that browsers show in <img>, where scripts in an SVG do not run.
IMAGE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml")

# In bytes, because an image is held in memory.
MAX_IMAGE_SIZE = 10_000_000


class UnreadableError(Exception):
    """Raised when a file is too large to read, or the storage has lost it."""


def get_image(entity_id: PublishableEntity.ID, /, *, version_num: int, path: str) -> Image:
    """
    Return one image of one version of a component: PNG, JPEG, GIF, WebP, AVIF or SVG, of up to 10 MB.

    The type is the one that core was given when the image was saved. The bytes may be anything: a caller that sends
    them on must make sure that no browser interprets them as something else.

    Uses core's ``look_up_component_version_media``. Raises ``PublishableEntity.DoesNotExist``, and
    ``ComponentVersionMedia.DoesNotExist`` if there is no such image, if it is too large, or lost by the storage.

    Two queries, and one file from storage. Does not check permissions.
    """
    entity = PublishableEntity.objects.select_related("learning_package").get(pk=entity_id)
    with suppress(ObjectDoesNotExist, UnreadableError):
        media = content_api.look_up_component_version_media(
            entity.learning_package.package_ref, entity.entity_ref, version_num, Path(path)
        ).media
        if is_image(media):
            return Image(data=read_media(media, MAX_IMAGE_SIZE), mime_type=media.mime_type.lower())
    raise ComponentVersionMedia.DoesNotExist(_("There is no image “{path}” in this version.").format(path=path))


def is_image(media: Media) -> bool:
    """Return whether :func:`get_image` returns this media. No query."""
    return media.mime_type.lower() in IMAGE_TYPES and media.size <= MAX_IMAGE_SIZE


def read_media(media: Media, limit: int) -> bytes:
    """
    Return the content of the media, from the database or from file storage.

    Raises :class:`UnreadableError` if that is more than ``limit`` bytes, or the storage has lost it. One query if its
    text was not loaded.
    """
    if media.size > limit:
        raise UnreadableError
    if media.text is not None:
        return str(media.text).encode()
    try:
        with media.read_file() as file:
            # No more than this, even if the stored file is larger.
            data: bytes = file.read(limit + 1)
    except FileNotFoundError as exc:
        raise UnreadableError from exc
    if len(data) > limit:
        raise UnreadableError
    return data
