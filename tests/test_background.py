"""Publishing in the background: the same publish, on record from the moment it is asked for to what came of it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from celery import Celery, current_app
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.models.signals import post_save
from django.db.transaction import atomic, on_commit
from kombu.exceptions import OperationalError
from openedx_content.models_api import LearningPackage, PublishLog
from openedx_filters.filters import PipelineStep
from user_tasks.models import UserTaskArtifact, UserTaskStatus

from sample_plugin.reviews import api, tasks
from sample_plugin.reviews.api import BackgroundPublish, BackgroundState
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.publishing import background
from sample_plugin.reviews.settings import common

from .content import Library, live_versions, publish_state

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]
type Publish = Callable[..., BackgroundPublish]

ROOT = Path(__file__).parents[1]


class Broker:
    """A broker that holds the tasks until somebody does the worker's part."""

    def __init__(self, app: Celery) -> None:
        self.app = app

    def deliver(self) -> bool:
        """Run the next task as a worker would; False if there is none."""
        with self.app.connection_for_read() as connection:
            queue = connection.SimpleQueue(self.app.conf.task_default_queue)
            try:
                message = queue.get_nowait()
            except queue.Empty:
                return False
            message.ack()
        # Protocol 1 is what the platform uses, 2 is Celery's default.
        kwargs = message.payload["kwargs"] if isinstance(message.payload, dict) else message.payload[1]
        tasks.publish_reviewed.apply(kwargs=kwargs, task_id=message.properties["correlation_id"])
        return True


def use(app: Celery) -> Iterator[Celery]:
    """Make this the Celery app for a while."""
    before = current_app._get_current_object()
    app.set_current()
    yield app
    before.set_current()


@pytest.fixture(autouse=True)
def _eager() -> Iterator[None]:
    """A task runs where it is called, unless a test says otherwise."""
    for app in use(Celery("eager", set_as_current=False)):
        app.conf.task_always_eager = True
        yield


