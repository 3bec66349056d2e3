"""Restoring a backup works with the gate on, and is no way around it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from openedx_content import api as content_api

# Imported here, when the tests are collected, but also before the gate where a test says so.
from openedx_content.applets.backup_restore import api as backup_restore
from openedx_content.models_api import LearningPackage, PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.gate import exemptions
from sample_plugin.reviews.models import Basis, PublishJudgement
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, ids, live_versions

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

STUDIO_BACKUP = Path(__file__).parents[2] / "shared" / "data" / "studio_library_backup.zip"


@pytest.fixture(name="studio_backup")
def _studio_backup() -> Path:
    """A backup that Studio has made: ten entities, never published, modified and published ones."""
    if not STUDIO_BACKUP.exists():
        pytest.skip(f"there is no {STUDIO_BACKUP.name} here, which is not a part of the repository")
    return STUDIO_BACKUP


@pytest.fixture(name="demo_backup")
def _demo_backup(tmp_path: Path) -> Path:
    """The workbench's demo library, as a backup."""
    source = Path(__file__).parents[1] / "workbench" / "demo" / "library"
    path = tmp_path / "backup.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(source.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(source))
    return path


def via_api(path: Path, user: User) -> LearningPackage:
    """Restore through core's public API."""
    result = content_api.load_learning_package(str(path), package_ref="lib:Test:Restored", user=user)
    assert result["status"] == "success", result["log_file_error"]
    return content_api.get_learning_package_by_ref("lib:Test:Restored")


def via_command(path: Path, user: User) -> LearningPackage:
    """Restore through core's command, which has imported its function by name."""
    call_command("lp_load", str(path), user.username)
    return LearningPackage.objects.get()


def via_early_import(path: Path, user: User) -> LearningPackage:
    """Restore through the function object that core had made before the plugin was ready."""
    assert backup_restore.load_learning_package.__module__.startswith("openedx_content.")
    backup_restore.load_learning_package(str(path), package_ref="lib:Test:Restored", user=user)
    return content_api.get_learning_package_by_ref("lib:Test:Restored")


restored_by = pytest.mark.parametrize(
    "restore", [via_api, via_command, via_early_import], ids=lambda restore: restore.__name__
)


@restored_by
def test_studios_backup_is_restored_and_its_drafts_need_a_review(
    studio_backup: Path, author: User, restore: Callable[[Path, User], LearningPackage]
) -> None:
    package = restore(studio_backup, author)
    assert api.is_review_required(package.id)
    live = live_versions()
    assert sum(version is not None for version in live.values()) > 0
    unreviewed = api.get_unreviewed_entities(package.id)
    assert unreviewed.exists()
    assert ids(unreviewed) == ids(
        content_api.get_entities_with_unpublished_changes(package.id, include_deleted_drafts=True)
    )
    with pytest.raises(UnreviewedChanges):
        content_api.publish_all_drafts(package.id)
    assert live_versions() == live
    judgement = PublishJudgement.objects.get()
    assert (judgement.basis, judgement.mode, judgement.decided_by, judgement.reason) == (
        Basis.RESTORED,
        "required",
        None,
        "",
    )
    assert judgement.change_count == judgement.unreviewed_count == len(judgement.unreviewed) == len(live)


@restored_by
def test_the_demo_library_is_restored(
    demo_backup: Path, author: User, restore: Callable[[Path, User], LearningPackage]
) -> None:
    package = restore(demo_backup, author)
    assert live_versions()
    assert PublishJudgement.objects.get().basis == Basis.RESTORED
    with pytest.raises(UnreviewedChanges):
        content_api.publish_all_drafts(package.id)


def test_who_restored_it_cannot_review_it(demo_backup: Path, author: User, reviewer: User) -> None:
    package = via_api(demo_backup, author)
    entity = api.get_unreviewed_entities(package.id)[0]
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(entity.id, reviewer_id=author.pk)
    api.mark_reviewed(entity.id, reviewer_id=reviewer.pk)


def test_a_restore_lets_nothing_else_through(library: Library) -> None:
    """Neither another package nor a second publish of the restored one, say by a receiver of core's events."""

    class Unzipper:
        """What the gate looks at in core's class of that name."""

        learning_package_id: Any = library.package.id

    with exemptions.restoring(Unzipper()):
        other = Library.create("lib:Test:Other")
        other.component()
        with pytest.raises(UnreviewedChanges):
            other.publish()

        component = library.component()
        library.publish()
        library.edit(component)
        with pytest.raises(UnreviewedChanges):
            library.publish()
    assert PublishLog.objects.count() == 1


def test_a_backup_that_core_refuses_leaves_the_gate_closed(library: Library, author: User, tmp_path: Path) -> None:
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("nothing", "here")
    result = content_api.load_learning_package(str(empty), package_ref="lib:Test:Restored", user=author)
    assert result["status"] == "error"
    library.component()
    with pytest.raises(UnreviewedChanges):
        library.publish()
