"""What people read is whole sentences in their language: nothing is joined from pieces, and no word is left out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import formats, timezone
from openedx_content import api as content_api

from sample_plugin.reviews import api
from sample_plugin.reviews.admin.draft_changes import DraftChangeAdmin
from sample_plugin.reviews.admin.what_changed import describe
from sample_plugin.reviews.models import DraftChange
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, draft_record, now
from .rest import ENTITIES, LIBRARY, Api, entity
from .translations import translated, untranslated

pytestmark = [pytest.mark.django_db, pytest.mark.any_core, pytest.mark.any_database]


@pytest.mark.parametrize("changes_requested", [False, True])
@pytest.mark.parametrize("kind", api.ChangeKind)
def test_an_item_and_what_becomes_of_it(kind: api.ChangeKind, changes_requested: bool, library: Library) -> None:
    item = api.ChangedItem(
        entity_id=library.component().id,
        entity_ref="ref",
        title="Salt",
        change=kind,
        changes_requested=changes_requested,
    )
    with translated():
        assert untranslated(str(item)) == ["Salt"]
        assert untranslated(kind.label) == []


def test_a_refused_publish(library: Library) -> None:
    for title in ("Bread", "Salt", "Water", "Yeast"):
        library.component(title=title)
    with translated(), pytest.raises(UnreviewedChanges) as refusal:
        library.publish()
    assert untranslated(str(refusal.value)) == ["Bread", "Salt", "Water"]


def test_a_request_that_is_not_valid(rest: Api, library: Library) -> None:
    path = entity(library.component(), "review/")
    with translated():
        about_a_field = rest("put", path, {}, status=400)["detail"]
        about_all = rest("patch", LIBRARY, {}, status=400)["detail"]
    assert untranslated(about_a_field) == ["draft_change_log_record_id"]
    assert untranslated(about_all) == []


def test_a_kind_that_does_not_exist(rest: Api, library: Library) -> None:
    with translated():
        answer = rest("get", f"{ENTITIES}?kind=components", status=400)
    assert untranslated(answer["detail"])[:2] == ["kind", "component"]


@pytest.mark.parametrize("number", [1, 2])
def test_many_reviews_that_cannot_be_given(number: int, library: Library, author: User) -> None:
    items = [library.component(title="Salt") for _ in range(number)]
    with translated(), pytest.raises(api.ManyReviewsError) as refusal:
        api.mark_many_reviewed({item.id: draft_record(item).pk for item in items}, reviewer_id=author.pk)
    with translated():  # dates are in Django's own words
        day = formats.date_format(timezone.localdate(), "DATE_FORMAT")
    assert untranslated(str(refusal.value).replace(day, "")) == ["Salt"]


def test_what_changed_in_the_admin(library: Library) -> None:
    one, two, three = (library.component(title=title) for title in ("One", "Two", "Three"))
    unit = library.unit(one, two, title="Dough")
    with api.bypass_review(reason="To begin with"):
        library.publish()
    library.edit(unit, "Dough", entities=[three, two.versioning.draft])
    record = DraftChange.objects.get(pk=draft_record(unit).pk)
    with translated():
        assert untranslated(DraftChangeAdmin.change(None, record)) == []  # type: ignore[arg-type]
        assert set(untranslated(describe(api.get_difference(unit.id)))) == {"One", "Two", "Three"}


def test_which_files_changed_in_the_admin(library: Library) -> None:
    text = library.component()
    files = [content_file(library, name) for name in ("a", "b")]
    library.edit(text, "Salt", files={"static/kept.txt": files[0], "static/old.txt": files[0]})
    with api.bypass_review(reason="To begin with"):
        library.publish()
    library.edit(text, "Salt", files={"static/kept.txt": files[1], "static/old.txt": None, "static/new.txt": files[1]})
    with translated():
        told = untranslated(describe(api.get_difference(text.id)))
    assert set(told) == {"static", "kept", "old", "new", "txt", "text", "plain"}


def content_file(library: Library, text: str) -> int:
    """Return the id of a stored file with this text."""
    media_type = content_api.get_or_create_media_type("text/plain")
    return content_api.get_or_create_file_media(library.package.id, media_type.id, data=text.encode(), created=now()).id
