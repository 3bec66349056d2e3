"""Read a version as a list of places: what a conversation can be about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openedx_content.models_api import ComponentVersionMedia, PublishableEntity, PublishableEntityVersion

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.keys import studio_key_of, with_keys

from .anchors import Anchor, AnchorKind, Place

__all__ = ["About", "Child", "File", "Line", "Part", "anchor_of", "read_places"]

# The path at which Studio and core's backups store the OLX of a component.
OLX_PATH = "block.xml"
# In bytes. As for differences: the most that core keeps of a text in the database.
MAX_OLX_SIZE = 200_000
# The address of a link, which a reader sees only where the text is new.
_ADDRESS = re.compile(r" \([^\s()]*\)")


@dataclass(frozen=True)
class Line:
    """A line of the source, by its number from 1."""

    number: int


@dataclass(frozen=True)
class Part:
    """A paragraph of a part of a component, as ``get_difference`` shows it: the kind of part, and the text."""

    kind: str
    text: str


@dataclass(frozen=True)
class File:
    """A file of a component."""

    path: str


@dataclass(frozen=True)
class Child:
    """A child of a container."""

    entity_id: PublishableEntity.ID


type About = Line | Part | File | Child


def anchor_of(about: About | None, version: PublishableEntityVersion | None) -> Anchor:
    """
    Return the anchor for what someone looks at in this version; None stands for the change, and for a deletion.

    Raises ``ValidationError`` if the version has no such place, and ``PublishableEntity.DoesNotExist`` for an unknown
    child. At most two queries.
    """
    if about is None:
        return Anchor(AnchorKind.CHANGE)
    kind = _KINDS[type(about)]
    places = read_places(version, kind) if version else []
    index = _index_of(about, places)
    if index is None:
        raise ValidationError({kind.value: _("This version has no such place. Look at the version again.")})
    return Anchor.at(kind, places, index)


_KINDS = {Line: AnchorKind.LINE, Part: AnchorKind.PART, File: AnchorKind.FILE, Child: AnchorKind.CHILD}


def _index_of(about: About, places: list[Place]) -> int | None:
    match about:
        case Line(number):
            return number - 1 if 1 <= number <= len(places) else None
        case Part(kind, text):
            wanted = _place_of_paragraph(text, kind)
        case File(path):
            wanted = Place.of(path)
        case Child(entity_id):
            wanted = _place_of_child(with_keys(PublishableEntity.objects.all()).get(pk=entity_id))
    return places.index(wanted) if wanted in places else None


def read_places(version: PublishableEntityVersion, kind: AnchorKind) -> list[Place]:
    """Return the places of this kind in the version, in order; empty if it cannot be read. One query."""
    match kind:
        case AnchorKind.LINE:
            olx = _read_olx(version)
            return [Place.of(line) for line in olx.decode("utf-8", "backslashreplace").split("\n")] if olx else []
        case AnchorKind.PART:
            parts = reviews_api.compare_words(None, _read_olx(version)).parts
            return [
                _place_of_paragraph("".join(run.text for run in block.runs), part.part)
                for part in parts
                for block in part.blocks
                if block.runs
            ]
        case AnchorKind.FILE:
            paths = ComponentVersionMedia.objects.filter(component_version=version.id).order_by("path")
            return [Place.of(path) for path in paths.values_list("path", flat=True)]
        case AnchorKind.CHILD:
            # One that is listed twice is there twice.
            children = with_keys(
                PublishableEntity.objects.filter(entitylistrow__entity_list__container_versions=version.id)
            )
            return [_place_of_child(child) for child in children.order_by("entitylistrow__order_num")]
    return []


def _place_of_paragraph(text: str, part: str) -> Place:
    return Place.of(_ADDRESS.sub("", text), str(part))


def _place_of_child(child: PublishableEntity) -> Place:
    return Place.of(studio_key_of(child) or child.entity_ref)


def _read_olx(version: PublishableEntityVersion) -> bytes:
    """Return the OLX of a component; empty if there is none, if it is too large, or if the storage has lost it."""
    found = ComponentVersionMedia.objects.filter(component_version=version.id, path=OLX_PATH)
    media = next((row.media for row in found.select_related("media__learning_package")), None)
    if media is None or media.size > MAX_OLX_SIZE:
        return b""
    if media.text is not None:
        return str(media.text).encode()
    try:
        with media.read_file() as file:
            data: bytes = file.read(MAX_OLX_SIZE)
    except FileNotFoundError:
        return b""
    return data
