"""Imports land as drafts, are shown as one thing, and are reviewed and published with one action each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from celery import shared_task
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.models_api import PublishLog
from user_tasks.models import UserTaskStatus
from user_tasks.tasks import UserTask

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ImportedChangeLog
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, draft_record, live_versions, publish_state
from .rest import LIBRARY, PUBLISH, Api

log = logging.getLogger(__name__)


def _as_the_migrator_does(package_id: Any, user_id: int, count: int, outcome: list[Any]) -> None:
    """Import in a bulk edit, then publish; an exception is swallowed, and takes back all that was made."""
    library = Library(content_api.get_learning_package(package_id), user_id)
    try:
        with atomic():
            with content_api.bulk_draft_changes_for(package_id) as change_log:
                # Who made the versions core is not told.
                items = [
                    library.component(f"imported-{uuid4().hex[:8]}-{number}", created_by=None)
                    for number in range(count)
                ]
            publish_log = content_api.publish_from_drafts(
                package_id, draft_qset=library.drafts(*items), published_by=user_id
            )
            # An older migrator walks through what it has published.
            list(PublishLog.objects.get(pk=publish_log.pk).records.all())
            outcome.append((items, change_log.pk))
    except Exception:
        log.exception("Failed")


@shared_task(base=UserTask, bind=True, name="tests.imports.migrate")  # type: ignore[untyped-decorator]
def _migrate(self: Any, user_id: int, package_id: Any, count: int, outcome: list[Any]) -> None:
    _as_the_migrator_does(package_id, user_id, count, outcome)


@shared_task(base=UserTask, bind=True, name="tests.imports.not_an_import")  # type: ignore[untyped-decorator]
def _not_an_import(self: Any, user_id: int, package_id: Any, count: int, outcome: list[Any]) -> None:
    _as_the_migrator_does(package_id, user_id, count, outcome)


type Import = Callable[..., tuple[list[Any], int]]


@pytest.fixture(name="run_import")
def _run_import(library: Library, author: User, settings: Any) -> Import:
    """A function that has a task import so many components in the name of the author: what it made, and its log."""
    # (The workbench has tasks under the platform's names: see tests/test_workbench_import.py.)
    settings.SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS = ["tests.imports.migrate"]

    def run(count: int = 3, task: Any = _migrate) -> tuple[list[Any], int]:
        outcome: list[Any] = []
        arguments = {"user_id": author.pk, "package_id": library.package.id, "count": count, "outcome": outcome}
        assert task.apply(kwargs=arguments).successful()
        assert UserTaskStatus.objects.latest("pk").state == UserTaskStatus.SUCCEEDED
        made: list[tuple[list[Any], int]] = outcome or [([], 0)]
        return made[0]

    return run


def test_what_an_import_publishes_into_a_gated_library_stays_as_drafts(library: Library, run_import: Import) -> None:
    items, _change_log = run_import()
    assert live_versions() == {}
    assert {entity.id for entity in api.get_unreviewed_entities(library.package.id)} == {item.id for item in items}
    # The empty publish that the importer gets is no hole in the records.
    judgement = PublishLog.objects.get().review_judgement
    assert (judgement.basis, judgement.change_count, judgement.unreviewed) == ("reviewed", 0, [])


@pytest.mark.parametrize("mode", ["off", "advisory"])
def test_an_import_into_a_library_that_requires_no_review_goes_live(
    library: Library, run_import: Import, mode: str
) -> None:
    api.set_review_mode(library.package.id, mode, changed_by=None, reason="The first weeks")
    items, _change_log = run_import()
    assert set(live_versions()) == {item.id for item in items}
    assert PublishLog.objects.get().review_judgement.unreviewed == [item.id for item in items]


def test_a_task_that_is_not_named_is_refused_like_anyone(library: Library, run_import: Import) -> None:
    before = publish_state()
    assert run_import(task=_not_an_import) == ([], 0)
    assert publish_state() == before


def test_tasks_of_ones_own_can_be_named(library: Library, run_import: Import, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS = ["tests.imports.not_an_import"]
    items, _change_log = run_import(task=_not_an_import)
    assert len(items) == 3
    assert live_versions() == {}


def test_outside_of_the_task_the_same_publish_is_refused(library: Library, run_import: Import) -> None:
    items, _change_log = run_import()
    with pytest.raises(UnreviewedChanges):
        library.publish(*items)


def test_the_person_who_imports_is_a_contributor(library: Library, run_import: Import, author: User) -> None:
    items, change_log = run_import(2)
    assert api.get_contributors([item.id for item in items]) == {item.id: {author.pk} for item in items}
    with pytest.raises(api.SelfReviewError):
        api.mark_change_log_reviewed(change_log, reviewer_id=author.pk)


def test_an_import_is_one_thing_that_is_reviewed_and_published(
    library: Library, run_import: Import, author: User, rest: Api
) -> None:
    other = library.component("other")
    items, change_log = run_import(3)
    [shown] = rest("get", f"{LIBRARY}imports/")["results"]
    assert shown["imported_by"]["username"] == "author"
    assert [shown[name] for name in ("change_count", "unpublished", "reviewed", "unreviewed")] == [3, 3, 0, 3]
    assert shown["may_review"] == {"allowed": True, "reason": None, "changed_at": None}
    assert rest("get", f"{LIBRARY}entities/?change_log={change_log}")["count"] == 3

    assert rest("post", f"{LIBRARY}change-logs/{change_log}/reviews/", {"note": "Read"}) == {"reviewed": 3}
    api.mark_reviewed(other.id, reviewer_id=User.objects.create_user("third").pk)
    published = rest("post", PUBLISH, {"draft_change_log_id": change_log})
    assert (published["published_count"], published["skipped_count"]) == (3, 0)
    assert set(live_versions()) == {item.id for item in items}
    assert rest("get", f"{LIBRARY}imports/")["results"] == []


def test_what_was_edited_since_is_left_out_of_the_import(library: Library, run_import: Import, rest: Api) -> None:
    items, change_log = run_import(2)
    library.edit(items[0])
    [shown] = rest("get", f"{LIBRARY}imports/")["results"]
    assert (shown["change_count"], shown["unpublished"]) == (2, 1)
    assert rest("post", f"{LIBRARY}change-logs/{change_log}/reviews/", {}) == {"reviewed": 1}
    api.mark_reviewed(items[0].id, reviewer_id=User.objects.create_user("third").pk)
    assert rest("post", PUBLISH, {"draft_change_log_id": change_log, "dry_run": True})["published_count"] == 1


def test_three_imports_are_shown_with_as_many_queries_as_one(
    library: Library, run_import: Import, author: User
) -> None:
    """And the viewer's own changes count in each of them, latest first."""

    def shown() -> tuple[int, list[api.ImportOverview]]:
        with CaptureQueriesContext(connection) as captured:
            overviews = api.get_import_overviews(library.package.id, viewer_id=author.pk)
        return len(captured), overviews

    items, first = run_import(2)
    queries, _overviews = shown()
    (_items, second), (_items, third) = run_import(1), run_import(3)
    library.edit(items[0])
    queries_of_three, overviews = shown()
    assert queries_of_three == queries
    assert [(one.draft_change_log_id, one.change_count, one.unpublished, one.reviewed) for one in overviews] == [
        (third, 3, 3, 0),
        (second, 1, 1, 0),
        (first, 2, 1, 0),
    ]
    assert all(one.own_change_at == one.imported_at for one in overviews)


