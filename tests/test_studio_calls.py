"""
What Studio's back end really does: each of its calls to openedx-core, in the same transaction, and what becomes of it.

One test for each row of what was read from the platform: who made a change, what publishes, what reaches learners
without a publish, and in which order things happen. The functions named in the docstrings are the platform's. Calls
that Studio makes in a request are made in one here, so that whoever is logged in is known the same way; imports run in
a Celery task under the platform's name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from celery import Celery
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import Client
from django.urls import path
from django.utils.decorators import method_decorator
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLog, PublishableEntity, PublishLog
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from user_tasks.models import UserTaskStatus
from user_tasks.tasks import UserTask

from sample_plugin.reviews import api
from sample_plugin.reviews.conf import IMPORT_TASKS
from sample_plugin.reviews.models import Basis, ImportedChangeLog, PublishJudgement
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Item, Library, draft_record, ids, is_reviewed, live_versions, make_live, now, publish_state
from .test_restore import _demo_backup  # noqa: F401, a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.essential]

type Review = Callable[..., None]
type Studio = Callable[..., Any]

# --- Requests to Studio -----------------------------------------------------------------------------------------------

# What the views below do, for one test.
_calls: dict[str, Callable[[Any], Any]] = {}


class AtomicView(APIView):
    """A view of Studio's that runs in the transaction of its request, as views do by default."""

    permission_classes = [IsAuthenticated]
    schema = None

    def post(self, request: Request) -> Response:
        """Do what the test wants done."""
        return Response(_calls["do"](request.user))


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class LibraryView(AtomicView):
    """A view of content_libraries: these opt out of that transaction."""


urlpatterns = [path("library/", LibraryView.as_view()), path("atomic/", AtomicView.as_view())]


@pytest.fixture(name="studio")
def _studio(client: Client) -> Studio:
    """A function that has somebody call core in a request to Studio, and returns the answer's body."""

    def studio(user: User, do: Callable[[Any], Any], *, status: int = 200, view: str = "library") -> Any:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        _calls["do"] = do
        response = client.post(f"/{view}/")
        # An error marks the transaction around the view for rollback. Around this one there is none but the test's.
        if view == "library" and transaction.get_connection().in_atomic_block:
            transaction.set_rollback(False)
        assert response.status_code == status, response.content.decode()
        return response.json()

    return studio


@pytest.fixture(name="shared")
def _shared() -> Library:
    """A library in which core is not told who writes."""
    return Library.create("lib:Test:Gated")


def create_block(library: Library, code: str, created_by: int | None) -> Any:
    """Create a component without a version, as ``create_library_block`` and the importers do."""
    return content_api.create_component(
        library.package.id,
        component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
        component_code=code,
        created=now(),
        created_by=created_by,
    )


def set_library_block_olx(library: Library, component: Any, olx: str, created_by: int | None = None) -> Any:
    """Save a new version of a component; older releases do not say who does."""
    media_type = content_api.get_or_create_media_type("application/vnd.openedx.xblock.v1.html+xml")
    with transaction.atomic():
        media = content_api.get_or_create_text_media(library.package.id, media_type.id, text=olx, created=now())
        return content_api.create_next_component_version(
            component.id, {"block.xml": media.id}, title="Pasted", created=now(), created_by=created_by
        )


def paste_block(library: Library, user: Any, code: str = "pasted") -> Any:
    """Do what ``_import_staged_block`` does with one component."""
    with transaction.atomic():
        component = create_block(library, code, user.id)
        set_library_block_olx(library, component, "<html>Pasted</html>")
    return component


def delete_block(component: Any) -> Callable[[Any], Any]:
    """Return what ``delete_library_block`` does."""

    def delete(user: Any) -> dict[str, Any]:
        content_api.soft_delete_draft(component.id, deleted_by=user.id)
        return {}

    return delete


def contributors(item: Item | PublishableEntity) -> set[int]:
    """Return who contributed to the item's unpublished change."""
    return set(api.get_contributors([item.id])[item.id])


