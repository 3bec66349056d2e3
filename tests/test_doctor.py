"""``reviews_doctor``: each fault that opens the gate, or lets nothing pass it, is found; and nothing else is."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from celery import Celery, current_app
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection, router
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_save, pre_save
from django.test.utils import CaptureQueriesContext
from edx_django_utils.plugins import connect_plugin_receivers
from openedx_content import api as content_api
from openedx_content.applets.backup_restore.zipper import LearningPackageUnzipper
from openedx_content.applets.publishing import api as core_publishing
from openedx_content.models_api import DraftChangeLog, LearningPackage, PublishLog

from sample_plugin.reviews import api, policy, receivers, tasks
from sample_plugin.reviews.doctor import database, examination
from sample_plugin.reviews.gate import core, wrapper
from sample_plugin.reviews.management.commands import reviews_doctor
from sample_plugin.reviews.models import ReviewPolicy
from sample_plugin.reviews.settings.common import FILTER_TYPE, STEP
from workbench.roles import INSTALLED

from .authz import assign, needs_authz, needs_roles_of_plugins
from .content import Library, core_publish_from_drafts
from .database import everything

if INSTALLED:
    from casbin_adapter.models import CasbinRule
    from openedx_authz.engine.enforcer import AuthzEnforcer
    from openedx_authz.models.engine import PolicyCacheControl

pytestmark = pytest.mark.django_db

REF = "lib:Test:Gated"
ON_SQLITE = {("database.vendor", "warning")} if connection.vendor == "sqlite" else set()

# Core's own function, as the fixture does not find it.
KEPT = {"publish_from_drafts": core_publish_from_drafts}

type Found = set[tuple[str, str]]


def appoint(user: User, library: Library) -> None:
    """Let the user review in the library."""
    if INSTALLED:
        assign(user, "library_admin", library.package.package_ref)
    else:
        user.user_permissions.add(Permission.objects.get(codename="add_reviewedstatus"))


@pytest.fixture(name="healthy", autouse=True)
def _healthy(library: Library, reviewer: User, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site without a fault: a reviewer in the library, a cache that is shared, no module with core's own function."""
    appoint(reviewer, library)
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }
    for name, module in list(sys.modules.items()):
        # The tests keep it, to go around the gate.
        if name.partition(".")[0] in ("tests", "benchmarks") and "core_publish_from_drafts" in vars(module):
            monkeypatch.delattr(module, "core_publish_from_drafts")


def examine(subject: str = "") -> list[api.Finding]:
    """Return what the checks of one subject find, or those of all."""
    checks = [check for check in examination.all_checks() if check.id.startswith(subject)]
    assert checks
    return [finding for check in checks for finding in examination.run(check)]


def found(subject: str = "") -> Found:
    """Return the ids and levels of what is not well; each comes with what to do about it."""
    findings = [finding for finding in examine(subject) if finding.level != "ok"]
    for finding in findings:
        assert finding.sentence
        assert finding.hint
    return {(finding.id, str(finding.level)) for finding in findings}


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert found() == ON_SQLITE
    assert all(finding.sentence.endswith(".") and not finding.hint for finding in examine() if finding.level == "ok")


