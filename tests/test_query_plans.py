"""
What is asked about one library, or about a page of it, costs the same however many other libraries there are.

Each question is asked through the API, and the database itself says what it does for it: beforehand, in its plan of
each query, and afterwards, in what it has counted. No clock is involved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import atomic, set_rollback
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocatorV2, LibraryUsageLocatorV2
from openedx_content import api as content_api
from openedx_content.models_api import Component, Draft, DraftChangeLog

from sample_plugin.reviews import api
from sample_plugin.reviews.drafts.pins import find_pins_to_review
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.gate.judgement import require_review
from sample_plugin.reviews.models import ImportedChangeLog
from sample_plugin.reviews.verdicts.carry_over import carry_over_reviews
from workbench.models import ComponentLink

from .content import Library, draft_record, now
from .counting import counting_work
from .history import LIVE, write_components, write_past

pytestmark = [pytest.mark.any_core, pytest.mark.essential]

type Question = Callable[[], object]

# A table with fewer rows than this is none that grows with the site, and may be read as a whole.
SMALL = 150


@pytest.fixture(name="reviewer_ids")
def _reviewer_ids(transactional_db: None) -> list[int]:
    """Three people who review everything, in a database that commits: only then MySQL counts its rows."""
    return [get_user_model().objects.create_user(f"reviewer-{n}").pk for n in range(3)]


def test_what_is_asked_about_one_library_reads_nothing_of_others(
    reviewer_ids: list[int], subtests: pytest.Subtests
) -> None:
    # The author of everything there is.
    author_id = get_user_model().objects.create_user("author").pk
    library = Library.create("lib:Test:Small", author_id)
    change_log = write_library(library, 20, reviewer_ids)
    questions = dict(questions_about(library, change_log, *reviewer_ids))
    alone = {name: work(question) for name, question in questions.items()}

    others = [Library.create(f"lib:Test:{slug}", author_id) for slug in ("Large", "AsLarge")]
    for other in others:
        write_library(other, 600, reviewer_ids)
    gather_statistics()
    large = large_tables()

    for name, question in questions.items():
        with subtests.test(name):
            found = whole_tables_read(question, large)
            assert not found, "\n".join(found)
        with subtests.test(f"{name}, counted"):
            assert work(question) < 2 * alone[name] + 500
    # For a library that is much of the site MariaDB weighs up whether to begin with all reviews that there are.
    for state in api.ReviewState:
        with subtests.test(f"count: {state}, in a large library"):
            found = whole_tables_read(api.find_changes(others[0].package.id, state=state).count, large)
            assert not found, "\n".join(found)


def test_publishing_reviewed_items_takes_as_much_for_each_of_many(reviewer_ids: list[int]) -> None:
    """With the tables of core 1.0.3 and these statistics, MariaDB joined the items of the larger with themselves."""
    reviewer_id = get_user_model().objects.create_user("reviewer").pk
    of_one = []
    for number in (20, 200):
        library = Library.create(f"lib:Test:Of{number}", reviewer_ids[0])
        change_log = write_components(library, number)
        write_past(library, reviewer_ids)
        gather_statistics()
        api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer_id)
        of_one.append(work(partial(api.publish_reviewed_items, library.package.id)) / number)
    assert of_one[1] < 1.3 * of_one[0]


def ask_again(entity_id: Any, author_id: int, reviewer_id: int) -> None:
    """Request changes, say that the author is done, and withdraw that."""
    api.request_changes(entity_id, reviewer_id=reviewer_id, note="Less")
    api.request_review_again(entity_id, requested_by_id=author_id)
    api.withdraw_review_request(entity_id, withdrawn_by_id=author_id)


def write_library(library: Library, size: int, reviewer_ids: Sequence[int]) -> DraftChangeLog:
    """
    Fill a library: components, each fifth of them in a unit, every other time pinned, and all with a past.

    Return the log of the newest, which is one of an import.
    """
    change_log = write_components(library, size)
    components = list(content_api.get_components(library.package.id).order_by("pk"))
    with content_api.bulk_draft_changes_for(library.package.id):
        for number, component in enumerate(components[::5]):
            library.unit(component.publishable_entity.draft.version if number % 2 else component)
    ImportedChangeLog.objects.create(draft_change_log=change_log, source="course-v1:Test+1+1")
    write_links(library, components)
    write_past(library, reviewer_ids)
    # In progress is what nobody has asked about.
    api.change_policy(library.package.id, changed_by=None, reason="", review_starts="when_asked")
    api.request_many_reviews([one.id for one in components[::3]], requested_by_id=reviewer_ids[0])
    return change_log


def course_of(library: Library) -> CourseKey:
    """Return the key of the course that uses all of the library."""
    return CourseKey.from_string(f"course-v1:Test+{library.package.package_ref.rpartition(':')[2]}+1")


def write_links(library: Library, components: Sequence[Component]) -> None:
    """Put an old version of each component into the library's course."""
    course_key, library_key = course_of(library), LibraryLocatorV2.from_string(library.package.package_ref)
    ComponentLink.objects.bulk_create(
        ComponentLink(
            upstream_block=component,
            upstream_usage_key=LibraryUsageLocatorV2(library_key, "html", component.component_code),  # type: ignore[abstract]
            upstream_context_key=str(library_key),
            downstream_usage_key=course_key.make_usage_key("html", component.component_code),
            downstream_context_key=course_key,
            version_synced=1,
        )
        for component in components
    )