def only_others_review(item: Any, own: User, other: User) -> None:
    """Check that this person is a contributor, and may not review, and the other one may."""
    assert own.pk in contributors(item)
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(item.id, reviewer_id=own.pk)
    api.mark_reviewed(item.id, reviewer_id=other.pk)


# --- Who made a change ------------------------------------------------------------------------------------------------


def test_paste_a_component(shared: Library, studio: Studio, author: User, reviewer: User) -> None:
    """``_import_staged_block`` → ``set_library_block_olx``: a version without ``created_by``."""
    studio(author, lambda user: paste_block(shared, user) and {})
    [component] = content_api.get_components(shared.package.id)
    record = draft_record(component)
    assert record.new_version.created_by is None
    assert record.draft_change_log.changed_by == author
    [shown] = api.get_entity_overviews([component.id], viewer_id=author.pk)
    assert shown.changed_by == author
    only_others_review(component, author, reviewer)


def test_paste_a_unit_with_children(shared: Library, studio: Studio, author: User, reviewer: User) -> None:
    """``_import_staged_block_as_container``: the children's versions without ``created_by``, in one bulk edit."""

    def paste(user: Any) -> dict[str, Any]:
        with content_api.bulk_draft_changes_for(shared.package.id):
            children = [paste_block(shared, user, code) for code in ("one", "two")]
            shared.unit(*children, created_by=user.id)
        return {}

    studio(author, paste)
    entities = list(api.get_unreviewed_entities(shared.package.id))
    assert len(entities) == 3
    for entity in entities:
        only_others_review(entity, author, reviewer)


@pytest.mark.parametrize("kind", ["component", "container"])
def test_delete_and_restore(
    kind: str, library: Library, studio: Studio, review: Review, reviewer: User, other_reviewer: User
) -> None:
    """
    Core is told who, except where it is a container.

    ``delete_container`` says nothing, ``delete_library_block`` says ``deleted_by``; ``restore_container`` sets the
    version without ``set_by``, ``restore_library_block`` with it.
    """
    item = library.component() if kind == "component" else library.unit()
    review(item)
    library.publish()
    newest = library.edit(item)

    def delete(user: Any) -> dict[str, Any]:
        told = {"deleted_by": user.id} if kind == "component" else {}
        content_api.soft_delete_draft(item.id, **told)
        return {}

    def restore(user: Any) -> dict[str, Any]:
        told = {"set_by": user.id} if kind == "component" else {}
        content_api.set_draft_version(item.id, newest, **told)
        return {}

    studio(reviewer, delete)
    assert draft_record(item).draft_change_log.changed_by == reviewer
    only_others_review(item, reviewer, other_reviewer)
    # LibraryBlockRestore does not opt out of its request's transaction.
    studio(reviewer, restore, view="atomic")
    assert draft_record(item).draft_change_log.changed_by == reviewer
    assert library.author_id in contributors(item)
    only_others_review(item, reviewer, other_reviewer)


def test_save_the_olx_in_an_older_release(
    shared: Library, studio: Studio, author: User, reviewer: User, other_reviewer: User
) -> None:
    """``POST …/olx/`` → ``set_library_block_olx`` without ``created_by``."""
    studio(author, lambda user: paste_block(shared, user) and {})
    [component] = content_api.get_components(shared.package.id)
    studio(reviewer, lambda user: set_library_block_olx(shared, component, "<html>Salt</html>") and {})
    assert contributors(component) == {author.pk, reviewer.pk}
    only_others_review(component, reviewer, other_reviewer)


def test_create_a_component_without_a_request(shared: Library, author: User, reviewer: User) -> None:
    """Whoever made the item is on the item only, and counts for its first version."""
    component = create_block(shared, "imported", author.pk)
    set_library_block_olx(shared, component, "<html>Imported</html>")
    assert draft_record(component).draft_change_log.changed_by is None
    only_others_review(component, author, reviewer)