class Site:
    """What a fault changes, and what it needs to be undone."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
        self.settings: Any = request.getfixturevalue("settings")
        self.library: Library = request.getfixturevalue("library")
        self.reviewer: User = request.getfixturevalue("reviewer")
        self.folder: Path = request.getfixturevalue("tmp_path")
        self.undo = request.addfinalizer


type Fault = Callable[[Site], None]


# The seam with core


def core_function_in_public_api(site: Site) -> None:
    site.patch.setattr(content_api, "publish_from_drafts", KEPT["publish_from_drafts"])


def core_function_in_its_module(site: Site) -> None:
    site.patch.setattr(core_publishing, "publish_from_drafts", KEPT["publish_from_drafts"])


def another_publish_all(site: Site) -> None:
    site.patch.setattr(content_api, "publish_all_drafts", lambda *args, **kwargs: None)


def a_second_gate(site: Site) -> None:
    site.patch.setattr(content_api, "publish_from_drafts", wrapper.gated(content_api.publish_from_drafts))


def an_early_import(site: Site) -> None:
    module = ModuleType("an_early_bird")
    module.publish = KEPT["publish_from_drafts"]  # type: ignore[attr-defined]
    site.patch.setitem(sys.modules, "an_early_bird", module)


def restore_of_core(site: Site) -> None:
    site.patch.setattr(LearningPackageUnzipper, "load", core._core_load)


def no_tripwire(site: Site) -> None:
    pre_save.disconnect(sender=PublishLog, dispatch_uid=core.TRIPWIRE)
    site.undo(core.install)


def no_tripwire_and_silenced(site: Site) -> None:
    no_tripwire(site)
    site.settings.SILENCED_SYSTEM_CHECKS = ["sample_plugin_reviews.E002"]


# Receivers


def no_rows(site: Site) -> None:
    post_save.disconnect(sender=LearningPackage, dispatch_uid="sample_plugin.reviews.policy")
    site.undo(policy.install)


def no_authors(site: Site) -> None:
    pre_save.disconnect(sender=DraftChangeLog, dispatch_uid="sample_plugin.reviews.receivers")
    site.undo(receivers.install)


def no_marks(site: Site) -> None:
    post_save.disconnect(sender=DraftChangeLog, dispatch_uid="sample_plugin.reviews.receivers")
    site.undo(receivers.install)


def nothing_carried_over(site: Site) -> None:
    signal = content_api.signals.ENTITIES_DRAFT_CHANGED
    before = list(signal.receivers)
    for key, *_ in before:
        if "carry_over_reviews_after_save" in str(key):
            signal.disconnect(dispatch_uid=key[0])
    assert len(signal.receivers) < len(before)
    site.undo(lambda: connect_plugin_receivers("cms.djangoapp"))


# The filter


def filtered(config: Any) -> Fault:
    def fault(site: Site) -> None:
        site.settings.OPEN_EDX_FILTERS_CONFIG = {FILTER_TYPE: config}

    return fault


def no_filters_at_all(site: Site) -> None:
    site.settings.OPEN_EDX_FILTERS_CONFIG = ["not", "a", "dict"]


def a_step_that_crashes_when_imported(site: Site) -> None:
    (site.folder / "of_another_plugin.py").write_text("1 / 0")
    site.patch.syspath_prepend(site.folder)
    filtered({"pipeline": [STEP, "of_another_plugin.Step"], "fail_silently": True})(site)


# Settings


def configured(**settings: Any) -> Fault:
    def fault(site: Site) -> None:
        for name, value in settings.items():
            setattr(site.settings, name, value)

    return fault


def without(name: str, part: str) -> Fault:
    def fault(site: Site) -> None:
        setattr(site.settings, name, [one for one in getattr(site.settings, name) if part not in one])

    return fault


def silent_logs(site: Site) -> None:
    logger = logging.getLogger("sample_plugin.reviews.gate.refusals")
    site.undo(partial(logger.setLevel, logger.level))
    logger.setLevel(logging.CRITICAL)


# What is installed


def put_distribution(folder: Path, name: str, *lines: str, version: str = "1.0", entry_points: str = "") -> None:
    """Install a distribution that consists of its metadata."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines]))
    (info / "entry_points.txt").write_text(entry_points)


def not_installed(site: Site) -> None:
    site.patch.setattr(sys, "path", [str(site.folder)])


def an_old_package(site: Site) -> None:
    put_distribution(site.folder, "openedx-filters", version="2.1.0")
    site.patch.syspath_prepend(site.folder)


def installed_as(*lines: str) -> Fault:
    def fault(site: Site) -> None:
        entry_points = "[cms.djangoapp]\nsample_plugin_reviews = sample_plugin.reviews.apps:ReviewsConfig\n"
        put_distribution(site.folder, "openedx-sample-plugin-reviews", *lines, entry_points=entry_points)
        site.patch.syspath_prepend(site.folder)

    return fault


# The database


