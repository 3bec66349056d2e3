"""
The workbench writes content as Studio does: with the same calls to core, which say as little about who did it.

What is on record here is what core was told. A plugin may add to it what it knows of the request.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import get_resolver
from openedx_content import api as content_api
from openedx_content.models_api import Component, DraftChangeLog, PublishableEntity

from workbench.urls import studio_urls

from .authz import assign, needs_authz
from .content import Library, draft_record, live_versions, now
from .studio import (
    BLOCK,
    CHILDREN,
    CLIPBOARD,
    COMMIT,
    CONTAINER,
    FIELDS,
    LIBRARY,
    PASTE,
    Post,
    _post,  # noqa: F401, a fixture
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SALT = "lb:Test:Ungated:html:salt"
OLX = '<html display_name="Salt"><![CDATA[<p>Two grams</p>]]></html>'


@pytest.fixture(name="library")
def _library(ungated_library: Library, author: User) -> Library:
    """The library in which no review is required, and ``author`` has the role of an author."""
    assign(author, "library_author", ungated_library.package.package_ref)
    return ungated_library


@pytest.fixture(name="told")
def _told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """By whom core was told that something was done, by the name of its function. Core itself does its work."""
    told: dict[str, Any] = {}

    def listen(name: str, *who: str) -> None:
        function = getattr(content_api, name)

        def heard(*args: Any, **kwargs: Any) -> Any:
            told[name] = next((kwargs[by] for by in who if by in kwargs), None)
            return function(*args, **kwargs)

        monkeypatch.setattr(content_api, name, heard)

    listen("soft_delete_draft", "deleted_by")
    listen("set_draft_version", "set_by")
    listen("create_next_component_version", "created_by")
    listen("create_next_container_version", "created_by")
    listen("create_component", "created_by")
    listen("create_component_and_version", "created_by")
    listen("create_container_and_version", "created_by")
    listen("reset_drafts_to_published", "reset_by")
    listen("bulk_draft_changes_for", "changed_by")
    return told


def unit_key(library: Library, *children: Any, **kwargs: Any) -> str:
    """Return the key of a new unit."""
    unit = library.unit(*children, **kwargs)
    return f"lct:Test:Ungated:unit:{unit.container_code}"


def salt(library: Library) -> Component:
    """Return a new component ``SALT``, with a source."""
    component = library.component("salt", title="Salt")
    media_type = content_api.get_or_create_media_type("application/vnd.openedx.xblock.v1.html+xml")
    media = content_api.get_or_create_text_media(library.package.id, media_type.id, text=OLX, created=now())
    library.edit(component, title="Salt", files={"block.xml": media.id})
    return component


# The users that core records


def test_core_is_told_who_deletes_and_restores_a_component(
    library: Library, post: Post, told: Any, author: User
) -> None:
    salt(library)
    told.clear()
    post(BLOCK.format(SALT), "delete")
    post(BLOCK.format(SALT) + "restore/")
    assert told == {"soft_delete_draft": author.pk, "set_draft_version": author.pk}


def test_core_is_not_told_who_deletes_and_restores_a_container(library: Library, post: Post, told: Any) -> None:
    key = unit_key(library)
    told.clear()
    assert post(CONTAINER.format(key), "delete").status_code == 204
    assert post(CONTAINER.format(key) + "restore/").status_code == 204
    assert told == {"soft_delete_draft": None, "set_draft_version": None}


def test_core_is_told_who_discards_and_the_bulk_edit_around_it_is_not(
    library: Library, post: Post, told: Any, author: User
) -> None:
    component = salt(library)
    told.clear()
    assert post(COMMIT.format("lib:Test:Ungated"), "delete").json() == {}
    assert told == {"reset_drafts_to_published": author.pk, "bulk_draft_changes_for": None}
    assert content_api.get_draft_version(component.id) is None


def test_core_is_told_who_writes(library: Library, post: Post, told: Any, author: User) -> None:
    salt(library)
    for address, data in [
        (BLOCK.format(SALT) + "olx/", {"olx": OLX}),
        (FIELDS.format(SALT), {"data": "<p>Three grams</p>"}),
    ]:
        told.clear()
        assert post(address, data=data).status_code == 200
        assert told["create_next_component_version"] == author.pk


def test_of_a_pasted_component_core_knows_who_made_it_and_not_who_wrote_it(
    library: Library, post: Post, told: Any, author: User
) -> None:
    salt(library)
    told.clear()
    post(CLIPBOARD, data={"usage_key": SALT})
    pasted = post(PASTE.format("lib:Test:Ungated")).json()
    assert told == {"create_component": author.pk, "create_next_component_version": None}
    assert pasted["last_draft_created_by"] is None
    entity = PublishableEntity.objects.latest("pk")
    assert entity.created_by == author


# Deleted, and discarded


def test_a_deleted_container_can_neither_be_published_nor_deleted_again(library: Library, post: Post) -> None:
    key = unit_key(library)
    assert post(CONTAINER.format(key) + "publish/").status_code == 200
    post(CONTAINER.format(key), "delete")
    before = live_versions()
    for method, address in [
        ("post", CONTAINER.format(key) + "publish/"),
        ("delete", CONTAINER.format(key)),
        ("get", CONTAINER.format(key)),
        ("get", CHILDREN.format(key)),
        ("post", CONTAINER.format(key) + "copy/"),
    ]:
        response = post(address, method)
        assert (response.status_code, response.json()) == (
            404,
            {"detail": f"There is no container with the key “{key}”."},
        )
    assert live_versions() == before
    # Its deletion goes live with the library.
    post(COMMIT.format("lib:Test:Ungated"))
    assert live_versions() != before


def test_to_delete_a_deleted_component_again_or_to_publish_it_alone_does_nothing(library: Library, post: Post) -> None:
    component = salt(library)
    post(BLOCK.format(SALT) + "publish/")
    logs = []
    for _ in range(2):
        assert post(BLOCK.format(SALT), "delete").status_code == 200
        logs.append(DraftChangeLog.objects.count())
    assert logs[0] == logs[1]
    before = live_versions()
    assert post(BLOCK.format(SALT) + "publish/").status_code == 200
    assert live_versions() == before
    # Its deletion goes live with the library.
    post(COMMIT.format("lib:Test:Ungated"))
    assert live_versions()[component.id] is None


@pytest.mark.parametrize("kind", ["component", "container"])
def test_restore_takes_the_newest_version_even_one_that_was_discarded(library: Library, post: Post, kind: str) -> None:
    if kind == "component":
        item: Any = salt(library)
        address = BLOCK.format(SALT)
    else:
        item = library.unit()
        address = CONTAINER.format(f"lct:Test:Ungated:unit:{item.container_code}")
    post(COMMIT.format("lib:Test:Ungated"))
    discarded = library.edit(item)
    post(COMMIT.format("lib:Test:Ungated"), "delete")
    assert content_api.get_draft_version(item.id) == content_api.get_published_version(item.id)
    post(address, "delete")
    assert post(address + "restore/").status_code == 204
    assert draft_record(item).new_version_id == discarded


def test_discarding_takes_what_was_never_published_away_and_brings_back_what_was_deleted(
    library: Library, post: Post
) -> None:
    kept = salt(library)
    post(COMMIT.format("lib:Test:Ungated"))
    library.delete(kept)
    new = library.component()
    assert post(COMMIT.format("lib:Test:Ungated"), "delete").status_code == 200
    assert content_api.get_draft_version(kept.id) is not None
    assert content_api.get_draft_version(new.id) is None


# New items


def test_a_new_component_is_empty_and_named_after_its_type(library: Library, post: Post, author: User) -> None:
    response = post(
        LIBRARY.format("lib:Test:Ungated") + "blocks/", data={"block_type": "problem", "definition_id": "gluten"}
    )
    assert response.status_code == 200
    shown = response.json()
    assert {name: shown[name] for name in ("id", "block_type", "display_name", "last_draft_created_by")} == {
        "id": "lb:Test:Ungated:problem:gluten",
        "block_type": "problem",
        "display_name": "Blank Problem",
        "last_draft_created_by": "author",
    }
    assert shown["has_unpublished_changes"] is True
    assert shown["last_published"] is None
    assert post(BLOCK.format(shown["id"]) + "olx/", "get").json() == {"olx": "<problem />"}
    assert post(BLOCK.format(shown["id"]), "get").json() == shown


@pytest.mark.parametrize(
    "data",
    [
        {"block_type": "html"},
        {"block_type": "html", "definition_id": "two words"},
        {"block_type": "vertical", "definition_id": "unit"},
        {"block_type": "html", "definition_id": "salt"},
    ],
)
def test_a_component_that_cannot_be_is_a_400(library: Library, post: Post, data: dict[str, str]) -> None:
    salt(library)
    assert post(LIBRARY.format("lib:Test:Ungated") + "blocks/", data=data).status_code == 400


def test_a_new_container_is_empty_and_can_be_renamed(library: Library, post: Post) -> None:
    response = post(
        LIBRARY.format("lib:Test:Ungated") + "containers/", data={"container_type": "unit", "display_name": "Basics"}
    )
    assert response.status_code == 200
    created = response.json()
    assert created["id"].startswith("lct:Test:Ungated:unit:basics-")
    assert created["container_type"] == "unit"
    address = CONTAINER.format(created["id"])
    assert post(address, "patch", data={"display_name": "The basics"}).json()["display_name"] == "The basics"
    assert post(address, "get").json()["display_name"] == "The basics"
    assert post(address + "children/", "get").json() == []


# What is in a container


def test_children_are_added_at_the_end_reordered_and_taken_out(library: Library, post: Post, author: User) -> None:
    keys = [f"lb:Test:Ungated:html:{library.component(code).component_code}" for code in ("a", "b", "c")]
    address = CHILDREN.format(unit_key(library))

    def shown() -> list[str]:
        return [child["id"] for child in post(address, "get").json()]

    assert post(address, data={"usage_keys": keys[:2]}).status_code == 200
    assert post(address, data={"usage_keys": keys[2:]}).json()["last_draft_created_by"] == "author"
    assert shown() == keys
    post(address, "patch", data={"usage_keys": keys[::-1]})
    assert shown() == keys[::-1]
    post(address, "delete", data={"usage_keys": [keys[1]]})
    assert shown() == [keys[2], keys[0]]


def test_what_cannot_be_in_a_container_is_refused(library: Library, ungated_library: Library, post: Post) -> None:
    salt(library)
    other = Library.create("lib:Test:Other", library.author_id)
    other.component("pepper")
    unit = unit_key(library)
    address = CHILDREN.format(unit)
    for keys, status in [
        ([], 400),
        (["salt"], 400),
        (["lb:Test:Ungated:html:sugar"], 404),
        (["lb:Test:Other:html:pepper"], 400),
        ([unit], 400),
    ]:
        assert post(address, data={"usage_keys": keys}).status_code == status, keys
    library.delete(content_api.get_component_by_code(library.package.id, "xblock.v1", "html", "salt"))
    assert post(address, data={"usage_keys": [SALT]}).status_code == 404
    assert post(address, "get").json() == []


# Copy and paste


def test_what_is_copied_is_the_draft_and_not_what_is_published(library: Library, post: Post) -> None:
    salt(library)
    post(COMMIT.format("lib:Test:Ungated"))
    olx = OLX.replace("Two", "Ten")
    post(BLOCK.format(SALT) + "olx/", data={"olx": olx})
    copied = post(CLIPBOARD, data={"usage_key": SALT}).json()
    assert (copied["content"]["block_type"], copied["source_usage_key"]) == ("html", SALT)
    assert post(CLIPBOARD, "get").json() == copied
    pasted = post(PASTE.format("lib:Test:Ungated")).json()
    assert pasted["id"] != SALT
    assert pasted["display_name"] == "Salt"
    assert post(BLOCK.format(pasted["id"]) + "olx/", "get").json() == {"olx": olx}
    assert live_versions().keys().isdisjoint({PublishableEntity.objects.latest("pk").pk})


def test_a_pasted_unit_has_the_same_components_in_its_library_and_copies_of_them_in_another(
    library: Library, post: Post, author: User
) -> None:
    key = unit_key(library, salt(library), title="Basics")
    other = Library.create("lib:Test:Other", author.pk)
    assign(author, "library_author", "lib:Test:Other")
    post(CONTAINER.format(key) + "copy/")

    def children(pasted: Any) -> list[str]:
        return [child["id"] for child in post(CHILDREN.format(pasted["id"]), "get").json()]

    assert children(post(PASTE.format("lib:Test:Ungated")).json()) == [SALT]
    [child] = children(post(PASTE.format("lib:Test:Other")).json())
    assert child.startswith("lb:Test:Other:html:salt-")
    component = content_api.get_components(other.package.id).get()
    assert component.versioning.draft.publishable_entity_version.created_by is None
    assert component.publishable_entity.created_by == author


@needs_authz
def test_who_may_see_a_library_may_copy_from_it(library: Library, reviewer: User, post: Post) -> None:
    salt(library)
    unit = unit_key(library)
    assert post(CLIPBOARD, data={"usage_key": SALT}, user="reviewer").status_code == 403
    assert post(CONTAINER.format(unit) + "copy/", user="reviewer").status_code == 403
    assign(reviewer, "library_user", "lib:Test:Ungated")
    assert post(CLIPBOARD, data={"usage_key": SALT}, user="reviewer").status_code == 200
    assert post(CONTAINER.format(unit) + "copy/", user="reviewer").status_code == 200
    assert post(PASTE.format("lib:Test:Ungated"), user="reviewer").status_code == 403


def test_who_has_copied_nothing_has_nothing_to_paste(library: Library, post: Post) -> None:
    assert post(CLIPBOARD, "get").json()["content"] is None
    response = post(PASTE.format("lib:Test:Ungated"))
    assert (response.status_code, response.json()) == (400, ["The user's clipboard is empty"])


# Fields


@pytest.mark.parametrize(
    ("olx", "data", "changed"),
    [
        pytest.param(OLX, "<p>Two grams</p>", '<html display_name="Salt"><![CDATA[<b>]]></html>', id="a text"),
        pytest.param("<html />", "", "<html><![CDATA[<b>]]></html>", id="an empty text"),
        pytest.param(
            '<problem display_name="Salt"><p>How &amp; much?</p></problem>',
            "<p>How &amp; much?</p>",
            '<problem display_name="Salt"><b/></problem>',
            id="a problem",
        ),
    ],
)
def test_an_editor_loads_and_saves_the_text_of_a_component(
    library: Library, post: Post, olx: str, data: str, changed: str
) -> None:
    block_type = "html" if olx.startswith("<html") else "problem"
    key = f"lb:Test:Ungated:{block_type}:new"
    post(LIBRARY.format("lib:Test:Ungated") + "blocks/", data={"block_type": block_type, "definition_id": "new"})
    post(BLOCK.format(key) + "olx/", data={"olx": olx})
    assert post(FIELDS.format(key), "get").json()["data"] == data
    assert post(FIELDS.format(key), data={"data": "<b>" if block_type == "html" else "<b/>"}).status_code == 200
    assert post(BLOCK.format(key) + "olx/", "get").json() == {"olx": changed}


def test_a_new_title_leaves_the_text_as_it_is(library: Library, post: Post) -> None:
    salt(library)
    assert post(FIELDS.format(SALT), data={"metadata": {"display_name": 'Salt & "pepper"'}}).status_code == 200
    shown = post(FIELDS.format(SALT), "get").json()
    assert (shown["display_name"], shown["data"]) == ('Salt & "pepper"', "<p>Two grams</p>")
    assert post(BLOCK.format(SALT), "get").json()["display_name"] == 'Salt & "pepper"'


# Transactions


def test_most_endpoints_opt_out_of_the_transaction_around_a_request_and_some_do_not() -> None:
    views = {
        pattern.name: pattern.callback
        for resolver in studio_urls
        for pattern in getattr(resolver, "url_patterns", [resolver])
    }
    atomic = {name for name, view in views.items() if not getattr(view, "_non_atomic_requests", None)}
    previews = {"block-preview", "block-resource", "component-file"}  # which only read
    assert atomic - previews == {"block-restore", "block-fields", "container-copy", "sync"}
    assert get_resolver().resolve(BLOCK.format(SALT) + "restore/").func == views["block-restore"]