def test_change_something_where_nobody_says_who(shared: Library, studio: Studio, author: User, reviewer: User) -> None:
    """A script or task without a user: the author stays unknown, and is shown so."""
    studio(author, lambda user: paste_block(shared, user) and {})
    [component] = content_api.get_components(shared.package.id)
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    set_library_block_olx(shared, component, "<html>Salt</html>")
    [shown] = api.get_entity_overviews([component.id], viewer_id=author.pk)
    assert (shown.changed_by, shown.is_reviewed) == (None, False)
    assert contributors(component) == {author.pk}
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)


# --- What publishes ---------------------------------------------------------------------------------------------------


def publish_library(library: Library) -> Callable[[Any], Any]:
    """Return what ``publish_changes`` does."""

    def publish(user: Any) -> dict[str, Any]:
        content_api.publish_all_drafts(library.package.id, published_by=user.id)
        return {}

    return publish


def publish_item(library: Library, item: Any) -> Callable[[Any], Any]:
    """Return what ``publish_component_changes`` and ``publish_container_changes`` do."""

    def publish(user: Any) -> dict[str, Any]:
        drafts = content_api.get_all_drafts(library.package.id).filter(entity_id=item.id)
        content_api.publish_from_drafts(library.package.id, draft_qset=drafts, published_by=user.id)
        return {}

    return publish


@pytest.mark.parametrize("what", ["library", "component", "container"])
def test_publish(what: str, library: Library, studio: Studio, author: User, review: Review) -> None:
    """In a view that is not atomic: the 409 keeps its status and its body, and nothing has happened."""
    component = library.component(title="Salt")
    unit = library.unit(component)
    publish = {
        "library": publish_library(library),
        "component": publish_item(library, component),
        "container": publish_item(library, unit),
    }[what]
    before = publish_state()
    body = studio(author, publish, status=409)
    assert (body["code"], body["unreviewed_count"]) == ("unreviewed_changes", 1 if what == "component" else 2)
    named = {item["entity_id"]: item for item in body["unreviewed"]}
    assert named[component.id]["title"] == "Salt"
    assert named[component.id]["key"] == f"lb:Test:Gated:html:{component.component_code}"
    assert "Nothing was published: " in body["detail"]
    assert publish_state() == before
    review(component, unit)
    assert studio(author, publish) == {}
    assert PublishLog.objects.get().published_by == author
    assert live_versions().keys() == ({component.id} if what == "component" else {component.id, unit.id})


def test_publish_a_deleted_container(library: Library, studio: Studio, author: User, review: Review) -> None:
    """``LibraryContainerPublishView`` answers 404 before it calls core; "publish library" takes the deletion live."""
    unit = library.unit()
    review(unit)
    library.publish()
    content_api.soft_delete_draft(unit.id)

    def publish(user: Any) -> None:
        if content_api.get_container(unit.id).versioning.draft is None:
            raise NotFound

    studio(author, publish, status=404)
    studio(author, publish_library(library), status=409)
    review(unit)
    studio(author, publish_library(library))
    assert live_versions() == {unit.id: None}


def test_publish_a_deleted_container_as_a_reviewed_item(library: Library, review: Review) -> None:
    unit = library.unit()
    review(unit)
    library.publish()
    content_api.soft_delete_draft(unit.id)
    assert api.publish_reviewed_items(library.package.id).published == ()
    review(unit)
    assert [item.entity_id for item in api.publish_reviewed_items(library.package.id).published] == [unit.id]


def test_publish_a_deleted_component(library: Library, studio: Studio, author: User, review: Review) -> None:
    """``get_all_drafts`` leaves deleted drafts out: Studio answers 200, and publishes nothing."""
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    before = live_versions()
    studio(author, publish_item(library, component))
    assert live_versions() == before


