"""A query that is composed once gives what it would give if it were composed each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext
from openedx_content.models_api import PublishableEntity

from sample_plugin.reviews.composed import composed_once
from sample_plugin.reviews.conf import REQUIRED_REVIEWERS

from .content import Library

pytestmark = pytest.mark.django_db


def test_it_is_composed_once_for_each_length_of_a_list_and_once_without_a_value(library: Library) -> None:
    composed = []

    @composed_once(PublishableEntity)
    def find(package_id: int | None, among: Any, created_by: int | None) -> QuerySet[PublishableEntity, Any]:
        composed.append(among)
        where = {"learning_package_id": package_id, "created_by": created_by}
        given: dict[str, Any] = {field: value for field, value in where.items() if value is not None}
        return PublishableEntity.objects.filter(id__in=among, **given).order_by("pk").values_list("pk")

    items = [library.component() for _ in range(7)]
    package_id, author_id = library.package.id, library.author_id
    with CaptureQueriesContext(connection) as queries:
        for number in range(1, 8):
            expected = [(item.id,) for item in items[:number]]
            among = [item.id for item in items[:number]]
            for created_by in (None, author_id):
                assert find(package_id=package_id, among=among, created_by=created_by) == expected
                assert find(package_id=package_id + 1, among=among, created_by=created_by) == []
    assert len(queries) == 4 * 7
    # 1, 2, 4 and 8 places, with an author and without.
    assert len(composed) == 4 * 2
    # Whatever the order of the arguments.
    first = [items[0].id]
    assert find(package_id=None, among=first, created_by=author_id) == [(items[0].id,)]
    assert find(created_by=None, among=first, package_id=package_id + 1) == []
    # These are composed each time.
    assert find(package_id=package_id, among=[], created_by=None) == []
    everything = PublishableEntity.objects.filter(learning_package_id=package_id).values("pk")
    assert len(find(package_id=package_id, among=everything, created_by=None)) == 7
    assert len(find(package_id=package_id, among=[item.id for item in items] * 100, created_by=None)) == 7


def test_it_is_composed_again_when_a_setting_changes(library: Library, settings: Any) -> None:
    @composed_once(PublishableEntity)
    def find(entity_id: int) -> QuerySet[PublishableEntity, Any]:
        required = Value(REQUIRED_REVIEWERS.read())
        return PublishableEntity.objects.filter(id=entity_id).annotate(required=required).values_list("required")

    item = library.component()
    assert find(entity_id=item.id) == [(1,)]
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 2
    assert find(entity_id=item.id) == [(2,)]
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 0
    with pytest.raises(ImproperlyConfigured):
        find(entity_id=item.id)