@pytest.fixture(name="broker", params=[1, 2], ids=["protocol 1", "protocol 2"])
def _broker(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """Tasks are queued."""
    for app in use(Celery("queue", broker="memory://", set_as_current=False)):
        app.conf.task_protocol = request.param
        app.conf.task_default_queue = f"reviews-{uuid4()}"
        yield Broker(app)


@pytest.fixture(autouse=True)
def _may_publish(reviewer: User) -> None:
    """The reviewer may publish everywhere, as global staff."""
    reviewer.is_staff = True
    reviewer.save()


@pytest.fixture(name="publish")
def _publish(reviewer: User, django_capture_on_commit_callbacks: Any) -> Publish:
    """A function that has the library published in the background, and returns how far that is after the commit."""

    def publish(library: Library, **kwargs: Any) -> BackgroundPublish:
        with django_capture_on_commit_callbacks(execute=True):
            started = api.publish_reviewed_items_in_background(library.package.id, user_id=reviewer.pk, **kwargs)
        return api.get_background_publish(library.package.id, started.id)

    return publish


@pytest.fixture(name="with_step")
def _with_step(settings: Any) -> Callable[[str], None]:
    """A function that puts another plugin's step behind ours."""

    def with_step(path: str) -> None:
        pipeline = ["sample_plugin.reviews.pipeline.RequireReview", path]
        settings.OPEN_EDX_FILTERS_CONFIG = {
            EntityPrePublish.filter_type: {"pipeline": pipeline, "fail_silently": False}
        }

    return with_step


def status_of(publish: BackgroundPublish) -> UserTaskStatus:
    """Return what django-user-tasks has on record."""
    return UserTaskStatus.objects.get(uuid=publish.id)


# What it does


def test_exactly_what_was_reviewed_is_published_in_the_name_of_the_user(
    library: Library, review: Review, reviewer: User, publish: Publish
) -> None:
    reviewed, _unreviewed = library.component(), library.component()
    review(reviewed)
    done = publish(library, message="For the exam")
    assert live_versions().keys() == {reviewed.id}
    publish_log = PublishLog.objects.get()
    assert (publish_log.published_by, publish_log.message) == (reviewer, "For the exam")
    assert (done.state, done.total, done.done, done.error) == (BackgroundState.SUCCEEDED, 1, 1, None)
    assert done.result is not None
    assert done.result.publish_logs == (publish_log,)
    assert [item.entity_id for item in done.result.published] == [reviewed.id]


def test_the_result_is_what_publishing_at_once_returns(library: Library, review: Review, publish: Publish) -> None:
    edited, deleted = library.component(title="Old"), library.component(title="Gone")
    review(edited, deleted)
    library.publish()
    library.edit(edited, title="Größe «ё» 🧂")
    library.delete(deleted)
    child = library.component()
    unit, skipped = library.unit(child), library.unit(library.component(title="Unread 🍞"))
    review(edited, deleted, child, unit, skipped)
    expected = api.publish_reviewed_items(library.package.id, dry_run=True)
    assert (len(expected.published), len(expected.skipped)) == (4, 1)
    done = publish(library)
    result = done.result
    assert result is not None
    assert (done.total, done.done) == (4, 4)
    assert (result.published, result.skipped) == (expected.published, expected.skipped)
    assert result.publish_logs == tuple(PublishLog.objects.order_by("pk"))[1:]
    assert len(result.publish_logs) == 2
    assert all(isinstance(item.change, api.ChangeKind) for item in result.published)
    # Not every MySQL stores every character in this column.
    assert UserTaskArtifact.objects.get(name="Result").text.isascii()


def test_with_nothing_to_publish_it_succeeds_and_leaves_no_publish(library: Library, publish: Publish) -> None:
    library.component()
    done = publish(library)
    assert (done.state, done.total, done.done) == (BackgroundState.SUCCEEDED, 0, 0)
    assert not PublishLog.objects.exists()


def test_run_publish_does_the_same_here_and_now_whoever_the_operator_names(
    library: Library, review: Review, other_reviewer: User
) -> None:
    component = library.component()
    review(component)
    done = tasks.run_publish(library.package.id, user_id=other_reviewer.pk, message="Now")
    assert live_versions().keys() == {component.id}
    assert PublishLog.objects.get().message == "Now"
    assert done == api.get_background_publish(library.package.id, done.id)
    assert done.state == BackgroundState.SUCCEEDED


# How far it is


def test_a_queued_publish_is_pending_until_a_worker_takes_it(
    library: Library, review: Review, publish: Publish, broker: Broker
) -> None:
    component = library.component()
    review(component)
    queued = publish(library)
    assert queued == BackgroundPublish(
        id=queued.id, state=BackgroundState.PENDING, total=None, done=0, result=None, error=None
    )
    assert live_versions() == {}
    assert broker.deliver()
    done = api.get_background_publish(library.package.id, queued.id)
    assert (done.state, done.total, done.done) == (BackgroundState.SUCCEEDED, 1, 1)
    assert live_versions().keys() == {component.id}
    assert not broker.deliver()
    assert UserTaskStatus.objects.count() == 1


class Watches(PipelineStep):
    """Asks how far a publish is, in the middle of it."""

    seen: ClassVar[list[BackgroundPublish]] = []

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Ask."""
        status = UserTaskStatus.objects.get()
        self.seen.append(api.get_background_publish(publish_log.learning_package_id, status.uuid))
        return {"publish_log": publish_log}


def test_while_it_runs_it_is_known_how_much_there_is_to_do(
    library: Library, review: Review, publish: Publish, with_step: Callable[[str], None]
) -> None:
    review(library.component(), library.component())
    with_step("tests.test_background.Watches")
    Watches.seen.clear()
    done = publish(library)
    assert Watches.seen == [
        BackgroundPublish(id=done.id, state=BackgroundState.RUNNING, total=2, done=0, result=None, error=None)
    ]


def test_it_is_queued_when_the_caller_has_committed(
    library: Library, reviewer: User, broker: Broker, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        api.publish_reviewed_items_in_background(library.package.id, user_id=reviewer.pk)
        assert not broker.deliver()
    assert broker.deliver()


def start_and_crash(library: Library, user: User) -> None:
    """Do what a view does that fails after it has asked for a publish."""
    api.publish_reviewed_items_in_background(library.package.id, user_id=user.pk)
    raise ZeroDivisionError


def test_it_is_not_queued_if_the_caller_rolls_back(
    library: Library, reviewer: User, broker: Broker, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), atomic():
        start_and_crash(library, reviewer)
    assert not broker.deliver()
    assert not UserTaskStatus.objects.exists()


def test_asking_takes_as_many_queries_for_twenty_items_as_for_one(
    library: Library, review: Review, publish: Publish, broker: Broker, django_assert_num_queries: Any
) -> None:
    for number in (1, 20):
        review(*(library.component() for _ in range(number)))
        queued = publish(library)
        with django_assert_num_queries(2):
            api.get_background_publish(library.package.id, queued.id)
        broker.deliver()
        with django_assert_num_queries(3):
            done = api.get_background_publish(library.package.id, queued.id)
        assert done.done == number


def test_a_publish_is_found_by_its_id_and_its_package_only(
    library: Library, ungated_library: Library, publish: Publish, reviewer: User
) -> None:
    done = publish(library)
    other_kind = UserTaskStatus.objects.create(user=reviewer, task_id=str(uuid4()), task_class="x.y", total_steps=1)
    for package_id, publish_id in [
        (library.package.id, uuid4()),
        (ungated_library.package.id, done.id),
        (library.package.id, other_kind.uuid),
    ]:
        with pytest.raises(UserTaskStatus.DoesNotExist):
            api.get_background_publish(package_id, publish_id)


def test_studio_shows_it_under_a_name_that_its_user_understands(
    library: Library, publish: Publish, reviewer: User
) -> None:
    status = status_of(publish(library))
    assert status.name == "Publishing reviewed items in “Library lib:Test:Gated”"
    assert (status.user, status.state) == (reviewer, UserTaskStatus.SUCCEEDED)
    assert (status.completed_steps, status.total_steps) == (1, 1)
    # As django-user-tasks has it, which looks for the task under this name.
    assert status.task_class == tasks.publish_reviewed.name


def test_the_title_of_a_package_may_be_longer_than_the_name_of_a_task(library: Library, publish: Publish) -> None:
    LearningPackage.objects.update(title="x" * 500)
    assert len(status_of(publish(library)).name) == 255


# What goes wrong


def failed(publish: BackgroundPublish) -> str:
    """Return the sentence that says why it failed."""
    assert (publish.state, publish.done, publish.result) == (BackgroundState.FAILED, 0, None)
    assert status_of(publish).state == UserTaskStatus.FAILED
    assert publish.error
    return publish.error


def test_the_veto_of_another_plugin_is_a_sentence_and_nothing_is_published(
    library: Library, review: Review, publish: Publish, with_step: Callable[[str], None]
) -> None:
    review(library.component())
    with_step("tests.steps.Vetoes")
    before = publish_state()
    vetoed = publish(library)
    assert failed(vetoed) == "Nothing is published on Sundays."
    assert publish_state() == before
    # Written before the transaction that was rolled back, so others saw it while that was open.
    assert vetoed.total == 1


def test_what_core_refuses_is_a_sentence_and_nothing_is_published(
    library: Library, review: Review, publish: Publish
) -> None:
    review(library.component())
    before = publish_state()
    assert "at most 500 characters" in failed(publish(library, message="x" * 501))
    assert publish_state() == before


def test_a_crash_is_a_sentence_for_the_user_and_a_traceback_in_the_log(
    library: Library,
    review: Review,
    publish: Publish,
    with_step: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    review(library.component())
    with_step("tests.steps.Crashes")
    before = publish_state()
    with caplog.at_level(logging.ERROR, "sample_plugin.reviews.tasks"):
        crashed = publish(library)
    assert failed(crashed) == (
        "Nothing was published: something went wrong. If it happens again, tell the site's administrator."
    )
    assert publish_state() == before
    (record,) = (record for record in caplog.records if record.name == "sample_plugin.reviews.tasks")
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    # One sentence, and not also what Celery would have to say.
    assert UserTaskArtifact.objects.filter(name="Error").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_crash_after_the_commit_does_not_unsay_the_publish(library: Library, review: Review, reviewer: User) -> None:
    component = library.component()
    review(component)

    def crash() -> None:
        raise ZeroDivisionError("somebody who was told of the publish")

    def crash_after_commit(**kwargs: Any) -> None:
        on_commit(crash)

    post_save.connect(crash_after_commit, sender=PublishLog)
    try:
        done = api.publish_reviewed_items_in_background(library.package.id, user_id=reviewer.pk)
    finally:
        post_save.disconnect(crash_after_commit, sender=PublishLog)
    assert live_versions().keys() == {component.id}
    assert (done.state, done.done, done.error) == (BackgroundState.SUCCEEDED, 1, None)
    assert status_of(done).state == UserTaskStatus.SUCCEEDED


def test_a_package_that_is_deleted_meanwhile_is_a_sentence(library: Library, publish: Publish, broker: Broker) -> None:
    package_id = library.package.id
    queued = publish(library)
    library.package.delete()
    broker.deliver()
    assert failed(api.get_background_publish(package_id, queued.id)) == (
        "Nothing was published: the library has been deleted meanwhile."
    )


@pytest.mark.parametrize("lost", [{"is_staff": False}, {"is_active": False}], ids=["the role", "the account"])
def test_who_may_no_longer_publish_when_it_runs_is_told_so_and_nothing_is_published(
    library: Library, review: Review, reviewer: User, publish: Publish, broker: Broker, lost: dict[str, bool]
) -> None:
    review(library.component())
    queued = publish(library)
    User.objects.filter(pk=reviewer.pk).update(**lost)
    before = publish_state()
    broker.deliver()
    done = api.get_background_publish(library.package.id, queued.id)
    assert failed(done) == "Nothing was published: you may no longer publish in this library."
    assert publish_state() == before


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_deleted_meanwhile_publishes_nothing_and_leaves_a_line_in_the_log(
    library: Library, review: Review, reviewer: User, caplog: pytest.LogCaptureFixture
) -> None:
    review(library.component())
    arguments = {"learning_package_id": library.package.id, "user_id": reviewer.pk}
    status = background.put_on_record(library.package.id, user_id=reviewer.pk)
    reviewer.delete()
    before = publish_state()
    assert tasks.publish_reviewed.apply(kwargs=arguments, task_id=status.task_id).successful()
    assert publish_state() == before
    (record,) = (record for record in caplog.records if record.name == "sample_plugin.reviews.tasks")
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert "Nothing was published" in record.getMessage()


@contextmanager
def failing_record(error: Exception) -> Iterator[None]:
    """Have the database fail with this error the first time that the task, and Celery before it, ask for the record."""
    asked = count(1)

    def execute(run: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("SELECT") and "user_tasks_usertaskstatus" in sql and next(asked) <= 2:
            raise error
        return run(sql, *args)

    with connection.execute_wrapper(execute):
        yield


@pytest.mark.parametrize(
    ("code", "state"), [(1213, BackgroundState.SUCCEEDED), (1030, BackgroundState.FAILED)], ids=["deadlock", "another"]
)
def test_an_error_while_the_record_is_looked_up_is_an_error_like_any_other(
    library: Library, review: Review, reviewer: User, code: int, state: BackgroundState
) -> None:
    review(library.component())
    status = background.put_on_record(library.package.id, user_id=reviewer.pk)
    arguments = {"learning_package_id": library.package.id, "user_id": reviewer.pk}
    with failing_record(DatabaseError(code, "The server says no.")):
        tasks.publish_reviewed.apply(kwargs=arguments, task_id=status.task_id)
    done = api.get_background_publish(library.package.id, status.uuid)
    assert done.state == state
    assert bool(live_versions()) is (state == BackgroundState.SUCCEEDED)
    if state == BackgroundState.FAILED:
        assert failed(done).startswith("Nothing was published: something went wrong.")


def test_a_publish_that_was_cancelled_does_not_happen(
    library: Library, review: Review, publish: Publish, broker: Broker
) -> None:
    review(library.component())
    queued = publish(library)
    status_of(queued).cancel()
    cancelled = api.get_background_publish(library.package.id, queued.id)
    assert (cancelled.state, cancelled.error) == (
        BackgroundState.FAILED,
        "Nothing was published: the publish was cancelled.",
    )
    broker.deliver()
    assert live_versions() == {}
    assert not PublishLog.objects.exists()
    assert api.get_background_publish(library.package.id, queued.id).error == cancelled.error


def test_a_cancelled_publish_stays_cancelled_also_if_its_user_may_no_longer_publish(
    library: Library, review: Review, other_reviewer: User
) -> None:
    review(library.component())
    status = background.put_on_record(library.package.id, user_id=other_reviewer.pk)
    UserTaskStatus.objects.filter(pk=status.pk).update(state=UserTaskStatus.CANCELED)
    arguments = {"learning_package_id": library.package.id, "user_id": other_reviewer.pk}
    tasks.publish_reviewed.apply(kwargs=arguments, task_id=status.task_id)
    status.refresh_from_db()
    assert status.state == UserTaskStatus.CANCELED
    assert live_versions() == {}


def test_a_task_that_is_delivered_twice_publishes_once(
    library: Library, review: Review, publish: Publish, reviewer: User
) -> None:
    review(library.component())
    done = publish(library)
    review(library.component())  # since then, and nobody has asked to publish that
    before = publish_state()
    tasks.publish_reviewed.apply(
        kwargs={"learning_package_id": library.package.id, "user_id": reviewer.pk},
        task_id=status_of(done).task_id,
    )
    assert publish_state() == before
    assert api.get_background_publish(library.package.id, done.id) == done


def test_the_result_of_the_first_run_counts_when_two_run_at_once(
    library: Library, review: Review, publish: Publish
) -> None:
    """Both found that nothing was done yet, and the second then found nothing left to publish."""
    review(library.component())
    done = publish(library)
    nothing = api.publish_reviewed_items(library.package.id, dry_run=True)
    background.store_total(status_of(done), len(nothing.published))
    background.store_result(status_of(done), nothing)
    assert api.get_background_publish(library.package.id, done.id) == done


@pytest.mark.parametrize("state", [UserTaskStatus.IN_PROGRESS, UserTaskStatus.FAILED, UserTaskStatus.CANCELED])
def test_what_is_published_has_succeeded_whatever_becomes_of_the_task(
    library: Library, review: Review, publish: Publish, state: str
) -> None:
    """It is delivered again, its worker is killed, or somebody cancels it too late."""
    review(library.component())
    done = publish(library)
    UserTaskStatus.objects.update(state=state)
    assert api.get_background_publish(library.package.id, done.id) == done


def test_a_task_that_a_worker_did_not_get_through_with_is_delivered_again() -> None:
    assert tasks.publish_reviewed.acks_late


def test_an_unknown_package_or_user_is_refused_and_not_put_on_record(library: Library, reviewer: User) -> None:
    nowhere: Any = 0
    with pytest.raises(LearningPackage.DoesNotExist, match="LearningPackage matching query"):
        api.publish_reviewed_items_in_background(nowhere, user_id=reviewer.pk)
    with pytest.raises(get_user_model().DoesNotExist, match="User matching query"):
        api.publish_reviewed_items_in_background(library.package.id, user_id=0)
    assert not UserTaskStatus.objects.exists()


def test_what_cannot_be_queued_is_not_pending_for_ever(library: Library, publish: Publish) -> None:
    for app in use(Celery("down", broker="amqp://127.0.0.1:1//", set_as_current=False)):
        app.conf.task_publish_retry, app.conf.broker_transport_options = False, {"max_retries": 0}
        with pytest.raises(OperationalError):
            publish(library)
    assert not UserTaskStatus.objects.exists()


# Where it is used


@pytest.mark.parametrize(("count", "background"), [(0, False), (499, False), (500, True), (10_000, True)])
def test_from_a_number_of_items_on_the_work_goes_to_the_background(count: int, background: bool) -> None:
    assert api.runs_in_background(count) is background


def test_the_site_decides_from_which_number_on(settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 3
    assert [api.runs_in_background(count) for count in (2, 3)] == [False, True]


@pytest.mark.parametrize("wrong", ["500", None, 2.5, "many", False])
def test_a_number_that_is_none_is_passed_over_and_a_check_says_so(wrong: Any, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = wrong
    assert [api.runs_in_background(count) for count in (499, 500)] == [False, True]
    assert "sample_plugin_reviews.W007" in {message.id for message in run_checks()}


def test_a_site_that_names_no_number_is_not_warned(settings: Any) -> None:
    del settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM
    assert "sample_plugin_reviews.W007" not in {message.id for message in run_checks()}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(["a"], ["a", "user_tasks"], id="missing, as in the LMS"),
        pytest.param(("a",), ["a", "user_tasks"], id="missing, in a tuple"),
        pytest.param(["user_tasks", "a"], ["user_tasks", "a"], id="there, as in Studio"),
        pytest.param(
            ["user_tasks.apps.UserTasksConfig"], ["user_tasks.apps.UserTasksConfig"], id="there, by its class"
        ),
    ],
)
def test_django_user_tasks_is_installed_where_it_is_missing(before: Any, after: list[str]) -> None:
    settings = SimpleNamespace(INSTALLED_APPS=before)
    for _ in range(2):
        common.plugin_settings(settings)
        installed = settings.INSTALLED_APPS
        assert installed == after


LMS_SETTINGS = """
import sys

from edx_django_utils.plugins import get_plugin_apps
from openedx_content.settings_api import openedx_content_backcompat_apps_to_install
from sample_plugin.reviews.settings import common

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "organizations",
    "openedx_catalog",
    "openedx_content",
    *openedx_content_backcompat_apps_to_install(),
    *(app for app in get_plugin_apps("lms.djangoapp") if app.startswith("sample_plugin.")),
]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
common.plugin_settings(sys.modules[__name__])
"""

LMS_WORKER = """
import django
from celery import Celery

django.setup()
app = Celery("lms")
app.autodiscover_tasks(force=True)
print(*(name for name in app.tasks if name.startswith("sample_plugin.")))
"""


def test_a_worker_of_the_lms_starts(tmp_path: Path) -> None:
    """It has no django-user-tasks of its own, and imports the tasks of every app."""
    (tmp_path / "lms_settings.py").write_text(LMS_SETTINGS, encoding="utf-8")
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "lms_settings", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LMS_WORKER], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "sample_plugin.reviews.tasks.publish_reviewed" in done.stdout.split()
