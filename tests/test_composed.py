"""A query that is composed once gives what it would give if it were composed each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext
from openedx_content.models_api import Draft, PublishableEntity, PublishableEntityVersion

from sample_plugin.conversations import publishes as conversations_publishes
from sample_plugin.reviews.composed import composed_once, composed_once_within
from sample_plugin.reviews.conf import REQUIRED_REVIEWERS
from sample_plugin.reviews.gate import coverage
from sample_plugin.reviews.publishing import plan, publish_reviewed

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


def test_a_query_inside_another_is_composed_once_and_finds_what_it_finds_by_itself(library: Library) -> None:
    composed = []

    @composed_once_within
    def of_package(package_id: int, created_by: int | None) -> QuerySet[PublishableEntity, Any]:
        composed.append(created_by)
        where = {"learning_package_id": package_id, "created_by": created_by}
        given: dict[str, Any] = {field: value for field, value in where.items() if value is not None}
        return PublishableEntity.objects.filter(**given).values_list("pk")

    item, other = library.component(), Library.create("lib:Test:Other", library.author_id).component()
    assert library.author_id is not None
    for created_by in (None, library.author_id):
        for one in (item, other, item):
            found = Draft.objects.filter(pk__in=of_package(package_id=one.learning_package_id, created_by=created_by))
            assert [draft.pk for draft in found] == [one.id]
            # As core asks on: for what the drafts list, for the others, and for none of them.
            assert PublishableEntityVersion.objects.get(pk__in=found.values_list("version_id")).entity_id == one.id
            assert not found.exclude(pk=one.id).exists()
            others = of_package(package_id=one.learning_package_id, created_by=library.author_id + 1)
            assert not found.filter(pk__in=others).exists()
    assert len(composed) == 2


def test_what_decides_on_a_publish_is_the_same_sql_as_if_it_were_composed_each_time(library: Library) -> None:
    """With the numbers of the second call, although it was composed for the first one's."""
    of_log, of_library = [{"log": 1}, {"log": 2}], [{"package_id": 1}, {"package_id": 2}]
    of_drafts = [{"package_id": number, "change_log_id": number + 2} for number in (1, 2)]
    of_any_log: list[dict[str, Any]] = [{**values, "change_log_id": None} for values in of_drafts]
    questions: list[tuple[Any, Sequence[dict[str, Any]]]] = [
        (coverage._first_unready_entities, of_library),
        (coverage._first_unreviewed, of_log),
        (coverage._count_records, of_log),
        (conversations_publishes._load_unresolved, of_log),
        (plan._load_reviewed, of_drafts),
        (plan._load_reviewed, of_any_log),
        (plan._find_pinning, of_library),
    ]
    for ask, values in questions:
        with CaptureQueriesContext(connection) as queries:
            ask(**values[0])
            ask(**values[1])
            list(ask.__wrapped__(**values[1]))
        # Django puts an expression in parentheses, and no number.
        first, second, expected = (re.sub(r"\((\d+)\)", r"\1", query["sql"]) for query in queries)
        assert first != second == expected
    publishable: Any = publish_reviewed._publishable
    for one in (*of_drafts, *of_any_log):
        sql, parameters = publishable(**one).as_sql(None, connection)
        expected, expected_parameters = publishable.__wrapped__(**one).distinct().query.sql_with_params()
        expected = f"(SELECT * FROM ({expected}) AS composed)"  # noqa: S608, composed by Django
        assert (sql.replace("(%s)", "%s"), tuple(parameters)) == (expected, expected_parameters)


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