def test_discard_changes(library: Library, studio: Studio, author: User, review: Review) -> None:
    """``DELETE …/commit/`` → ``revert_changes``: in a bulk edit; nothing waits for a review any more."""
    edited, deleted, new = library.component(), library.component(), library.component()
    review(edited, deleted)
    library.publish(edited, deleted)
    library.edit(edited)
    library.delete(deleted)

    def revert_changes(user: Any) -> dict[str, Any]:
        with content_api.bulk_draft_changes_for(library.package.id):
            content_api.reset_drafts_to_published(library.package.id, reset_by=user.id)
        return {}

    before = live_versions()
    assert ids(api.get_unreviewed_entities(library.package.id)) == {edited.id, deleted.id, new.id}
    studio(author, revert_changes)
    assert not api.get_unreviewed_entities(library.package.id).exists()
    assert not api.get_reviewed_entities(library.package.id).exists()
    studio(author, publish_library(library))
    assert {**before, **live_versions()} == {**before, **{key: None for key in live_versions() if key not in before}}


def test_an_add_on_that_passes_over_every_error(library: Library, studio: Studio, author: User) -> None:
    """It would say that all went well. Nothing is live, and what else it does in its request is kept."""
    component = library.component()
    before = publish_state()

    def tidy_up(user: Any) -> dict[str, Any]:
        # As add-ons do: lib_api.publish_changes(…) inside of try … except Exception: pass.
        with suppress(Exception):
            content_api.publish_all_drafts(library.package.id, published_by=user.id)
        library.edit(component, "Tidied up")
        return {"ok": True}

    for view in ("library", "atomic"):
        assert studio(author, tidy_up, view=view) == {"ok": True}
        assert publish_state() == before
        assert draft_record(component).new_version.title == "Tidied up"


def test_restore_a_backup(demo_backup: Any, studio: Studio, author: User, reviewer: User) -> None:
    """``load_learning_package`` in Studio's task, then ``create_library(learning_package=…)`` gives it its key."""
    result = content_api.load_learning_package(str(demo_backup), package_ref="lib-restore:author:1", user=author)
    assert result["status"] == "success", result["log_file_error"]
    package = content_api.get_learning_package_by_ref("lib-restore:author:1")
    live = live_versions()
    assert any(live.values())
    content_api.update_learning_package(package.id, package_ref="lib:Test:Gated")
    # What was live in the backup is live, its drafts are drafts, and no second publish gets through.
    library = Library(content_api.get_learning_package(package.id), author.pk)
    waiting = api.get_unreviewed_entities(package.id)
    assert waiting.exists()
    studio(author, publish_library(library), status=409)
    assert live_versions() == live
    only_others_review(waiting[0], author, reviewer)
    assert set(PublishJudgement.objects.values_list("basis", flat=True)) == {Basis.RESTORED}


# --- Imports ----------------------------------------------------------------------------------------------------------

# An app of its own: the platform's names may be taken in the current one, by whatever stands in for the platform.
celery_app = Celery("tests", set_as_current=False)
log = logging.getLogger(__name__)

MIGRATE, MIGRATE_OLD, IMPORT_BLOCKS = IMPORT_TASKS.read()


class _BulkMigrationTask(UserTask):  # type: ignore[misc]  # it has no types
    """As the platform's."""

    abstract = True


def _import_structure(library: Library, source: str, user_id: int, shape: str) -> Any:
    """Write a unit with two components, and publish it as this release of the platform does."""
    newest = shape == "newest"
    # The newest release says who changes something; all others leave it to core, which does not know.
    told: dict[str, Any] = (
        {"learning_package_id": library.package.id, "changed_by": user_id, "changed_at": now()} if newest else {}
    )
    with content_api.bulk_draft_changes_for(*(() if newest else (library.package.id,)), **told) as change_log:
        children = []
        for number in (1, 2):
            component = create_block(library, f"{source}-{number}", user_id)
            set_library_block_olx(library, component, f"<html>{number}</html>", user_id if newest else None)
            if shape == "a publish per block":
                _publish_and_send_events(library, component, user_id)
            children.append(component)
        unit = library.unit(*children, created_by=user_id)
        if shape == "a publish per block":
            _publish_and_send_events(library, unit, user_id)
    if shape != "a publish per block":
        drafts = content_api.get_all_drafts(library.package.id).filter(
            entity_id__in=change_log.records.values_list("entity_id", flat=True)
        )
        content_api.publish_from_drafts(library.package.id, draft_qset=drafts, published_by=user_id)
    return change_log


