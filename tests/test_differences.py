"""What has changed: between what is live, or what somebody has looked at, and the draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openedx_content import api as content_api
from openedx_content.applets.media.models import get_storage
from openedx_content.models_api import ComponentVersionMedia, PublishableEntity

from sample_plugin.reviews import api
from sample_plugin.reviews.differences import MAX_LISTED_IN
from sample_plugin.reviews.differences.children import MAX_CHILDREN, MAX_CHILDREN_SHOWN
from sample_plugin.reviews.differences.files import MAX_FILES_SHOWN
from sample_plugin.reviews.differences.texts import MAX_TEXT_SIZE, Text, compare_texts
from sample_plugin.reviews.keys import studio_key_of
from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, draft_record, now

type Review = Callable[..., None]

OLX = b"<html>\n<p>Salt is a mineral.</p>\n</html>\n"


def make_live(library: Library) -> None:
    """Publish everything as it is."""
    with api.bypass_review(reason="To begin with"):
        library.publish()


def files_of(difference: api.Difference) -> dict[str, str]:
    """Return what has become of each file."""
    return {file.path: file.change for file in difference.files}


def children_of(difference: api.Difference) -> list[tuple[str, str, int | None, int | None]]:
    """Return what has become of each child, where it was and where it is."""
    assert difference.children is not None
    return [(child.title, child.change, child.old_position, child.new_position) for child in difference.children]


def olx_of(difference: api.Difference) -> tuple[str, str]:
    """Return how the OLX is, and the diff without the names."""
    assert difference.olx is not None
    return difference.olx.state, difference.olx.unified.partition("\n+++ ")[2].partition("\n")[2]


def in_text(library: Library, text: str) -> Any:
    """Return the id of OLX that core keeps in the database, as Studio saves it."""
    media_type = content_api.get_or_create_media_type("application/vnd.openedx.xblock.v1.html+xml")
    return content_api.get_or_create_text_media(library.package.id, media_type.id, text=text, created=now()).id


def lose_files(item: Any) -> None:
    """Remove all files of the item from the storage, and leave what the database knows of them."""
    for row in ComponentVersionMedia.objects.filter(component_version__component=item.id):
        get_storage().delete(row.media.path)


# --- Which two versions -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_new_was_not_there(library: Library) -> None:
    text = library.component(title="Salt", media={"block.xml": OLX, "static/salt.png": b"A picture"})
    difference = api.get_difference(text.id)
    assert (difference.change, difference.title, difference.title_changed) == ("new", "Salt", False)
    assert difference.old is None
    assert difference.new
    assert (difference.new.version_num, difference.new.title) == (1, "Salt")
    assert difference.draft_change_log_record_id == draft_record(text).pk
    assert difference.olx == api.OlxDifference(
        state=api.TextState.CHANGED,
        old_size=None,
        new_size=len(OLX),
        unified="--- /dev/null\n+++ v1/block.xml\n@@ -0,0 +1,3 @@\n+<html>\n+<p>Salt is a mineral.</p>\n+</html>\n",
    )
    assert files_of(difference) == {"static/salt.png": "added"}
    assert (difference.children, difference.children_state, difference.child_count) == (None, None, 0)


@pytest.mark.django_db
def test_an_edit_is_compared_with_what_is_live_and_not_with_the_edit_before(library: Library) -> None:
    text = library.component(title="Salt", media={"block.xml": OLX})
    make_live(library)
    library.edit(text, title="Pepper", files={"block.xml": OLX.replace(b"Salt", b"Pepper")})
    library.edit(text, title="Sea salt", files={"block.xml": OLX.replace(b"Salt", b"Sea salt")})
    difference = api.get_difference(text.id)
    assert (difference.change, difference.title, difference.title_changed) == ("edited", "Sea salt", True)
    assert difference.old
    assert difference.new
    assert [(version.version_num, version.title) for version in (difference.old, difference.new)] == [
        (1, "Salt"),
        (3, "Sea salt"),
    ]
    assert difference.olx
    assert difference.olx.unified == (
        "--- v1/block.xml\n+++ v3/block.xml\n@@ -1,3 +1,3 @@\n"
        " <html>\n-<p>Salt is a mineral.</p>\n+<p>Sea salt is a mineral.</p>\n </html>\n"
    )
    assert difference.draft_change_log_record_id == draft_record(text).pk


@pytest.mark.django_db
def test_of_what_is_live_as_it_is_there_is_no_difference(library: Library) -> None:
    text = library.component(media={"block.xml": OLX, "static/salt.png": b"A picture"})
    unit = library.unit(text)
    make_live(library)
    difference = api.get_difference(text.id)
    assert (difference.change, difference.draft_change_log_record_id) == (None, None)
    assert (olx_of(difference), difference.files) == (("same", ""), ())
    library.edit(text)
    difference = api.get_difference(unit.id)  # of which only what it holds has changed
    assert (difference.change, difference.draft_change_log_record_id, difference.children_state) == (None, None, "same")


@pytest.mark.django_db
def test_of_what_was_deleted_before_it_was_published_there_is_no_difference(library: Library) -> None:
    text = library.component(title="Salt", media={"block.xml": OLX})
    unit = library.unit(text, title="Taste")
    for item, title in ((unit, "Taste"), (text, "Salt")):
        library.delete(item)
        difference = api.get_difference(item.id)
        assert (difference.title, difference.change, difference.old, difference.new) == (title, None, None, None)
        assert (difference.olx, difference.files, difference.children) == (None, (), None if item is text else ())
        assert difference.listed_in == ()


@pytest.mark.django_db
def test_what_is_neither_component_nor_container_has_a_title(library: Library) -> None:
    other = content_api.create_publishable_entity(library.package.id, "other", now(), None)
    for number, title in ((1, "Other"), (2, "Another")):
        content_api.create_publishable_entity_version(
            other.id, version_num=number, title=title, created=now(), created_by=None
        )
    difference = api.get_difference(other.id)
    assert (difference.title, difference.olx, difference.children) == ("Another", None, None)


@pytest.mark.django_db
def test_an_unknown_entity_has_no_difference() -> None:
    nowhere: Any = 999_999
    with pytest.raises(PublishableEntity.DoesNotExist, match="PublishableEntity matching query"):
        api.get_difference(nowhere)


# --- Since a review ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_since_a_review_is_since_the_version_that_was_reviewed(
    library: Library, review: Review, reviewer: User
) -> None:
    text = library.component(title="Salt", media={"block.xml": b"1\n", "static/a": b"1"})
    make_live(library)
    library.edit(text, title="Salt 2", files={"block.xml": b"2\n", "static/a": b"2", "static/b": b"2"})
    review(text)
    library.edit(text, title="Salt 3", files={"block.xml": b"3\n", "static/b": b"3"})
    difference = api.get_difference(text.id, since_review_by=reviewer.pk)
    assert (difference.change, difference.title_changed) == ("edited", True)
    assert difference.old
    assert (difference.old.version_num, difference.old.title) == (2, "Salt 2")
    assert olx_of(difference) == ("changed", "@@ -1,1 +1,1 @@\n-2\n+3\n")
    assert files_of(difference) == {"static/b": "replaced"}
    assert difference.draft_change_log_record_id == draft_record(text).pk


@pytest.mark.django_db
def test_of_a_container_too(library: Library, review: Review, reviewer: User) -> None:
    one, two, three = (library.component(title=title) for title in ("One", "Two", "Three"))
    unit = library.unit(one)
    make_live(library)
    library.edit(unit, entities=[one, two])
    review(unit)
    library.edit(unit, entities=[one, two, three])
    difference = api.get_difference(unit.id, since_review_by=reviewer.pk)
    assert children_of(difference) == [("One", "same", 1, 1), ("Two", "same", 2, 2), ("Three", "added", None, 3)]


@pytest.mark.django_db
def test_the_newest_review_of_this_person_counts(
    library: Library, review: Review, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    review(text)
    library.edit(text)
    review(text)
    library.edit(text)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    library.edit(text)
    for person, number in ((reviewer, 2), (other_reviewer, 3)):
        difference = api.get_difference(text.id, since_review_by=person.pk)
        assert difference.old
        assert difference.old.version_num == number


@pytest.mark.django_db
def test_a_review_that_was_withdrawn_was_a_look_at_it(library: Library, review: Review, reviewer: User) -> None:
    text = library.component()
    review(text)
    api.withdraw_review(text.id, reviewer_id=reviewer.pk)
    library.edit(text)
    difference = api.get_difference(text.id, since_review_by=reviewer.pk)
    assert difference.old
    assert difference.old.version_num == 1


@pytest.mark.django_db
def test_a_review_that_was_carried_over_counts(
    library: Library, review: Review, reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    text = library.component(title="Salt")
    review(text)
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(text, title="Salt")
    assert ReviewedStatus.objects.filter(version_num=2).exclude(carried_over_from=None).exists()
    library.edit(text, title="Pepper")
    difference = api.get_difference(text.id, since_review_by=reviewer.pk)
    assert difference.old
    assert difference.old.version_num == 2


@pytest.mark.django_db
def test_since_the_review_of_what_is_there_nothing_has_changed(
    library: Library, review: Review, reviewer: User
) -> None:
    text = library.component(media={"block.xml": OLX})
    review(text)
    difference = api.get_difference(text.id, since_review_by=reviewer.pk)
    assert (difference.change, difference.title_changed, olx_of(difference)) == (None, False, ("same", ""))
    # Still there is a change that is not live, and that one would review.
    assert difference.draft_change_log_record_id == draft_record(text).pk


@pytest.mark.django_db
def test_a_review_of_a_deletion_has_no_version_to_compare(library: Library, review: Review, reviewer: User) -> None:
    text = library.component()
    make_live(library)
    version_id = text.versioning.published.pk
    library.delete(text)
    review(text)
    with pytest.raises(ReviewedStatus.DoesNotExist):
        api.get_difference(text.id, since_review_by=reviewer.pk)
    library.set_draft(text, version_id)
    library.edit(text)
    review(text)
    library.delete(text)
    review(text)
    difference = api.get_difference(text.id, since_review_by=reviewer.pk)
    assert difference.old
    assert (difference.change, difference.old.version_num) == ("deleted", 2)


@pytest.mark.django_db
def test_who_has_reviewed_nothing_of_it_is_told(
    library: Library, review: Review, reviewer: User, other_reviewer: User
) -> None:
    text, other = library.component(title="Salt"), library.component()
    review(text)
    api.mark_reviewed(other.id, reviewer_id=other_reviewer.pk)
    for user_id in (other_reviewer.pk, 999_999):
        with pytest.raises(ReviewedStatus.DoesNotExist, match="You have not reviewed a version of “Salt” yet"):
            api.get_difference(text.id, since_review_by=user_id)


# --- OLX --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kept_in", ["storage", "database"])
@pytest.mark.parametrize(
    ("old", "new", "state", "unified"),
    [
        pytest.param("a\nb\n", "a\nc\n", "changed", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n", id="a line"),
        pytest.param("", "a\n", "changed", "@@ -0,0 +1,1 @@\n+a\n", id="from nothing"),
        pytest.param("a\n", "", "changed", "@@ -1,1 +0,0 @@\n-a\n", id="to nothing"),
        pytest.param("a b", "a  b\n", "whitespace_only",
            "@@ -1,1 +1,1 @@\n-a b\n\\ No newline at end of file\n+a  b\n", id="space"),
        pytest.param("a b", "ab", "changed",
            "@@ -1,1 +1,1 @@\n-a b\n\\ No newline at end of file\n+ab\n\\ No newline at end of file\n",
            id="a word less"),
        pytest.param("a b\n", "a\u00a0b\n", "changed", "@@ -1,1 +1,1 @@\n-a b\n+a\u00a0b\n", id="no-break space"),
        pytest.param("a\nb\n", "a\r\nb\r\n", "whitespace_only",
            "@@ -1,2 +1,2 @@\n-a\n-b\n+a\r\n+b\r\n", id="carriage returns"),
        pytest.param("a\rb\u2028c\x85d\x0be\n", "a\rb\u2028c\x85d\x0bf\n", "changed",
            "@@ -1,1 +1,1 @@\n-a\rb\u2028c\x85d\x0be\n+a\rb\u2028c\x85d\x0bf\n",
            id="what others take for the end of a line"),
        pytest.param("a\n", "A\n", "changed", "@@ -1,1 +1,1 @@\n-a\n+A\n", id="case"),
        pytest.param("x" * 100_000, "y", "changed",
            "@@ -1,1 +1,1 @@\n-" + "x" * 100_000 + "\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n",
            id="one long line"),
    ],
)  # fmt: skip
def test_the_olx_is_compared_line_by_line(
    old: str, new: str, state: str, unified: str, kept_in: str, library: Library
) -> None:
    if kept_in == "database" and len(old) > 50_000:
        pytest.skip("core keeps no longer texts in the database")
    sides: Any = [text.encode() if kept_in == "storage" else in_text(library, text) for text in (old, new)]
    text = library.component(media={"block.xml": sides[0]})
    make_live(library)
    library.edit(text, files={"block.xml": sides[1]})
    difference = api.get_difference(text.id)
    assert olx_of(difference) == (state, unified)
    assert difference.olx
    assert (difference.olx.old_size, difference.olx.new_size) == (len(old.encode()), len(new.encode()))


@pytest.mark.django_db
def test_what_lies_far_apart_comes_in_parts(library: Library) -> None:
    lines = [f"{n}\n" for n in range(1, 31)]
    text = library.component(media={"block.xml": "".join(lines).encode()})
    make_live(library)
    lines[4] = "five\n"
    del lines[24]
    library.edit(text, files={"block.xml": "".join(lines).encode()})
    assert olx_of(api.get_difference(text.id))[1] == (
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -22,7 +22,6 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n"
    )


@pytest.mark.django_db
def test_olx_that_is_no_utf_8_is_told_apart_all_the_same(library: Library) -> None:
    text = library.component(media={"block.xml": b"\xff\x00\n"})
    make_live(library)
    library.edit(text, files={"block.xml": b"\xfe\x00\n"})
    assert olx_of(api.get_difference(text.id)) == ("changed", "@@ -1,1 +1,1 @@\n-\\xff\x00\n+\\xfe\x00\n")


@pytest.mark.django_db
def test_olx_may_come_and_go(library: Library) -> None:
    text = library.component()
    make_live(library)
    assert api.get_difference(text.id).olx is None
    library.edit(text, files={"block.xml": b"a\n"})
    came = api.get_difference(text.id).olx
    assert came
    assert (came.state, came.old_size, came.new_size) == ("changed", None, 2)
    make_live(library)
    library.edit(text, files={"block.xml": None})
    went = api.get_difference(text.id).olx
    assert went
    assert (went.state, went.old_size, went.new_size) == ("changed", 2, None)
    assert went.unified == "--- v2/block.xml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n"


@pytest.mark.django_db
def test_olx_that_is_nothing_is_not_the_same_as_none(library: Library) -> None:
    text = library.component()
    make_live(library)
    library.edit(text, files={"block.xml": b""})
    olx = api.get_difference(text.id).olx
    assert olx
    assert (olx.state, olx.old_size, olx.new_size) == ("changed", None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "state"), [(0, "changed"), (1, "too_large")])
@pytest.mark.parametrize("side", ["old", "new"])
def test_olx_is_shown_up_to_a_size(more: int, state: str, side: str, library: Library) -> None:
    large = b"x" * (MAX_TEXT_SIZE + more)
    text = library.component(media={"block.xml": large if side == "old" else b"a"})
    make_live(library)
    library.edit(text, files={"block.xml": b"b" if side == "old" else large})
    olx = api.get_difference(text.id).olx
    assert olx
    assert olx.state == state
    assert bool(olx.unified) is (state == "changed")
    assert sorted([olx.old_size or 0, olx.new_size or 0]) == [1, len(large)]


@pytest.mark.django_db
def test_large_olx_that_is_the_same_is_the_same(library: Library) -> None:
    text = library.component(media={"block.xml": b"x" * 20_000_000})
    make_live(library)
    library.edit(text)
    assert olx_of(api.get_difference(text.id)) == ("same", "")


@pytest.mark.django_db
def test_every_text_that_core_keeps_in_the_database_is_small_enough(library: Library) -> None:
    text = library.component(media={"block.xml": in_text(library, "💥" * 50_000)})
    assert olx_of(api.get_difference(text.id))[0] == "changed"


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [51, 10_000], ids=["each matches many", "each matches one"])
def test_olx_that_would_keep_the_server_busy_is_too_large(kept: int, library: Library) -> None:
    """Lines that are kept, but no two of them beside each other: difflib alone would take minutes for them."""
    sides = ["".join(f"{n % kept}\n{side}{n}\n" for n in range(10_000)).encode() for side in ("old ", "new ")]
    text = library.component(media={"block.xml": b"first\n" + sides[0]})
    make_live(library)
    library.edit(text, files={"block.xml": b"second\n" + sides[1]})
    olx = api.get_difference(text.id).olx
    assert olx
    assert (olx.state, olx.unified, olx.old_size, olx.new_size) == (
        "too_large",
        "",
        len(sides[0]) + 6,
        len(sides[1]) + 7,
    )


@pytest.mark.django_db
def test_a_long_text_with_many_edits_is_shown(library: Library) -> None:
    """What is made by people is far from the limit: 4,000 lines, and every twentieth of them edited."""
    lines = [f"<choice>{n}</choice>\n" for n in range(4_000)]
    text = library.component(media={"block.xml": "".join(lines).encode()})
    make_live(library)
    edited = [f"<choice>{n} of them</choice>\n" if n % 20 == 0 else line for n, line in enumerate(lines)]
    library.edit(text, files={"block.xml": "".join(edited).encode()})
    state, unified = olx_of(api.get_difference(text.id))
    assert (state, len(re.findall("^-", unified, re.M)), len(re.findall(r"^\+", unified, re.M))) == (
        "changed",
        200,
        200,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("lines", "state"), [(5_000, "changed"), (5_001, "too_large")])
def test_more_lines_than_anybody_reads_are_too_large(lines: int, state: str, library: Library) -> None:
    text = library.component(media={"block.xml": b"a\n" * lines})
    make_live(library)
    library.edit(text, files={"block.xml": b"a\n" * (lines - 1) + b"b\n"})
    assert olx_of(api.get_difference(text.id))[0] == state


@pytest.mark.django_db
def test_one_edit_among_lines_that_are_all_the_same_is_one_line(library: Library) -> None:
    """By itself difflib looks for nothing that there is much of."""
    text = library.component(media={"block.xml": b"</choice>\n" * 50_000})
    make_live(library)
    library.edit(text, files={"block.xml": b"</choice>\n" * 20_000 + b"<p/>\n" + b"</choice>\n" * 30_000})
    assert olx_of(api.get_difference(text.id)) == ("too_large", "")
    small = library.component(media={"block.xml": b"</c>\n" * 4_000})
    make_live(library)
    library.edit(small, files={"block.xml": b"</c>\n" * 2_000 + b"<p/>\n" + b"</c>\n" * 2_000})
    around = " </c>\n" * 3
    unified = f"@@ -1998,6 +1998,7 @@\n{around}+<p/>\n{around}"
    assert olx_of(api.get_difference(small.id)) == ("changed", unified)


lines = st.lists(st.sampled_from(["a", "b", "c", "", "d\r", "+", "-- x", "\u2028", "\\ No newline"]), max_size=25)


@given(old=lines, new=lines, old_end=st.sampled_from(["", "\n"]), new_end=st.sampled_from(["", "\n"]))
def test_the_diff_leads_from_the_old_text_to_the_new_one(
    old: list[str], new: list[str], old_end: str, new_end: str
) -> None:
    before, after = "\n".join(old) + old_end, "\n".join(new) + new_end
    _state, unified = compare_texts(Text("old", before.encode()), Text("new", after.encode()))
    assert patched(before, unified) == after


def patched(text: str, unified: str) -> str:
    """Return what ``patch`` would make of the text; it has to be the one that the diff is of."""
    before, after = re.findall(r"[^\n]*\n|[^\n]+", text), ""
    number, mark = 0, ""
    for line in re.findall(r"[^\n]*\n", unified)[2:]:
        if line.startswith("\\"):
            after = after if mark == "-" else after.removesuffix("\n")
            continue
        mark, shown = line[0], line[1:]
        if mark == "@":
            start, length = map(int, re.findall(r"-(\d+),(\d+)", shown)[0])
            start -= 1 if length else 0
            after += "".join(before[number:start])
            number = start
        if mark in " -":
            assert before[number].removesuffix("\n") == shown.removesuffix("\n")
            number += 1
        if mark in " +":
            after += shown
    return after + "".join(before[number:])


# --- Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_files_are_added_removed_and_replaced(library: Library) -> None:
    text = library.component(
        media={"block.xml": OLX, "static/same.png": b"Same", "static/gone.txt": b"Gone", "static/new.jpg": b"Old"}
    )
    make_live(library)
    library.edit(text, files={"static/gone.txt": None, "static/new.jpg": b"Newer", "static/came.svg": b"<svg/>"})
    difference = api.get_difference(text.id)
    assert [(file.path, file.change, file.old, file.new) for file in difference.files] == [
        ("static/came.svg", "added", None, api.FileVersion(size=6, mime_type="image/svg+xml", is_image=True)),
        ("static/gone.txt", "removed", api.FileVersion(size=4, mime_type="text/plain", is_image=False), None),
        (
            "static/new.jpg",
            "replaced",
            api.FileVersion(size=3, mime_type="image/jpeg", is_image=True),
            api.FileVersion(size=5, mime_type="image/jpeg", is_image=True),
        ),
    ]
    assert difference.file_count == 3
    assert olx_of(difference) == ("same", "")


@pytest.mark.django_db
def test_a_file_that_is_taken_for_something_else_is_replaced(library: Library) -> None:
    media_types = [content_api.get_or_create_media_type(name).id for name in ("text/plain", "text/html")]
    sides = [
        content_api.get_or_create_text_media(library.package.id, media_type, text="<p>", created=now()).id
        for media_type in media_types
    ]
    text = library.component(media={"static/salt": sides[0]})
    make_live(library)
    library.edit(text, files={"static/salt": sides[1]})
    [file] = api.get_difference(text.id).files
    assert (file.change, file.old and file.old.mime_type, file.new and file.new.mime_type) == (
        "replaced",
        "text/plain",
        "text/html",
    )


@pytest.mark.django_db
def test_a_file_under_another_name_is_one_that_went_and_one_that_came(library: Library) -> None:
    text = library.component(media={"static/Salt.png": b"A picture"})
    make_live(library)
    library.edit(text, files={"static/Salt.png": None, "static/salt.png": b"A picture"})
    assert files_of(api.get_difference(text.id)) == {"static/Salt.png": "removed", "static/salt.png": "added"}


@pytest.mark.django_db
def test_files_are_told_apart_unread(library: Library) -> None:
    """The storage may have lost them all."""
    text = library.component(media={"block.xml": OLX, "static/film.mp4": b"x" * 20_000_000})
    make_live(library)
    library.edit(text, files={"static/film.mp4": b"y" * 20_000_000, "block.xml": b"Other"})
    lose_files(text)
    difference = api.get_difference(text.id)
    [file] = difference.files
    assert (file.change, file.new and file.new.size) == ("replaced", 20_000_000)
    # But of what is lost there is nothing to show.
    assert olx_of(difference) == ("too_large", "")


@pytest.mark.django_db
def test_no_text_is_loaded_but_that_of_the_olx(library: Library) -> None:
    first, second = ({f"static/{n}.txt": in_text(library, f"{side} {n}") for n in range(5)} for side in ("Old", "New"))
    text = library.component(media={"block.xml": in_text(library, "Old"), **first})
    make_live(library)
    for olx, loaded in (("Old", 0), ("New", 2)):
        library.edit(text, files={"block.xml": in_text(library, olx), **second})
        with CaptureQueriesContext(connection) as queries:
            difference = api.get_difference(text.id)
        assert difference.file_count == 5
        assert len([query for query in queries if re.search(r'[`"]text[`"]', query["sql"])]) == loaded


@pytest.mark.django_db
def test_the_first_hundred_files_are_shown_and_all_are_counted(library: Library) -> None:
    text = library.component(media={f"static/{n:03}.png": b"Old" for n in range(MAX_FILES_SHOWN + 20)})
    make_live(library)
    library.edit(text, files={f"static/{n:03}.png": b"New" for n in range(10, MAX_FILES_SHOWN + 20)})
    difference = api.get_difference(text.id)
    assert (len(difference.files), difference.file_count) == (MAX_FILES_SHOWN, MAX_FILES_SHOWN + 10)
    assert (difference.files[0].path, difference.files[-1].path) == ("static/010.png", "static/109.png")


# --- Children ---------------------------------------------------------------------------------------------------------


@pytest.fixture(name="abc")
def _abc(library: Library) -> dict[str, Any]:
    """Components called A to F; and small ones that stand for the first versions of them, to be pinned."""
    items: dict[str, Any] = {name: library.component(title=name) for name in "ABCDEF"}
    for name, item in list(items.items()):
        items[f"{name}1"] = item.versioning.draft
        library.edit(item, title=name)
        items[f"{name}2"] = content_api.get_component(item.id).versioning.draft
    return items


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("A B", "A B", "A same 1 1, B same 2 2", id="same"),
        pytest.param("A", "A B", "A same 1 1, B added - 2", id="added"),
        pytest.param("A", "B A", "B added - 1, A same 1 2", id="added at the beginning"),
        pytest.param("A B C", "A C", "A same 1 1, B removed 2 -, C same 3 2", id="removed where it was"),
        pytest.param("A B", "", "A removed 1 -, B removed 2 -", id="emptied"),
        pytest.param("A", "B", "A removed 1 -, B added - 1", id="replaced"),
        pytest.param("A B C D", "B C D A", "B same 2 1, C same 3 2, D same 4 3, A moved 1 4", id="to the end"),
        pytest.param("A B C D", "D A B C", "D moved 4 1, A same 1 2, B same 2 3, C same 3 4", id="to the beginning"),
        pytest.param("A B C D E F", "A B E C D F",
            "A same 1 1, B same 2 2, E moved 5 3, C same 3 4, D same 4 5, F same 6 6", id="in between"),
        pytest.param("A B", "A1 B", "A pinned 1 1, B same 2 2", id="pinned"),
        pytest.param("A1", "A", "A unpinned 1 1", id="unpinned"),
        pytest.param("A1 B1", "A2 B1", "A repinned 1 1, B same 2 2", id="repinned"),
        pytest.param("A B C", "B C A1", "B same 2 1, C same 3 2, A moved 1 3", id="moved and pinned"),
        pytest.param("A B", "A B A", "A same 1 1, B same 2 2, A added - 3", id="listed again"),
        pytest.param("A B A", "A B", "A same 1 1, B same 2 2, A removed 3 -", id="listed twice and once"),
        pytest.param("A B A", "B A", "A removed 1 -, B same 2 1, A same 3 2", id="the first of two removed"),
        pytest.param("A A", "A A A", "A same 1 1, A same 2 2, A added - 3", id="once more"),
        pytest.param("A A1", "A1 A", "A pinned 1 1, A unpinned 2 2", id="twice, once pinned"),
        pytest.param("A A B C D", "B C D A A", "B same 3 1, C same 4 2, D same 5 3, A moved 1 4, A moved 2 5",
            id="both moved"),
        pytest.param("A A B C D", "B C D A", "A removed 2 -, B same 3 1, C same 4 2, D same 5 3, A moved 1 4",
            id="one moved and one removed"),
    ],
)  # fmt: skip
def test_children_come_go_move_and_are_pinned(
    old: str, new: str, changes: str, library: Library, abc: dict[str, Any]
) -> None:
    unit = library.unit(*(abc[name] for name in old.split()))
    make_live(library)
    library.edit(unit, entities=[abc[name] for name in new.split()])
    difference = api.get_difference(unit.id)
    assert ", ".join(
        f"{name} {change} {was or '-'} {now or '-'}" for name, change, was, now in children_of(difference)
    ) == (changes)
    assert difference.child_count == len(children_of(difference))
    assert difference.children_state == ("same" if old == new else "changed")
    assert difference.olx is None
    pins = [(child.old_pin, child.new_pin) for child in difference.children or ()]
    was, now = ([int(name[1:]) if name[1:] else None for name in side.split()] for side in (old, new))
    assert pins == [
        (was[before - 1] if before else None, now[after - 1] if after else None)
        for _, _, before, after in children_of(difference)
    ]


@pytest.mark.django_db
def test_a_child_says_what_it_is(library: Library) -> None:
    kept, gone = library.component(title="Kept"), library.component(title="Gone")
    unit = library.unit(kept, gone)
    make_live(library)
    never = library.component(title="Never")
    library.edit(kept, title="Renamed")
    library.edit(unit, entities=[kept, gone, never])
    library.delete(gone)
    library.delete(never)
    children = api.get_difference(unit.id).children
    assert children is not None
    assert [(child.entity.id, child.title, child.change, child.is_deleted) for child in children] == [
        (kept.id, "Renamed", "same", False),
        (gone.id, "Gone", "same", True),
        (never.id, "Never", "added", True),
    ]


@pytest.mark.django_db
def test_of_many_children_those_that_are_the_same_are_left_out(library: Library) -> None:
    text, other = library.component(title="Text"), library.component(title="Other")
    unit = library.unit(*[text] * MAX_CHILDREN_SHOWN)
    make_live(library)
    assert len(children_of(api.get_difference(unit.id))) == MAX_CHILDREN_SHOWN
    library.edit(unit, entities=[text] * MAX_CHILDREN_SHOWN + [other])
    difference = api.get_difference(unit.id)
    assert children_of(difference) == [("Other", "added", None, MAX_CHILDREN_SHOWN + 1)]
    assert (difference.child_count, difference.children_state) == (MAX_CHILDREN_SHOWN + 1, "changed")
    library.edit(unit, entities=[other] * (MAX_CHILDREN_SHOWN + 1))
    difference = api.get_difference(unit.id)
    assert {change for _, change, _, _ in children_of(difference)} == {"removed"}
    assert (len(children_of(difference)), difference.child_count) == (MAX_CHILDREN_SHOWN, 2 * MAX_CHILDREN_SHOWN + 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "state"), [(0, "changed"), (1, "too_large")])
@pytest.mark.parametrize("side", ["old", "new"])
def test_children_are_compared_up_to_a_number(more: int, state: str, side: str, library: Library) -> None:
    text = library.component()
    many, few = [text] * (MAX_CHILDREN + more), [text, text]
    unit = library.unit(*(many if side == "old" else few))
    make_live(library)
    library.edit(unit, entities=few if side == "old" else many)
    difference = api.get_difference(unit.id)
    assert (difference.children_state, difference.child_count) == (state, MAX_CHILDREN + more)
    assert bool(difference.children) is (state == "changed")


@pytest.mark.django_db
def test_children_that_would_keep_the_server_busy_are_too_large(library: Library) -> None:
    one, two, three = (library.component() for _ in range(3))
    unit = library.unit(three, *[one, two] * 600)
    make_live(library)
    library.edit(unit, entities=[*[one, three] * 600, two])
    difference = api.get_difference(unit.id)
    assert (difference.children_state, difference.children, difference.child_count) == ("too_large", (), 1_201)


# --- Deletions --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_deletion_says_what_disappears(library: Library) -> None:
    text = library.component(title="Salt", media={"block.xml": b"a\n", "static/salt.png": b"A picture"})
    unit = library.unit(text, title="Taste")
    make_live(library)
    library.edit(text, title="Sea salt")
    for item, title in ((unit, "Taste"), (text, "Salt")):
        library.delete(item)
        difference = api.get_difference(item.id)
        assert (difference.change, difference.title, difference.title_changed) == ("deleted", title, False)
        assert (difference.old and difference.old.version_num, difference.new) == (1, None)
        assert difference.draft_change_log_record_id == draft_record(item).pk
    assert olx_of(difference) == ("changed", "@@ -1,1 +0,0 @@\n-a\n")
    assert files_of(difference) == {"static/salt.png": "removed"}
    assert children_of(api.get_difference(unit.id)) == [("Salt", "removed", 1, None)]


@pytest.mark.django_db
def test_a_deletion_says_which_containers_still_list_it(library: Library) -> None:
    text, other = library.component(), library.component()
    both, left, deleted, changed = (library.unit(text, title=title) for title in ("Both", "Left", "Deleted", "Changed"))
    library.unit(other)
    make_live(library)
    library.edit(left, title="Left", entities=[other])
    library.edit(changed, title="Changed", entities=[text, other, text])
    drafted = library.unit(text, title="Drafted")
    once = library.unit(text, title="Once")
    library.edit(once, entities=[])
    library.delete(deleted)
    assert api.get_difference(text.id).listed_in == ()  # it is not deleted
    library.delete(text)
    difference = api.get_difference(text.id)
    assert [(listed.entity.id, listed.title, listed.in_draft, listed.is_live) for listed in difference.listed_in] == [
        (both.id, "Both", True, True),
        (left.id, "Left", False, True),
        (deleted.id, "Deleted", False, True),
        (changed.id, "Changed", True, True),
        (drafted.id, "Drafted", True, False),
    ]
    assert difference.listed_in_count == 5


@pytest.mark.django_db
def test_the_first_hundred_containers_are_named_and_all_are_counted(library: Library) -> None:
    text = library.component()
    units = [library.unit(text) for _ in range(MAX_LISTED_IN + 5)]
    make_live(library)
    library.delete(text)
    difference = api.get_difference(text.id)
    assert [listed.entity.id for listed in difference.listed_in] == [unit.id for unit in units[:MAX_LISTED_IN]]
    assert difference.listed_in_count == MAX_LISTED_IN + 5


# --- What it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_any_size_takes_the_same_queries(
    size: int, library: Library, review: Review, reviewer: User, django_assert_num_queries: Any
) -> None:
    def files(side: str) -> dict[str, Any]:
        return {"block.xml": in_text(library, side), **{f"static/{n}": f"{side}{n}".encode() for n in range(size)}}

    text = library.component(media=files("Old"))
    others = [library.component() for _ in range(size)]
    units = [library.unit(text, *others) for _ in range(size)]
    make_live(library)
    library.edit(text, files=files("New"))
    library.edit(units[0], entities=[library.component() for _ in range(size)] + others[::-1])
    review(text, units[0])

    def asked(item: Any, queries: int, **kwargs: Any) -> None:
        with django_assert_num_queries(queries):
            difference = api.get_difference(item.id, **kwargs)
            # What a screen says about them takes none more.
            entities = [child.entity for child in difference.children or ()]
            entities += [difference.entity, *(listed.entity for listed in difference.listed_in)]
            assert None not in map(studio_key_of, entities)

    asked(text, 5)
    asked(units[0], 4)
    asked(units[0], 5, since_review_by=reviewer.pk)
    library.edit(text)
    asked(text, 4, since_review_by=reviewer.pk)
    library.delete(text)
    asked(text, 6)
    library.delete(units[0])
    asked(units[0], 5)