def not_migrated(app: str) -> Fault:
    def fault(site: Site) -> None:
        recorder = MigrationRecorder(connection)
        name = max(name for label, name in recorder.applied_migrations() if label == app)
        recorder.record_unapplied(app, name)

    return fault


def migrated_by_a_newer_release(site: Site) -> None:
    MigrationRecorder(connection).record_applied("sample_plugin_reviews", "0999_of_tomorrow")


def a_table_is_gone(site: Site) -> None:
    if connection.vendor == "mysql":
        pytest.skip("Here it would be gone for good.")
    execute("DROP TABLE sample_plugin_reviews_importedchangelog")


class Elsewhere:
    """A database router."""

    def db_for_write(self, model: type[Any], **hints: Any) -> str | None:
        """Send publishes away."""
        return "archive" if model is PublishLog else None


def another_database(site: Site) -> None:
    site.patch.setattr(router, "routers", [Elsewhere()])


def execute(statement: str) -> None:
    """Run it."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def on_this_connection(statement: str, then: str) -> Fault:
    """A fault of MySQL and MariaDB."""

    def fault(site: Site) -> None:
        if connection.vendor != "mysql":
            pytest.skip("Other databases have no such setting.")
        site.undo(partial(execute, then))
        execute(statement)

    return fault


# Roles


def roles_are_not_loaded(site: Site) -> None:
    CasbinRule.objects.filter(ptype="p", v1=f"act^{site.settings.SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION}").delete()
    AuthzEnforcer.invalidate_policy_cache()


# Celery


def celery(**conf: Any) -> Fault:
    def fault(site: Site) -> None:
        before = current_app._get_current_object()
        Celery("another", set_as_current=False, **conf).set_current()
        site.undo(before.set_current)

    return fault


def the_task_is_unknown(site: Site) -> None:
    name = tasks.publish_reviewed.name
    task = current_app.tasks[name]
    current_app.tasks.unregister(name)
    site.undo(lambda: current_app.tasks.register(task))


def import_tasks(*names: str) -> Fault:
    return configured(SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS=list(names))


PLATFORMS = "cms.djangoapps.modulestore_migrator.tasks."
BULK, SINGLE = f"{PLATFORMS}bulk_migrate_from_modulestore", f"{PLATFORMS}migrate_from_modulestore"


# Libraries


def a_row_is_missing(site: Site) -> None:
    ReviewPolicy.objects.all().delete()


def the_gate_is_off(site: Site) -> None:
    api.set_review_required(site.library.package.id, False, changed_by=site.reviewer.pk)


def advisory(site: Site) -> None:
    api.set_review_mode(site.library.package.id, "advisory", changed_by=None, reason="The first\nweeks")


def around_the_gate(site: Site) -> None:
    item = site.library.component()
    api.set_review_required(site.library.package.id, False, changed_by=None)
    KEPT["publish_from_drafts"](site.library.package.id, site.library.drafts(item))
    api.set_review_required(site.library.package.id, True, changed_by=None)


def authors_review(site: Site) -> None:
    api.set_who_may_review(site.library.package.id, "anybody", changed_by=None)


def nobody_is_left(site: Site) -> None:
    User.objects.update(is_active=False)


def too_few(site: Site) -> None:
    api.set_required_reviewers(site.library.package.id, 2, changed_by=None)


def only_staff(site: Site) -> None:
    User.objects.update(is_staff=True)


def nobody_outside_of_libraries(site: Site) -> None:
    Library.create("another-package")
    User.objects.filter(pk=site.reviewer.pk).update(is_active=INSTALLED)


def fault(words: str, fault: Fault, says: str, *, marks: Any = (), **levels: str) -> Any:
    """Return the parameters of a test: what is wrong, what a sentence says about it, and the level by check."""
    return pytest.param(fault, says, levels, id=words, marks=marks)


P, W = "problem", "warning"
DICT = {"fail_silently": False}


@pytest.mark.parametrize(
    ("seed", "says", "levels"),
    [
        # The seam
        fault("core's own function is back in the public API", core_function_in_public_api,
              "other code has replaced it", gate__wrapper=P, gate__earlier_imports=W),
        fault("core's own function is back in its module", core_function_in_its_module,
              "publishes without the review gate", gate__wrapper=P, gate__publish_all=P, gate__earlier_imports=W),
        fault("another publish_all_drafts", another_publish_all, "openedx_content.api.publish_all_drafts",
              gate__publish_all=W),
        fault("two gates", a_second_gate, "openedx_content.api.publish_from_drafts", gate__once=W),
        fault("core's own function is kept elsewhere", an_early_import, "an_early_bird.publish is core's",
              gate__earlier_imports=W),
        fault("restores are not noticed", restore_of_core, "cannot be restored", gate__restore=W),
        fault("no tripwire", no_tripwire, "goes around the review gate", gate__tripwire=P),
        fault("no tripwire, and the system check is silenced", no_tripwire_and_silenced, "goes around",
              gate__tripwire=P),
        # Receivers
        fault("new libraries get no row", no_rows, "New libraries do not get the row", receivers__new_library=W),
        fault("authors are not filled in", no_authors, "that person can review the change", receivers__author=P),
        fault("imports are not marked", no_marks, "Imports are not marked", receivers__imports=W),
        fault("nothing is carried over", nothing_carried_over, "does not receive ENTITIES_DRAFT_CHANGED",
              receivers__events=W),
        # The filter
        fault("the filter is not configured", filtered({}), "is missing from the filter",
              filter__step=W, filter__fail_silently=W),
        fault("another step comes first", filtered({"pipeline": ["tests.steps.Passes", STEP], **DICT}),
              "is not the first", filter__step=W),
        fault("crashes are passed over", filtered([STEP]), "is skipped", filter__fail_silently=W),
        fault("a string in place of a list", filtered({"pipeline": STEP, **DICT}), "is not a list of names",
              filter__form=P, filter__step=W),
        fault("a step is misspelt and stops everything", filtered({"pipeline": [STEP, "tests.steps.Pases"], **DICT}),
              "nothing can be published", filter__steps=P),
        fault("a step is misspelt and skipped", filtered([STEP, "tests.steps.Pases"]), "it is skipped, with all",
              filter__steps=W, filter__fail_silently=W),
        fault("the module of a step crashes", a_step_that_crashes_when_imported, "(division by zero)",
              filter__steps=P, filter__fail_silently=W),
        fault("a step is something else", filtered({"pipeline": [STEP, "tests.content.Library"], **DICT}),
              "it has no run_filter", filter__steps=P),
        fault("the configuration of all filters is a list", no_filters_at_all, "The check filter.form could not be",
              filter__form=P, filter__step=P, filter__fail_silently=P, filter__steps=P),
        # Settings
        fault("the number of reviewers is a string", configured(SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS="2"),
              "nothing can be published", settings__values=P, libraries__reviewers=P),
        fault("a switch is a string", configured(SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT="false"),
              "set it to True or False", settings__values=W),
        fault("a setting is misspelt", configured(SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWER=2),
              "no setting SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWER,", settings__names=W),
        fault("off by default", configured(SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT=False),
              "requires no review unless", settings__default=W),
        fault("advisory by default", configured(SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE="advisory"),
              "its mode is advisory", settings__default=W),
        fault("authors review their own changes", configured(SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW=True),
              "authors can review their own changes", settings__self_review=W),
        # The platform
        fault("no entry points", not_installed, "cms.djangoapp, lms.djangoapp", site__entry_points=P),
        fault("no REST API", configured(ROOT_URLCONF="sample_plugin.reviews.rest_api.v1.urls"), "The REST API is not",
              site__addresses=W),
        fault("no user of the request", without("MIDDLEWARE", "crum"), "which user makes a request",
              site__current_user=P),
        fault("no rules", without("AUTHENTICATION_BACKENDS", "rules"), "nobody may, except superusers",
              site__permissions=P),
        fault("a cache for each process", configured(CACHES={"default": {
              "BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}), "not shared", site__cache=W),
        fault("refusals are not logged", silent_logs, "sample_plugin.reviews.gate.refusals", site__logs=W),
        # Versions
        fault("a package is too old", an_old_package, "needs openedx-filters 3.0 or newer, and here it is 2.1.0",
              versions__packages=P),
        fault("a package is missing", installed_as("Requires-Dist: of-tomorrow>=2"), "here it is not installed",
              versions__packages=P, versions__python=W),
        fault("a requirement cannot be read", installed_as("Requires-Dist: of-tomorrow"), "cannot be read",
              versions__packages=P, versions__python=W),
        fault("a Python of another time", installed_as("Classifier: Programming Language :: Python :: 3.99"),
              "tested with: 3.99", versions__python=W),
        # The database
        fault("not migrated", not_migrated("sample_plugin_reviews"),
              "Migrations have not been run: sample_plugin_reviews", database__migrations=P),
        fault("core is not migrated", not_migrated("openedx_content"), "have not been run: openedx_content",
              database__migrations=P),
        fault("migrated by a newer release", migrated_by_a_newer_release, "sample_plugin_reviews.0999_of_tomorrow",
              database__migrations=P),
        fault("a table is gone", a_table_is_gone, "sample_plugin_reviews_importedchangelog", database__tables=P),
        fault("publishes are in another database", another_database, "another database: PublishLog",
              database__router=P),
        fault("reads are repeatable", on_this_connection(
              "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
              "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"),
              "isolation level is REPEATABLE-READ", database__isolation=P),
        fault("emoji are not sent", on_this_connection(
              "SET character_set_connection = latin1", "SET character_set_connection = utf8mb4"),
              "character set is latin1", database__connection_charset=W),
        # Roles
        fault("an unknown action", configured(SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION="content_libraries.fly"),
              "No role in the database allows content_libraries.fly", marks=needs_roles_of_plugins,
              authz__action=W, authz__roles=P, authz__library_reviewer=W),
        fault("the roles are not loaded", roles_are_not_loaded, "only global staff can review",
              marks=needs_roles_of_plugins, authz__roles=P, authz__library_reviewer=W, libraries__reviewers=P),
        fault("an action that reviewers lack", configured(
              SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION="content_libraries.manage_library_team"),
              "does not allow content_libraries.manage_library_team", marks=needs_roles_of_plugins,
              authz__library_reviewer=W),
        # Celery
        fault("an import task is misspelt", import_tasks(BULK, SINGLE, "cms.tasks.misspelt"), "cms.tasks.misspelt",
              celery__imports=W),
        fault("an import task is forgotten", import_tasks(BULK), SINGLE, celery__imports=W),
        fault("no import task is named", import_tasks(), "knows none of the import tasks", celery__imports=W),
        fault("no broker", celery(broker="amqp://127.0.0.1:1//"), "The queue cannot be reached", celery__queue=W),
        fault("a queue without a worker", celery(broker="memory://"), "where no worker finds it", celery__queue=W),
        fault("the task is unknown", the_task_is_unknown, "does not know the task", celery__publish=W),
        # Libraries
        fault("a row is missing", a_row_is_missing, "There is 1 library without the row on which publishes queue",
              libraries__rows=W),
        fault("the gate is off", the_gate_is_off, f"The gate is off in {REF}. It was set by user reviewer on ",
              libraries__gate_off=W),
        fault("advisory", advisory, "by a script, or a deleted account, on ", libraries__gate_off=W),
        fault("why advisory", advisory, ", because: The first weeks.", libraries__gate_off=W),
        fault("authors may review in a library", authors_review, f"such as {REF}", libraries__self_review=W),
        fault("nobody can review", nobody_is_left, f"In {REF} nothing can be published", libraries__reviewers=P),
        fault("too few can review", too_few, "needs a review by 2 people, and 1 person can", libraries__reviewers=P),
        fault("only staff can review", only_staff, f"but global staff: {REF}", libraries__reviewers=W),
        fault("a publish around the gate", around_the_gate, f"In {REF} 1 live item was published around",
              live__explained=P),
        fault("nobody can review what is no library", nobody_outside_of_libraries, "In another-package nothing can",
              libraries__reviewers=P),
    ],
)  # fmt: skip
def test_a_fault_is_found(request: pytest.FixtureRequest, seed: Fault, says: str, levels: dict[str, str]) -> None:
    expected = {name.replace("__", "."): level for name, level in levels.items()}
    subjects = sorted({f"{name.partition('.')[0]}." for name in expected})
    seed(Site(request))
    assert set.union(*map(found, subjects)) - ON_SQLITE == set(expected.items())
    assert says in " ".join(finding.sentence for subject in subjects for finding in examine(subject))


def test_what_has_gone_live_through_the_gate_since_is_explained(library: Library) -> None:
    package_id, item = library.package.id, library.component()
    first = content_api.get_draft_version(item.id)
    assert first
    api.set_review_required(package_id, False, changed_by=None)
    KEPT["publish_from_drafts"](package_id, library.drafts(item))
    assert found("live.") == {("live.explained", "problem")}
    library.edit(item)
    library.publish()
    assert found("live.") == set()
    # The same version again, this time with a record.
    library.set_draft(item, first.pk)
    library.publish()
    assert found("live.") == set()


@pytest.mark.parametrize(
    ("finding", "level"),
    [
        (database.judge_isolation("READ-COMMITTED"), "ok"),
        (database.judge_isolation("SERIALIZABLE"), "ok"),
        (database.judge_isolation("REPEATABLE-READ"), "problem"),
        (database.judge_isolation("READ-UNCOMMITTED"), "problem"),
        (database.judge_charset("utf8mb4"), "ok"),
        (database.judge_charset("utf8mb3"), "warning"),
        (database.judge_engines({"one": "InnoDB", "two": "InnoDB"}), "ok"),
        (database.judge_engines({"one": "InnoDB", "two": "MyISAM"}), "problem"),
    ],
)
def test_what_a_server_says_is_judged(finding: api.Finding, level: str) -> None:
    assert finding.level == level


@pytest.mark.skipif(connection.vendor != "mysql", reason="Other databases have no such values.")
def test_the_values_are_read_from_the_server() -> None:
    assert found("database.") == set()


# How people are counted


def test_a_role_in_another_library_does_not_count(library: Library, reviewer: User) -> None:
    other = Library.create("lib:Test:Other")
    assert found("libraries.") == ({("libraries.reviewers", "problem")} if INSTALLED else set())
    appoint(reviewer, other)
    assert found("libraries.") == set()


@needs_authz
def test_a_role_that_does_not_allow_it_does_not_count(reviewer: User) -> None:
    library = Library.create("lib:Test:Other")
    assign(reviewer, "library_user", library.package.package_ref)
    assert found("libraries.") == {("libraries.reviewers", "problem")}


def test_where_the_gate_is_off_nobody_has_to_review(library: Library) -> None:
    nobody = Library.create("lib:Test:Other")
    api.set_review_required(nobody.package.id, False, changed_by=None)
    assert found("libraries.") == {("libraries.gate_off", "warning")}


def test_queries_do_not_depend_on_how_many_people_and_changes_there_are(
    library: Library, reviewer: User, other_reviewer: User
) -> None:
    def queries() -> int:
        examine("libraries.")  # openedx-authz reads roles that are new
        with CaptureQueriesContext(connection) as captured:
            examine("libraries.")
        return len(captured)

    few = queries()
    for n in range(20):
        library.component()
        appoint(User.objects.create_user(f"reviewer-{n}"), library)
        User.objects.create_user(f"user-{n}")
    assert queries() == few
    packages = [Library.create(f"lib:Test:L{n}") for n in range(4)]
    for package in packages:
        appoint(reviewer, package)
    more = queries()
    for n in range(4):
        appoint(reviewer, Library.create(f"lib:Test:M{n}"))
    assert queries() - more == more - few


# The command


def run(*args: str) -> tuple[str, str]:
    """Run the command with the system checks that it asks for, and return what it prints, and why it has failed."""
    out, command = StringIO(), reviews_doctor.Command()
    options = vars(command.create_parser("manage.py", "reviews_doctor").parse_args(args))
    try:
        command.execute(**{**options, "stdout": out, "skip_checks": False})
    except CommandError as exc:
        return out.getvalue(), f"{exc} [{exc.returncode}]"
    return out.getvalue(), ""


def test_each_check_has_a_line_and_a_summary_counts_them() -> None:
    printed, failure = run()
    assert failure == ""
    lines = printed.splitlines()
    assert "ok       The gate is there once." in lines
    findings = examine()
    warnings, ok = ("1 warning" if ON_SQLITE else "0 warnings"), len(findings) - len(ON_SQLITE)
    assert lines[-1] == f"Checked: {len(findings)}. 0 problems, {warnings}, {ok} ok."


def test_a_problem_fails_and_says_what_to_do(library: Library, settings: Any) -> None:
    User.objects.update(is_active=False)
    # Django's system checks find this too, and would end any other command.
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 0
    api.set_required_reviewers(library.package.id, 1, changed_by=None)
    printed, failure = run()
    assert f"\nproblem  In {REF} nothing can be published: " in printed
    assert "\n         Give the role library_reviewer in this library to more people" in printed
    assert failure.startswith("The doctor found 2 problems")
    assert failure.endswith(" [1]")


def test_a_warning_fails_only_if_asked_to(library: Library) -> None:
    api.set_review_required(library.package.id, False, changed_by=None)
    printed, failure = run()
    assert (f"\nwarning  The gate is off in {REF}" in printed, failure) == (True, "")
    assert "warning" in run("--strict")[1]


def test_json_has_the_same_in_a_list(library: Library) -> None:
    api.set_review_required(library.package.id, False, changed_by=None)
    printed, failure = run("--format", "json")
    listed = json.loads(printed)
    assert listed == [
        {"id": one.id, "level": one.level, "sentence": one.sentence, "hint": one.hint} for one in examine()
    ]
    assert {"libraries.gate_off", "gate.tripwire"} <= {one["id"] for one in listed}
    assert failure == ""
    User.objects.update(is_active=False)
    api.set_review_required(library.package.id, True, changed_by=None)
    printed, failure = run("--format", "json")
    assert [one["id"] for one in json.loads(printed) if one["level"] == "problem"] == ["libraries.reviewers"]
    assert failure.startswith("The doctor found 1 problem")


def test_the_order_is_that_of_the_checks_and_all_ids_are_unique() -> None:
    ids = [check.id for check in examination.all_checks()]
    assert len(set(ids)) == len(ids)
    assert list(dict.fromkeys(finding.id for finding in api.examine())) == [one for one in ids if examine(one)]


@pytest.mark.once
def test_each_subject_is_in_the_reference() -> None:
    subjects = dict.fromkeys(check.id.partition(".")[0] for check in examination.all_checks())
    page = (Path(__file__).parents[1] / "docs/reference/commands.rst").read_text(encoding="utf-8")
    _before, _heading, section = page.partition("\nWhether the gate holds\n")
    assert re.findall(r"^``(\w+)``$", section, re.MULTILINE) == list(subjects)


def test_nothing_in_the_database_changes() -> None:
    if INSTALLED:
        PolicyCacheControl.objects.all().delete()  # as before openedx-authz is asked for the first time
    before = everything()
    run()
    assert everything() == before


def test_nothing_that_people_wrote_does_anything_to_the_terminal(library: Library) -> None:
    LearningPackage.objects.update(package_ref="lib:\x1b[2J\nok")
    api.set_review_required(library.package.id, False, changed_by=None)
    printed, _failure = run()
    assert "\x1b" not in printed
    assert "The gate is off in lib:⟨U+001B⟩[2J ok" in printed


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_progress_is_shown_on_a_terminal_and_makes_way_for_the_lines(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.update(is_active=False)
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    printed, _failure = run()
    assert "Who can review:   0%" in stderr.getvalue()
    assert "%" not in printed
    assert stderr.getvalue().rpartition("\r")[2].strip() == ""


def test_no_progress_is_shown_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reviews_doctor")
    assert capsys.readouterr().err == ""
