"""The workbench imports a course as the platform's migrator does: its tasks, its transactions, its silence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from inspect import getsource
from typing import Any

import crum
import pytest
from celery import current_app, shared_task
from django.apps import apps
from django.contrib.auth.models import User
from django.test import RequestFactory
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity, PublishableEntityVersion, PublishLog
from user_tasks.models import UserTaskStatus

from workbench.demo.course import COURSE_KEY, get_source
from workbench.migrator.models import ModulestoreMigration, ModulestoreSource
from workbench.migrator.structure import Import

from .authz import assign
from .content import Library, core_publish_from_drafts, live_versions, now
from .studio import IMPORT, Post, _post  # noqa: F401, a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
NEWER = "cms.djangoapps.modulestore_migrator.tasks.bulk_migrate_from_modulestore"
OLDER = "cms.djangoapps.modulestore_migrator.tasks.migrate_from_modulestore"
TITLES = {
    "Before you bake",
    "A safe kitchen",
    "Hot and sharp",
    "A sharp knife is a safe knife",
    "Hot tins",
    "What tells others that a tin is hot?",
}
ALL = {"sources": [COURSE_KEY], "target": "lib:Test:Ungated", "composition_level": "section"}

# What older releases of the migrator do, and newer cores refuse.
CORE_PUBLISHES_WITHIN_BULK_EDITS = "while in bulk_draft_changes_for" not in getsource(core_publish_from_drafts)

type Run = Callable[..., ModulestoreMigration]


@pytest.fixture(name="library")
def _library(ungated_library: Library, author: User) -> Library:
    """The library in which no review is required, and ``author`` has the role of an author."""
    assign(author, "library_author", ungated_library.package.package_ref)
    return ungated_library


@pytest.fixture(name="run")
def _run(library: Library, author: User) -> Run:
    """A function that runs an import task, found by its name, and returns what it has made of its source."""

    def run(name: str, **kwargs: Any) -> ModulestoreMigration:
        source, _ = ModulestoreSource.objects.get_or_create(key=COURSE_KEY)
        current_app.tasks[name].delay(
            **{
                "user_id": author.pk,
                "sources_pks": [source.pk],
                "target_library_key": "lib:Test:Ungated",
                "repeat_handling_strategy": "skip",
                "preserve_url_slugs": False,
                "composition_level": "section",
                **kwargs,
            }
        )
        return ModulestoreMigration.objects.latest("pk")

    return run


def titles(library: Library) -> set[str]:
    """Return the titles of all drafts."""
    return {draft.version.title for draft in content_api.get_all_drafts(library.package.id) if draft.version}


def test_an_import_is_published_at_once_in_the_name_of_its_user(library: Library, post: Post, author: User) -> None:
    response = post(IMPORT, data=ALL)
    assert response.status_code == 201
    answer = response.json()
    assert (answer["state"], answer["parameters"][0]["is_failed"]) == ("Succeeded", False)
    assert titles(library) == TITLES
    [log] = PublishLog.objects.all()
    assert log.published_by == author
    assert len(live_versions()) == len(TITLES)


def test_one_change_log_has_all_that_a_newer_release_imports_and_names_its_user(run: Run, author: User) -> None:
    migration = run(NEWER)
    assert migration.change_log is not None
    assert migration.change_log.changed_by == author
    assert migration.change_log.records.count() == len(TITLES)
    assert set(PublishableEntityVersion.objects.values_list("created_by", flat=True)) == {author.pk}


@pytest.mark.skipif(not CORE_PUBLISHES_WITHIN_BULK_EDITS, reason="newer cores refuse it: see the next test")
def test_an_older_release_publishes_each_item_within_the_bulk_edit(run: Run, library: Library, author: User) -> None:
    migration = run(OLDER)
    assert not migration.is_failed
    assert titles(library) == TITLES
    assert len(live_versions()) == PublishLog.objects.count() == len(TITLES)


@pytest.mark.skipif(CORE_PUBLISHES_WITHIN_BULK_EDITS, reason="older cores allow it: see the test before")
def test_newer_cores_refuse_what_older_releases_do(run: Run, library: Library) -> None:
    assert run(OLDER).is_failed
    assert titles(library) == set()


def test_older_releases_say_who_made_a_component_and_not_who_wrote_it(library: Library, author: User) -> None:
    old = Import(library.package, author.pk, now(), "component", "skip", preserve_url_slugs=False, names_author=False)
    old.run(get_source(COURSE_KEY))
    assert set(PublishableEntityVersion.objects.values_list("created_by", flat=True)) == {None}
    assert set(PublishableEntity.objects.values_list("created_by", flat=True)) == {author.pk}


@pytest.mark.parametrize("error", ["a veto", "a crash"])
def test_what_fails_leaves_nothing_but_a_line_in_the_log_and_the_task_succeeds(
    library: Library, post: Post, settings: Any, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    step = {"a veto": "tests.steps.Vetoes", "a crash": "tests.steps.Crashes"}[error]
    settings.OPEN_EDX_FILTERS_CONFIG = {TYPE: {"pipeline": [step], "fail_silently": False}}
    with caplog.at_level(logging.ERROR):
        answer = post(IMPORT, data=ALL).json()
    assert (answer["state"], answer["artifacts"]) == ("Succeeded", [])
    assert answer["parameters"][0]["is_failed"] is True
    assert "Failed: " in caplog.text
    assert titles(library) == set()
    assert not PublishableEntity.objects.filter(learning_package=library.package).exists()
    assert ModulestoreMigration.objects.get().change_log is None


def test_what_was_imported_before_is_skipped_updated_or_copied_as_asked(run: Run, library: Library) -> None:
    run(NEWER)
    entities = content_api.get_publishable_entities(library.package.id)
    assert run(NEWER).change_log is None
    updated = run(NEWER, repeat_handling_strategy="update").change_log
    assert updated is not None
    assert entities.count() == updated.records.count() == len(TITLES)
    run(NEWER, repeat_handling_strategy="fork")
    assert entities.count() == 2 * len(TITLES)


def test_only_what_is_below_the_level_is_imported(run: Run, library: Library) -> None:
    run(NEWER, composition_level="unit")
    assert titles(library) == TITLES - {"Before you bake", "A safe kitchen"}


def test_what_was_deleted_is_brought_back(run: Run, library: Library) -> None:
    run(NEWER)
    for draft in content_api.get_all_drafts(library.package.id):
        content_api.soft_delete_draft(draft.entity_id)
    assert not run(NEWER).is_failed
    assert titles(library) == TITLES


@pytest.mark.parametrize("target", ["lib:Test:Nowhere", "salt"])
def test_an_import_into_nowhere_is_a_404_over_rest_and_a_failed_task(run: Run, post: Post, target: str) -> None:
    assert post(IMPORT, data={**ALL, "target": target}).status_code == 404
    source, _ = ModulestoreSource.objects.get_or_create(key=COURSE_KEY)
    current_app.tasks[NEWER].delay(
        user_id=User.objects.get().pk,
        sources_pks=[source.pk],
        target_library_key=target,
        repeat_handling_strategy="skip",
        preserve_url_slugs=False,
        composition_level="section",
    )
    assert UserTaskStatus.objects.get().state == "Failed"
    assert not ModulestoreMigration.objects.exists()


def test_only_who_may_edit_the_library_imports(library: Library, post: Post, reviewer: User) -> None:
    assign(reviewer, "library_user", "lib:Test:Ungated")
    if apps.is_installed("openedx_authz"):
        assert post(IMPORT, data=ALL, user="reviewer").status_code == 403
    assert post(IMPORT, data={**ALL, "sources": ["course-v1:A+B+C"]}).status_code == 400


@shared_task  # type: ignore[untyped-decorator]
def who_is_here() -> str:
    return str(crum.get_current_user())


def test_a_task_knows_of_no_request_as_in_a_worker(author: User, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = author
    crum.set_current_request(request)
    try:
        assert who_is_here.delay().get() == "None"
        assert crum.get_current_user() == author
    finally:
        crum.set_current_request(None)
