"""What has changed, as plain text: for where Studio's front end is not available."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
        yield _of_file(file)
    if difference.file_count > len(difference.files):
        others = difference.file_count - len(difference.files)
        yield ngettext("And {count} more file.", "And {count} more files.", others).format(count=others)
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


_FILES = {
    api.FileChange.ADDED: gettext_lazy("{path}: added, {new_size} bytes ({new_type})"),
    api.FileChange.REMOVED: gettext_lazy("{path}: removed, {old_size} bytes ({old_type})"),
    api.FileChange.REPLACED: gettext_lazy(
        "{path}: replaced, {old_size} bytes ({old_type}) → {new_size} bytes ({new_type})"
    ),
}


def _of_file(file: api.FileDifference) -> str:
    old, new = file.old, file.new
    return str(_FILES[file.change]).format(
        path=file.path,
        old_size=old and old.size,
        old_type=old and old.mime_type,
        new_size=new and new.size,
        new_type=new and new.mime_type,
    )


_CHILDREN = {
    api.ChildChange.ADDED: gettext_lazy("{old} → {new}: {title} (added)"),
    api.ChildChange.REMOVED: gettext_lazy("{old} → {new}: {title} (removed)"),
    api.ChildChange.MOVED: gettext_lazy("{old} → {new}: {title} (moved)"),
    api.ChildChange.PINNED: gettext_lazy("{old} → {new}: {title} (pinned)"),
    api.ChildChange.UNPINNED: gettext_lazy("{old} → {new}: {title} (unpinned)"),
    api.ChildChange.REPINNED: gettext_lazy("{old} → {new}: {title} (pinned to another version)"),
    api.ChildChange.SAME: gettext_lazy("{old} → {new}: {title} (same)"),
}


def _of_child(child: api.ChildDifference) -> str:
    """Return a line: the places before and now, what is there, what has become of it, and its pins if they changed."""
    line = str(_CHILDREN[child.change]).format(
        old=child.old_position or "–", new=child.new_position or "–", title=child.title
    )
    if child.old_pin == child.new_pin:
        return line
    return f"{line} @{child.old_pin or '–'} → @{child.new_pin or '–'}"
