"""What has changed, as plain text: for where Studio's front end is not available."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .. import api

__all__ = ["describe"]


def describe(difference: api.Difference) -> str:
    """Return what has changed, line by line. It has what authors wrote in it: escape it."""
    return "\n".join(_lines(difference)) or _("Nothing has changed.")


def _lines(difference: api.Difference) -> Iterator[str]:
    if difference.title_changed and difference.old and difference.new:
        yield _("Title: “{old}” is “{new}” now.").format(old=difference.old.title, new=difference.new.title)
    if difference.olx:
        yield from _of_olx(difference.olx)
    for file in difference.files:
        yield f"{file.path}: {file.change}, {_size(file.old)} → {_size(file.new)}"
    if difference.file_count > len(difference.files):
        yield _("And {count} more files.").format(count=difference.file_count - len(difference.files))
    if difference.children_state == api.TextState.TOO_LARGE:
        yield _("It contains too much to be compared here.")
    elif difference.children_state == api.TextState.CHANGED:
        yield from map(_of_child, difference.children or ())
    for listing in difference.listed_in:
        yield _("Still listed in “{title}”.").format(title=listing.title)


def _of_olx(olx: api.OlxDifference) -> Iterator[str]:
    match olx.state:
        case api.TextState.TOO_LARGE:
            yield _("The text is too large to be compared here: {old} and {new} bytes.").format(
                old=olx.old_size or 0, new=olx.new_size or 0
            )
        case api.TextState.WHITESPACE_ONLY:
            yield _("Only spaces and line breaks have changed in the text:")
            yield olx.unified
        case api.TextState.CHANGED:
            yield olx.unified


def _size(file: api.FileVersion | None) -> str:
    return f"{file.size} bytes ({file.mime_type})" if file else "–"


def _of_child(child: api.ChildDifference) -> str:
    """Return a line: the places before and now, what is there, and what has become of it."""
    places = f"{child.old_position or '–'} → {child.new_position or '–'}"
    pins = f" @{child.old_pin or '–'} → @{child.new_pin or '–'}" if child.old_pin != child.new_pin else ""
    return f"{places}: {child.title} ({child.change}{pins})"