def questions_about(
    library: Library, change_log: DraftChangeLog, reviewer_id: int, other_reviewer_id: int, third_reviewer_id: int
) -> Iterator[tuple[str, Question]]:
    """Yield all that can be asked or done: a part is reviewed, more than that is not, and something is deleted."""
    package_id, author_id = library.package.id, library.author_id
    assert author_id is not None
    components = list(content_api.get_components(package_id).order_by("pk"))
    unit = content_api.get_containers(package_id).order_by("pk")[0]
    library.delete(components[0])  # which is live
    for component in components[:6]:
        api.mark_reviewed(component.id, reviewer_id=reviewer_id)
    units = list(content_api.get_containers(package_id).order_by("pk")[:10])
    api.mark_reviewed(units[1].id, reviewer_id=reviewer_id)
    # Which the second unit pins, and which is not what the draft shows.
    pinned = draft_record(components[5])
    library.edit(components[5])
    everything = Draft.objects.filter(entity__learning_package=package_id)
    shown = dict(Draft.objects.filter(entity__learning_package=package_id).values_list("pk", "draft_log_record_id"))
    page = sorted(shown)[:10]

    yield "publish that is refused", partial(refused, library)
    yield "judging a publish", partial(judge, library)
    yield "publish reviewed items", partial(api.publish_reviewed_items, package_id)
    yield "what would be published", partial(api.publish_reviewed_items, package_id, dry_run=True)
    of_log: dict[str, Any] = {"draft_change_log_id": change_log.pk}
    yield "what would be published of a log", partial(api.publish_reviewed_items, package_id, dry_run=True, **of_log)
    yield "publish reviewed items of a log", partial(api.publish_reviewed_items, package_id, **of_log)
    yield "list: of a log", partial(first, api.find_changes(package_id, **of_log))
    yield "imports", partial(api.get_import_overviews, package_id, viewer_id=reviewer_id)
    yield "contributors of a page", partial(api.get_contributors, page)
    yield "contributors of a library", partial(api.get_contributors, everything.values("entity"))
    yield "pins", partial(find_pins_to_review, [unit.id for unit in units])
    yield (
        "mark what is pinned",
        partial(
            api.mark_reviewed, components[5].id, reviewer_id=other_reviewer_id, draft_change_log_record_id=pinned.pk
        ),
    )
    yield "counts", partial(api.get_package_overview, package_id)
    yield "counts for a reviewer", partial(api.get_package_overview, package_id, viewer_id=reviewer_id)
    yield "ask for a review", partial(api.request_review, components[0].id, requested_by_id=author_id, message="Please")
    yield "ask for many", partial(api.request_many_reviews, page, requested_by_id=author_id, message="Please")
    yield "ask again", partial(ask_again, components[0].id, author_id, reviewer_id)
    yield "reviewers", partial(api.find_reviewers, package_id)
    for state in api.ReviewState:
        found = api.find_changes(package_id, state=state)
        yield f"list: {state}", partial(first, found)
        yield f"count: {state}", found.count
    for order in api.ChangeOrder:
        yield f"list: by {order}", partial(first, api.find_changes(package_id, order=order))
        yield f"list: by {order}, down", partial(first, api.find_changes(package_id, order=order, descending=True))
    yield "list: kinds", partial(first, api.find_changes(package_id, kinds=["component", "unit"]))
    yield "list: text", partial(first, api.find_changes(package_id, text="text"))
    yield "reviewed entities", partial(first, api.get_reviewed_entities(package_id))
    yield "unreviewed entities", partial(first, api.get_unreviewed_entities(package_id))
    yield "queue", partial(api.get_queue, package_id, page, viewer_id=reviewer_id, may_review=True)
    yield "queue of an author", partial(api.get_queue, package_id, page, viewer_id=author_id, may_review=True)
    yield "fingerprint", partial(api.get_fingerprint, package_id)
    mine = [api.MyLibrary(learning_package=library.package, may_review=True, may_manage_policy=True)]
    yield "my reviews", partial(api.get_my_reviews, reviewer_id, mine)
    yield "my reviews of an author", partial(api.get_my_reviews, author_id, mine)
    yield "figures", partial(api.get_queue_figures, [package_id])
    yield "page", partial(api.get_entity_overviews, page, viewer_id=reviewer_id)
    yield "versions", partial(api.get_version_overviews, [(pk, LIVE) for pk in page])
    yield "blocks of a course", lambda: api.get_course_blocks(course_of(library))[:10]
    yield "evidence", partial(list, api.get_live_evidence(package_id))
    yield "evidence since", api.get_live_evidence(package_id, since=now()).count
    yield "reviews of an entity", partial(first, api.get_reviews(page[1]))
    # A deletion, an edit, and a container.
    for item, what in ((components[0], "deletion"), (components[6], "component"), (unit, "container")):
        yield f"difference: {what}", partial(api.get_difference, item.id)
    yield "difference: since a review", partial(api.get_difference, components[1].id, since_review_by=reviewer_id)
    yield "mark", partial(api.mark_reviewed, page[1], reviewer_id=other_reviewer_id)
    yield "mark a deletion", partial(api.mark_reviewed, page[0], reviewer_id=other_reviewer_id)
    yield "request changes", partial(api.request_changes, page[2], reviewer_id=other_reviewer_id, note="More salt")
    yield "mark what one has requested changes of", partial(api.mark_reviewed, page[2], reviewer_id=other_reviewer_id)
    yield "request changes again", partial(dismissed, page[2], other_reviewer_id, reviewer_id)
    yield "my changes", partial(first, api.find_changes(package_id, changed_by=reviewer_id))
    yield "counts, with mine", partial(api.get_package_overview, package_id, viewer_id=reviewer_id)
    yield "counts of an author", partial(api.get_package_overview, package_id, viewer_id=author_id)
    unit = content_api.get_containers(package_id).order_by("pk")[0]
    yield "inside", lambda: first(api.find_changes(package_id, inside=unit.id))
    yield "mark many", partial(api.mark_many_reviewed, {pk: shown[pk] for pk in page}, reviewer_id=other_reviewer_id)
    yield "mark a log", partial(api.mark_change_log_reviewed, change_log.pk, reviewer_id=third_reviewer_id)
    yield "withdraw", partial(api.withdraw_review, page[1], reviewer_id=reviewer_id)
    yield "carry over", partial(carry_over_reviews, change_log.pk)


