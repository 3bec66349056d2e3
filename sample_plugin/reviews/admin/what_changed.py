"""Describe a difference as plain text, for sites without Studio's front end."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import api
from ..texts.readable import readable

__all__ = ["describe"]


def describe(difference: api.Difference) -> str:
    """Return what has changed, line by line, with nothing hidden. Contains authors' text: escape it."""
    return "\n".join(_lines(difference)) or _("Nothing has changed.")


def _lines(difference: api.Difference) -> Iterator[str]:
    if difference.title_changed and difference.old and difference.new:
        yield _("The title was changed from “{old}” to “{new}”.").format(
            old=readable(difference.old.title), new=readable(difference.new.title)
        )
    if difference.olx:
        yield from _of_olx(difference.olx)
    for file in difference.files:
        yield _of_file(file)
    if difference.file_count > len(difference.files):
        others = difference.file_count - len(difference.files)
        yield ngettext("And {count} more file.", "And {count} more files.", others).format(count=others)
    if difference.children_state == api.TextState.TOO_LARGE:
        yield _("It contains too many items to compare them here.")
    elif difference.children_state == api.TextState.CHANGED:
        yield from map(_of_child, difference.children or ())
    for listing in difference.listed_in:
        yield _("Still listed in “{title}”.").format(title=readable(listing.title))


def _of_olx(olx: api.OlxDifference) -> Iterator[str]:
    match olx.state:
        case api.TextState.TOO_LARGE:
            yield _("The text is too large to compare here: {old} bytes before, {new} bytes now.").format(
                old=olx.old_size or 0, new=olx.new_size or 0
            )
        case api.TextState.WHITESPACE_ONLY:
            yield _("Only spaces and line breaks have changed in the text:")
            yield readable(olx.unified)
        case api.TextState.CHANGED:
            yield readable(olx.unified)


def _of_file(file: api.FileDifference) -> str:
    path, old, new = readable(file.path), file.old, file.new
    if old and new:
        return _("{path} was replaced: {old} bytes ({old_type}) before, {new} bytes ({new_type}) now.").format(
            path=path, old=old.size, old_type=readable(old.mime_type), new=new.size, new_type=readable(new.mime_type)
        )
    if new:
        return _("{path} was added: {size} bytes ({type}).").format(
            path=path, size=new.size, type=readable(new.mime_type)
        )
    assert old  # noqa: S101  # a difference has at least one side
    return _("{path} was removed: {size} bytes ({type}).").format(
        path=path, size=old.size, type=readable(old.mime_type)
    )


def _of_child(child: api.ChildDifference) -> str:
    match child.change:
        case api.ChildChange.ADDED if child.new_pin is not None:
            sentence = _("{title}: added at position {to}, pinned to version {new_pin}")
        case api.ChildChange.ADDED:
            sentence = _("{title}: added at position {to}")
        case api.ChildChange.REMOVED:
            sentence = _("{title}: removed from position {at}")
        case api.ChildChange.MOVED if child.old_pin == child.new_pin:
            sentence = _("{title}: moved from position {at} to {to}")
        case api.ChildChange.MOVED if child.new_pin is None:
            sentence = _("{title}: moved from position {at} to {to}, no longer pinned to version {old_pin}")
        case api.ChildChange.MOVED:
            sentence = _("{title}: moved from position {at} to {to}, pinned to version {new_pin}")
        case api.ChildChange.PINNED:
            sentence = _("{title}: pinned to version {new_pin}")
        case api.ChildChange.UNPINNED:
            sentence = _("{title}: no longer pinned to version {old_pin}")
        case api.ChildChange.REPINNED:
            sentence = _("{title}: pinned to version {new_pin} in place of {old_pin}")
        case _same:
            sentence = _("{title}: as before")
    return sentence.format(
        title=readable(child.title),
        at=child.old_position,
        to=child.new_position,
        old_pin=child.old_pin,
        new_pin=child.new_pin,
    )