def _publish_and_send_events(library: Library, item: Any, user_id: int) -> None:
    """Do what ``publish_component_changes`` did: publish, then look up the publish and walk through its records."""
    drafts = content_api.get_all_drafts(library.package.id).filter(entity_id=item.id)
    publish_log = content_api.publish_from_drafts(library.package.id, draft_qset=drafts, published_by=user_id)
    found = PublishLog.objects.get(pk=publish_log.pk)
    for record in found.records.select_related("entity", "new_version").all():
        log.info("Published %s", record.entity)


def _migrate(self: Any, *, user_id: int, sources: list[str], library: Library, shape: str) -> dict[str, Any]:
    """Do what the platform's migrator does for each source, with its transaction and its ``except``."""
    status = self.status
    results: dict[str, Any] = {}
    for source in sources:
        try:
            with transaction.atomic():
                status.set_state(f"Migrating legacy content ({source})")
                change_log = _import_structure(library, source, user_id, shape)
            results[source] = change_log.pk
        except Exception as exc:
            log.exception("Failed: {source_data.migration}")
            results[source] = exc
    return results


migrate = celery_app.task(base=_BulkMigrationTask, bind=True, name=MIGRATE)(_migrate)
migrate_old = celery_app.task(base=_BulkMigrationTask, bind=True, name=MIGRATE_OLD)(_migrate)
migrate_unnamed = celery_app.task(base=_BulkMigrationTask, bind=True, name="another.plugin.tasks.migrate")(_migrate)


@celery_app.task(name=IMPORT_BLOCKS)  # type: ignore[untyped-decorator]
def import_blocks_from_course(
    import_task_id: int, course_key_str: str, use_course_key_as_block_id_suffix: bool = True, *, library: Library
) -> None:
    """Do what the platform's older import does: nobody is known, and nothing is around the publish."""
    import_course(library)


def import_course(library: Library) -> None:
    """Do what ``EdxModulestoreImportClient.import_blocks_from_course`` does, and then ``publish_changes``."""
    for number in (1, 2):
        component = create_block(library, f"old-{number}", None)
        set_library_block_olx(library, component, f"<html>{number}</html>")
    content_api.publish_all_drafts(library.package.id, published_by=None)


def run(task: Any, **kwargs: Any) -> Any:
    """Run a task as a worker does, and return what it returned; it must not have failed."""
    result = task.apply(kwargs=kwargs)
    assert result.successful(), result.traceback
    return result.result


shapes = pytest.mark.parametrize("shape", ["newest", "a publish per source", "a publish per block"])


@shapes
@pytest.mark.parametrize("task", [migrate, migrate_old], ids=["bulk_migrate", "migrate"])
def test_an_import_lands_as_drafts_and_succeeds(
    shape: str, task: Any, shared: Library, author: User, reviewer: User
) -> None:
    """``bulk_migrate_from_modulestore``: newer, one publish per source; older, one per block inside the bulk edit."""
    results = run(task, user_id=author.pk, sources=["one", "two"], library=shared, shape=shape)
    assert not [error for error in results.values() if isinstance(error, Exception)]
    assert live_versions() == {}
    assert api.get_unreviewed_entities(shared.package.id).count() == 6
    for entity in api.get_unreviewed_entities(shared.package.id):
        assert contributors(entity) == {author.pk}
    # Each source is one thing, to review and to publish.
    overviews = api.get_import_overviews(shared.package.id, viewer_id=author.pk)
    assert [(one.draft_change_log_id, one.imported_by) for one in overviews] == [
        (results["two"], author),
        (results["one"], author),
    ]
    assert [(one.change_count, one.unreviewed, one.own_change_at is not None) for one in overviews] == [
        (3, 3, True)
    ] * 2
    with pytest.raises(api.SelfReviewError, match="You changed 3 of these items"):
        api.mark_change_log_reviewed(results["one"], reviewer_id=author.pk)
    assert len(api.mark_change_log_reviewed(results["one"], reviewer_id=reviewer.pk)) == 3
    result = api.publish_reviewed_items(shared.package.id, published_by=author.pk, draft_change_log_id=results["one"])
    assert (len(result.published), result.skipped) == (3, ())
    assert len(live_versions()) == 3