@pytest.mark.parametrize("change_log", ["0", "x", "99999999999999999999", "elsewhere"])
def test_a_change_log_that_is_not_of_this_library_is_not_found(change_log: str, library: Library, rest: Api) -> None:
    if change_log == "elsewhere":
        elsewhere = Library.create("lib:Test:Other").component()
        change_log = str(draft_record(elsewhere).draft_change_log_id)
    rest("post", f"{LIBRARY}change-logs/{change_log}/reviews/", {}, status=404)
    if change_log.isdecimal() and int(change_log) in range(1, 2**63):
        rest("post", PUBLISH, {"draft_change_log_id": int(change_log)}, status=404)


def test_the_commands_show_an_import_and_publish_it(library: Library, run_import: Import, reviewer: User) -> None:
    items, change_log = run_import(2)
    out = StringIO()
    call_command("reviews_status", "lib:Test:Gated", stdout=out)
    assert "Import: 2 changes imported by author on " in out.getvalue()
    assert f", 2 await review (--change-log {change_log})." in out.getvalue()
    api.mark_change_log_reviewed(change_log, reviewer_id=reviewer.pk)
    call_command("reviews_publish", "lib:Test:Gated", change_log=change_log, stdout=out)
    assert set(live_versions()) == {item.id for item in items}


def test_what_is_not_an_import_is_not_shown_as_one(library: Library, reviewer: User) -> None:
    library.component()
    assert not ImportedChangeLog.objects.exists()
    assert api.get_import_overviews(library.package.id) == []
