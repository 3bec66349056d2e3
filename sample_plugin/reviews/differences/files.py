"""Compare the files of two versions of a component: the OLX by what it says, the others unread, by core's data."""

from __future__ import annotations

from contextlib import suppress

from openedx_content.models_api import ComponentVersionMedia, Media, PublishableEntityVersion

from .data import FileDifference, FileVersion, OlxDifference, TextState
from .images import UnreadableError, is_image, read_media
from .texts import MAX_TEXT_SIZE, Text, compare_texts
from .words import compare_words
from .words.data import WordsDifference, WordsState

__all__ = ["MAX_FILES_SHOWN", "OLX_PATH", "compare_files"]

MAX_FILES_SHOWN = 100

# The path at which Studio and core's backups store the OLX of a component.
OLX_PATH = "block.xml"

type Olx = tuple[OlxDifference | None, WordsDifference | None]
type Files = tuple[OlxDifference | None, WordsDifference | None, tuple[FileDifference, ...], int]


def compare_files(old: PublishableEntityVersion | None, new: PublishableEntityVersion | None) -> Files:
    """
    Return what has changed in the OLX, line by line and in words, and in the other files, and how many of these.

    None stands for no version.

    Core keeps one ``Media`` for each hash and media type in a learning package, so a file is the same if its ``Media``
    is. At most four queries. Reads only the OLX from storage, up to :data:`MAX_TEXT_SIZE`.
    """
    before, after = _load_ids(old, new)
    changed = sorted(path for path in {*before, *after} - {OLX_PATH} if before.get(path) != after.get(path))
    shown = changed[:MAX_FILES_SHOWN]
    wanted = {files[path] for files in (before, after) for path in (*shown, OLX_PATH) if path in files}
    # Without the texts: only one or two will be needed, and other files may be stored as text, too.
    media = Media.objects.select_related("learning_package").defer("text").in_bulk(list(wanted)) if wanted else {}

    def find(files: dict[str, Media.ID], path: str) -> Media | None:
        return media[files[path]] if path in files else None

    olx, words = _compare_olx(old, find(before, OLX_PATH), new, find(after, OLX_PATH))
    differences = tuple(
        FileDifference(path=path, old=_describe(find(before, path)), new=_describe(find(after, path))) for path in shown
    )
    return olx, words, differences, len(changed)


def _load_ids(*versions: PublishableEntityVersion | None) -> list[dict[str, Media.ID]]:
    """Return the files of each of these versions, by path. One query."""
    files: dict[int, dict[str, Media.ID]] = {version.id: {} for version in versions if version}
    rows = ComponentVersionMedia.objects.filter(component_version__in=list(files))
    for version_id, path, media_id in rows.values_list("component_version_id", "path", "media_id"):
        files[version_id][path] = media_id
    return [files[version.id] if version else {} for version in versions]


def _describe(media: Media | None) -> FileVersion | None:
    if media is None:
        return None
    return FileVersion(size=media.size, mime_type=media.mime_type, is_image=is_image(media))


def _compare_olx(
    old: PublishableEntityVersion | None,
    old_media: Media | None,
    new: PublishableEntityVersion | None,
    new_media: Media | None,
) -> Olx:
    """Compare the two, of which one may be missing. One query for each; none if they are the same or too large."""
    if not old_media and not new_media:
        return None, None
    state, unified, words = TextState.TOO_LARGE, "", WordsDifference(state=WordsState.TOO_LARGE)
    if old_media and new_media and old_media.hash_digest == new_media.hash_digest:
        state, words = TextState.SAME, WordsDifference(state=WordsState.SAME)
    else:
        with suppress(UnreadableError):
            before, after = _read(old, old_media), _read(new, new_media)
            state, unified = compare_texts(before, after)
            words = compare_words(before.data if before else None, after.data if after else None)
    olx = OlxDifference(
        state=state,
        old_size=old_media.size if old_media else None,
        new_size=new_media.size if new_media else None,
        unified=unified,
    )
    return olx, words


def _read(version: PublishableEntityVersion | None, media: Media | None) -> Text | None:
    if version is None or media is None:
        return None
    return Text(f"v{version.version_num}/{OLX_PATH}", read_media(media, MAX_TEXT_SIZE))
