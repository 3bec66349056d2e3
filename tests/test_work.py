"""What publishing and reviewing take beside core's publish: statements, calls in Python, and what the database does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.transaction import atomic, set_rollback
from django.test.utils import CaptureQueriesContext

from sample_plugin.reviews import api
from sample_plugin.reviews.exceptions import UnreviewedChanges

from .content import Library, without_plugin
from .counting import count_calls, counting_work
from .history import write_components
from .rest import LIBRARY, Api, entity, seen

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

# How many more statements than core, listed in docs/scale.rst; at most how many times as many calls of functions, and
# as much work of the database (see counting_work).
KEPT = {
    "an item": (7, 1.20, 1.9),
    "an item, refused": (8, 1.25, 1.95),
    "everything": (8, 1.20, 2.1),
    "everything, what is reviewed": (17, 1.25, 3.3),
}

OF_TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")

# Of these, :func:`undone` takes as many itself: SAVEPOINT, and ROLLBACK with RELEASE.
OF_UNDONE = 3


def test_a_publish_of_one_item_is_little_more_than_cores(
    library: Library, review: Callable[..., None], subtests: pytest.Subtests
) -> None:
    item, unreviewed = library.component(), Library.create("lib:Test:Unreviewed", library.author_id)
    review(item)
    refused = unreviewed.component()

    def is_refused() -> None:
        with pytest.raises(UnreviewedChanges):
            unreviewed.publish(refused)

    publishes: dict[str, Callable[[], Any]] = {
        "an item": lambda: library.publish(item),
        "an item, refused": is_refused,
        "everything": library.publish,
        "everything, what is reviewed": lambda: api.publish_reviewed_items(library.package.id),
    }
    with without_plugin():
        cores = {"an item": cost(publishes["an item"]), "everything": cost(publishes["everything"])}
    for name, publish in publishes.items():
        with subtests.test(name):
            statements, calls, work = cost(publish)
            cores_statements, cores_calls, cores_work = cores[name.partition(",")[0]]
            more_statements, most_calls, most_work = KEPT[name]
            # Other databases count rows, which is another ratio.
            assert connection.vendor != "sqlite" or work / cores_work <= most_work
            # MySQL's driver calls a function for each parameter of a statement.
            assert connection.vendor == "mysql" or calls / cores_calls <= most_calls
            assert statements - cores_statements == more_statements


def test_a_review_takes_few_statements_and_many_take_little_of_cores_publish(library: Library, reviewer: User) -> None:
    change_log, item = write_components(library, 100), library.component()
    by: dict[str, Any] = {"reviewer_id": reviewer.pk}
    shown = dict(change_log.records.values_list("entity_id", "pk"))
    with without_plugin():
        _, cores_calls, _ = cost(library.publish)
    for mark, most_statements in (
        (lambda: api.mark_change_log_reviewed(change_log.pk, **by), 10),
        (lambda: api.mark_many_reviewed(shown, **by), 8),
    ):
        statements, calls, _ = cost(mark)
        assert statements - OF_UNDONE <= most_statements
        assert connection.vendor == "mysql" or calls / cores_calls <= 0.08

    looked_at: dict[str, Any] = {**seen(item), **by}
    for name, act, most_statements in (
        ("an item", lambda: api.mark_reviewed(item.id, **looked_at), 7),
        ("again", lambda: api.mark_reviewed(item.id, **looked_at), 6),
        ("a request for changes instead", lambda: api.request_changes(item.id, note="Add salt", **looked_at), 18),
        ("an approval instead", lambda: api.mark_reviewed(item.id, **looked_at), 17),
    ):
        with CaptureQueriesContext(connection) as captured:
            act()
        assert len(captured) <= most_statements, name


def test_a_review_and_a_change_of_the_policy_take_few_statements_over_rest(rest: Api, library: Library) -> None:
    item = library.component()
    other = library.component()
    library.unit(other)
    for name, send, most_statements in (
        ("a review", partial(rest, "put", entity(item, "review/"), seen(item)), 14),
        ("of an item in a unit", partial(rest, "put", entity(other, "review/"), seen(other)), 16),
        ("the policy", partial(rest, "patch", LIBRARY, {"mode": "required", "required_reviewers": 2}), 14),
    ):
        rest("get", LIBRARY)  # as every open page does, again and again
        with CaptureQueriesContext(connection) as captured:
            send()
        statements = [query["sql"] for query in captured if not query["sql"].startswith(OF_TRANSACTIONS)]
        assert len(statements) <= most_statements, name


def cost(publish: Callable[[], Any]) -> tuple[int, int, int]:
    """Return statements, calls, and work of the database, when what is done once in each process has been done."""
    undone(publish)
    with CaptureQueriesContext(connection) as captured:
        undone(publish)
    with counting_work() as work:
        undone(publish)
    return len(captured), count_calls(lambda: undone(publish)), work()


def undone(publish: Callable[[], Any]) -> None:
    """Publish, and roll that back."""
    with atomic():
        publish()
        set_rollback(True)