def first(found: QuerySet[Any]) -> list[Any]:
    """Return the first page."""
    return list(found[:10])


def dismissed(entity_id: Any, requester_id: int, manager_id: int) -> None:
    """Request changes, and dismiss that."""
    request = api.request_changes(entity_id, reviewer_id=requester_id, note="Less salt")
    api.dismiss_request(request.pk, dismissed_by_id=manager_id, reason="It is salt enough")


def refused(library: Library) -> None:
    """Publish everything, of which not all is reviewed."""
    with pytest.raises(EntityPrePublish.PreventPublish):
        library.publish()


def judge(library: Library) -> None:
    """Ask what the gate asks of a publish that core has written."""
    with api.bypass_review(reason="To have one"):
        publish_log = library.publish()
    with pytest.raises(EntityPrePublish.PreventPublish):
        require_review(publish_log)


def gather_statistics() -> None:
    """Have MySQL look at its tables now, rather than some seconds later. SQLite does without."""
    if connection.vendor == "mysql":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"ANALYZE TABLE {connection.ops.quote_name(table)}")
                cursor.fetchall()


def large_tables() -> set[str]:
    """Return the names of the tables that no question about one library should read as a whole."""
    large = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608, a table's name
            if cursor.fetchone()[0] >= SMALL:
                large.add(table)
    return large


def whole_tables_read(question: Question, large: set[str]) -> list[str]:
    """Return where the question reads a large table, or an index of one, as a whole: each with its query."""
    found: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            # A database calls a table by its alias. Django gives the same ones in several subqueries.
            named = re.findall(r'(?:FROM|JOIN|UPDATE) [`"](\w+)[`"](?: ([A-Z]+[0-9]+))?', sql)
            names = {alias or table for table, alias in named if table in large}
            found.extend(f"{step}\n{sql % tuple(params or ())}" for step in _whole_reads(sql, params, names))
        return execute(sql, params, many, context)

    with _undone(), connection.execute_wrapper(explain):
        question()
    return found


def _whole_reads(sql: str, params: Any, names: set[str]) -> Iterator[str]:
    """Yield the steps of the database's plan for this query in which one of these is read as a whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            for *_ids, step in cursor.fetchall():
                how, _space, rest = step.partition(" ")
                # An automatic index is made of the whole table, for this one query.
                if rest.split(" ")[0] in names and (how == "SCAN" or "AUTOMATIC" in rest):
                    yield step
        else:
            # MySQL would answer with a tree, in words.
            cursor.execute(f"EXPLAIN FORMAT=TRADITIONAL {sql}", params)
            columns = [column[0] for column in cursor.description]
            for values in cursor.fetchall():
                step = dict(zip(columns, values, strict=True))
                if step["table"] in names and step["type"] in ("ALL", "index"):
                    yield str(step)


def work(question: Question) -> int:
    """Return what a question costs, as the database counts it."""
    with _undone(), counting_work() as counted:
        question()
    return counted()


@contextmanager
def _undone() -> Iterator[None]:
    with atomic():
        yield
        set_rollback(True)