@shapes
def test_an_import_publishes_where_no_review_is_required(shape: str, ungated_library: Library, author: User) -> None:
    results = run(migrate, user_id=author.pk, sources=["one"], library=ungated_library, shape=shape)
    if isinstance(results["one"], ValidationError):
        # The newest core refuses to publish inside a bulk edit, gate or not.
        assert shape == "a publish per block"
        assert "bulk_draft_changes_for" in str(results["one"])
        assert live_versions() == {}
    else:
        assert len(live_versions()) == 3


@shapes
def test_an_import_under_a_bypass_publishes_and_is_on_record(shape: str, shared: Library, author: User) -> None:
    with api.bypass_review(reason="A course of our own"):
        results = run(migrate, user_id=author.pk, sources=["one"], library=shared, shape=shape)
    if not isinstance(results["one"], ValidationError):
        assert len(live_versions()) == 3
        assert PublishJudgement.objects.filter(basis=Basis.BYPASSED).exists()


@shapes
def test_an_import_by_a_task_that_is_not_named_is_taken_back(shape: str, shared: Library, author: User) -> None:
    """The exception is caught and logged, the source counts as failed, the task ends as success; nothing is left."""
    before = publish_state(), PublishableEntity.objects.count()
    results = run(migrate_unnamed, user_id=author.pk, sources=["one"], library=shared, shape=shape)
    assert isinstance(results["one"], UnreviewedChanges | ValidationError)
    assert (publish_state(), PublishableEntity.objects.count()) == before
    assert not DraftChangeLog.objects.exists()
    assert not ImportedChangeLog.objects.exists()


