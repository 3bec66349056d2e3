"""Who made a version of which a bulk edit keeps no record: core keeps one for each item, however often it changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from openedx_content import api as content_api

from sample_plugin.reviews import api

from .content import Library, now

pytestmark = pytest.mark.django_db


def contributors(item: Any) -> frozenset[int]:
    """Return who changed this item since it was published."""
    return api.get_contributors([item.id])[item.id]


@pytest.fixture(name="overwritten")
def _overwritten(library: Library, reviewer: User, other_reviewer: User) -> tuple[Any, int]:
    """
    A live item and the id of a version that was never live.

    ``author`` wrote v1, and a bulk edit of ``reviewer`` made v2, in the name of ``other_reviewer``, and v3, which is
    live. The record says "from v1 to v3".
    """
    component = library.component()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=reviewer.pk):
        version_id = library.edit(component, by=other_reviewer.pk)
        library.edit(component, by=other_reviewer.pk)
    with api.bypass_review(reason="Test"):
        library.publish(component)
    return component, version_id


def test_a_version_that_comes_back_is_by_everyone_behind_it(
    library: Library, author: User, reviewer: User, other_reviewer: User, overwritten: tuple[Any, int]
) -> None:
    """By whom the bulk edit and the version name, and by those who wrote what it was made of."""
    component, version_id = overwritten
    content_api.set_draft_version(component.id, version_id)
    assert contributors(component) == {author.pk, reviewer.pk, other_reviewer.pk}


def test_what_was_discarded_before_a_bulk_edit_is_not_behind_it(
    library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    component = library.component()
    first = content_api.get_draft_version(component.id)
    assert first is not None
    with api.bypass_review(reason="Test"):
        library.publish(component)
    library.edit(component, by=other_reviewer.pk)
    library.set_draft(component, first.pk)
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=reviewer.pk):
        library.edit(component, by=reviewer.pk)
        library.edit(component, by=reviewer.pk)
    assert contributors(component) == {reviewer.pk}


def test_who_made_the_item_counts_only_where_nobody_else_is_known(
    library: Library, author: User, reviewer: User
) -> None:
    def pasted(changed_by: int | None) -> Any:
        component = content_api.create_component(
            library.package.id,
            component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
            component_code=f"pasted-by-{changed_by}",
            created=now(),
            created_by=author.pk,
        )
        with content_api.bulk_draft_changes_for(library.package.id, changed_by=changed_by):
            content_api.create_component_version(component.id, version_num=1, title="", created=now(), created_by=None)
        return component

    assert contributors(pasted(None)) == {author.pk}
    assert contributors(pasted(reviewer.pk)) == {reviewer.pk}


def test_an_unknown_author_stays_unknown_when_somebody_saves_without_a_change(
    library: Library, reviewer: User, author: User
) -> None:
    component = library.component(title="Salt", created_by=None)
    with content_api.bulk_draft_changes_for(library.package.id):
        content_api.create_next_component_version(component.id, {}, title="Pepper", created=now(), created_by=None)
    library.edit(component, "Pepper", by=reviewer.pk)
    assert not api.find_changes(library.package.id, changed_by=reviewer.pk)