def test_a_site_names_its_own_import_tasks(shared: Library, author: User, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS = ["another.plugin.tasks.migrate"]
    [imported] = run(migrate_unnamed, user_id=author.pk, sources=["one"], library=shared, shape="newest").values()
    assert ImportedChangeLog.objects.get().draft_change_log_id == imported
    [refused] = run(migrate, user_id=author.pk, sources=["two"], library=shared, shape="newest").values()
    assert isinstance(refused, UnreviewedChanges)
    assert live_versions() == {}


def test_the_components_of_an_import_in_an_older_release(shared: Library, author: User, reviewer: User) -> None:
    """No ``created_by`` and no request: whose task it is, is on record."""
    run(migrate, user_id=author.pk, sources=["one"], library=shared, shape="a publish per source")
    assert UserTaskStatus.objects.get().user == author
    for component in content_api.get_components(shared.package.id):
        record = draft_record(component)
        assert record.new_version.created_by is None
        assert record.draft_change_log.changed_by == author
        only_others_review(component, author, reviewer)


def test_the_older_import_as_a_task_lands_as_drafts(shared: Library, reviewer: User) -> None:
    """``courseware_import``: ``publish_changes(key)`` with ``published_by=None``; nobody is known."""
    run(import_blocks_from_course, import_task_id=1, course_key_str="course-v1:Org+Old+1", library=shared)
    assert live_versions() == {}
    # It makes no bulk edit, so each of its components is a change log of its own.
    overviews = api.get_import_overviews(shared.package.id)
    assert [(one.imported_by, one.source) for one in overviews] == [(None, "course-v1:Org+Old+1")] * 2
    for entity in api.get_unreviewed_entities(shared.package.id):
        [shown] = api.get_entity_overviews([entity.id], viewer_id=reviewer.pk)
        assert shown.changed_by is None


def test_the_older_import_as_a_command_is_refused_and_its_content_stays_as_drafts(shared: Library) -> None:
    """``content_libraries_import`` runs in no task, and nothing is around it that takes the content back."""

    class Command(BaseCommand):
        """As the platform's."""

        def handle(self, *args: Any, **options: Any) -> None:
            """Import."""
            import_course(shared)

    with pytest.raises(UnreviewedChanges):
        Command().handle()
    assert live_versions() == {}
    assert api.get_unreviewed_entities(shared.package.id).count() == 2
    assert not ImportedChangeLog.objects.exists()


# --- What reaches learners without a publish --------------------------------------------------------------------------


def test_copying_from_a_library_takes_the_draft_and_the_version_says_that_it_is_unreviewed(
    library: Library, studio: Studio, author: User, review: Review
) -> None:
    """``ClipboardEndpoint.post`` → ``load_block``: no gate sees that. The course can ask about the version."""
    component = library.component(media={"block.xml": b"<html>Salt</html>"})
    review(component)
    library.publish()
    library.edit(component, files={"block.xml": b"<html>Unreviewed</html>"})
    before = publish_state()

    def copy(user: Any) -> dict[str, Any]:
        version = content_api.get_component(component.id).versioning.draft
        media = version.media.get(componentversionmedia__path="block.xml")
        return {"olx": media.text or media.read_file().read().decode(), "copied_from_version": version.version_num}

    copied = studio(author, copy)
    assert copied == {"olx": "<html>Unreviewed</html>", "copied_from_version": 2}
    assert publish_state() == before
    overviews = api.get_version_overviews([(component.id, 1), (component.id, copied["copied_from_version"])])
    assert [one.is_reviewed for one in overviews] == [True, False]


def test_a_deletion_shows_in_courses_before_anybody_reviewed_it(library: Library, studio: Studio, author: User) -> None:
    """A course asks for the draft to tell "deleted upstream". What is published stays published until a review."""
    component = library.component()
    make_live(library)
    before = publish_state()
    studio(author, delete_block(component))
    shown = content_api.get_component(component.id).versioning
    assert shown.draft is None
    assert shown.published is not None
    studio(author, publish_library(library), status=409)
    assert publish_state() == before
    assert not is_reviewed(library, component)


# --- Order of things --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["library", "atomic"])
def test_a_refusal_takes_back_what_its_request_did_where_that_is_one_transaction(
    view: str, library: Library, studio: Studio, author: User
) -> None:
    """Under ``ATOMIC_REQUESTS`` the whole request is undone; a view that opts out keeps what it did before."""
    component = library.component(title="Before")
    before = publish_state()

    def edit_and_publish(user: Any) -> dict[str, Any]:
        library.edit(component, "After")
        content_api.publish_all_drafts(library.package.id, published_by=user.id)
        return {}

    body = studio(author, edit_and_publish, status=409, view=view)
    assert body["code"] == "unreviewed_changes"
    assert publish_state() == before
    assert draft_record(component).new_version.title == ("After" if view == "library" else "Before")


def test_restoring_sets_the_newest_version_also_one_that_was_discarded(
    library: Library, studio: Studio, author: User, reviewer: User, other_reviewer: User, review: Review
) -> None:
    """``LibraryBlockRestore`` → ``.latest``: what was thrown away comes back, unreviewed, with its author."""
    component = library.component()
    review(component)
    library.publish()
    discarded = library.edit(component, by=other_reviewer.pk)
    content_api.reset_drafts_to_published(library.package.id)
    studio(author, delete_block(component))

    def restore(user: Any) -> dict[str, Any]:
        latest = content_api.get_component(component.id).versioning.latest
        content_api.set_draft_version(component.id, latest.pk, set_by=user.id)
        return {}

    studio(author, restore, view="atomic")
    assert draft_record(component).new_version_id == discarded
    assert not is_reviewed(library, component)
    assert contributors(component) == {author.pk, other_reviewer.pk}
    only_others_review(component, other_reviewer, reviewer)
