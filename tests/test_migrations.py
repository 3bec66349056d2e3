"""The plugin's migrations run both ways, with what people have stored, on the database that the tests run on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLogRecord, PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus, ReviewPolicy, ReviewPolicyChange
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, ids, now, publish_state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_core, pytest.mark.essential]

APP = "sample_plugin_reviews"
MIGRATIONS = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == APP)
MODELS = (ReviewedStatus, ReviewPolicy, ReviewPolicyChange, PublishJudgement)


def migrate(to: str) -> None:
    """Take our tables to what they are after this migration, in either direction."""
    # As the command does, without its signals: they look at every app each time.
    MigrationExecutor(connection).migrate([(APP, None if to == "zero" else to)])


def our_tables() -> dict[str, Any]:
    """Return what the database knows of our tables: columns, and constraints and indexes but for the names of those."""
    tables = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(APP):
                columns = connection.introspection.get_table_description(cursor, name)
                constraints = connection.introspection.get_constraints(cursor, name).values()
                tables[name] = {c.name: (c.type_code, c.null_ok) for c in columns}, sorted(map(str, constraints))
    return tables


def our_rows(*, before_carry_over: bool = False, before_judgements: bool = False) -> list[Any]:
    """Return all that is in our tables, or what of that there was a place for in earlier releases."""
    found: list[list[Any]] = [list(model._base_manager.order_by("pk").values()) for model in MODELS]
    reviews, _policies, changes, judgements = found
    if before_carry_over:
        for row in reviews:
            row["carried_over_from_id"] = None
    if before_judgements:
        for row in changes:
            row |= {"id": None, "old_in_force": ""}
        # Of a bypass only the number of items was known, and of other publishes nothing.
        unknown: dict[str, Any] = {"mode": "", "required_reviewers": None, "change_count": None, "unreviewed": []}
        for row in judgements:
            row |= unknown
            if row["basis"] != Basis.BYPASSED:
                published_at = PublishLog.objects.get(pk=row["publish_log_id"]).published_at
                row |= {"basis": Basis.BEFORE_PLUGIN, "unreviewed_count": None, "created": published_at}
    return found


@pytest.fixture(autouse=True)
def _as_the_next_test_expects_it(transactional_db: None) -> Iterator[None]:
    """Take our tables to the last migration, however a test ends."""
    yield
    if (APP, MIGRATIONS[-1]) not in MigrationRecorder(connection).applied_migrations():
        migrate(MIGRATIONS[-1])


@pytest.fixture(name="stored")
def _stored(library: Library, reviewer: User, other_reviewer: User) -> Library:
    """The library, with rows of every kind."""
    live, past_the_gate, resaved, withdrawn, _unreviewed = (library.component() for _ in range(5))
    api.mark_reviewed(live.id, reviewer_id=reviewer.pk, note="Geprüft ✓")
    api.publish_reviewed_items(library.package.id)
    with api.bypass_review(reason="Urgent", user_id=reviewer.pk):
        library.publish(past_the_gate)
    library.delete(live)
    for item in (live, resaved, withdrawn):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
        api.mark_reviewed(item.id, reviewer_id=other_reviewer.pk)
    library.edit(resaved, title=resaved.versioning.draft.title)
    for by in (reviewer, other_reviewer):
        api.withdraw_review(withdrawn.id, reviewer_id=by.pk)
    api.set_review_required(library.package.id, True, changed_by=reviewer.pk)
    assert our_rows() != our_rows(before_carry_over=True)
    assert set(PublishJudgement.objects.values_list("basis", flat=True)) == {Basis.REVIEWED, Basis.BYPASSED}
    return library


# From the second migration on nothing is lost, and the way to it leads through all later ones.
@pytest.mark.parametrize("back_to", MIGRATIONS[:2])
def test_a_way_back_and_forth_ends_where_it_began(
    stored: Library, back_to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, state = our_tables(), publish_state()
    expected = our_rows(before_carry_over=back_to == MIGRATIONS[0], before_judgements=True)
    migrate(back_to)
    assert our_tables() != {}
    assert capsys.readouterr().out == ""  # no verdict and no decision about reviews is lost
    migrate(MIGRATIONS[-1])
    assert our_tables() == tables
    for row in (found := our_rows())[2]:
        row["id"] = None
    assert found == expected
    assert publish_state() == state


def test_without_our_tables_nothing_is_published_and_made_anew_they_know_of_no_review(stored: Library) -> None:
    tables, state = our_tables(), publish_state()
    migrate("zero")
    assert our_tables() == {}
    with pytest.raises(DatabaseError):
        stored.publish()
    assert publish_state() == state
    migrate(MIGRATIONS[-1])
    assert our_tables() == tables
    undecided = {"changed_at": None, "changed_by_id": None, "required_reviewers": None, "mode": "", "review_starts": ""}
    assert our_rows()[:3] == [
        [],
        [{"learning_package_id": stored.package.id, "who_may_review": "", **undecided}],
        [],
    ]
    assert set(PublishJudgement.objects.values_list("publish_log", "basis")) == {
        (pk, Basis.BEFORE_PLUGIN) for pk in PublishLog.objects.values_list("pk", flat=True)
    }
    assert publish_state() == state
    changed = content_api.get_entities_with_unpublished_changes(stored.package.id, include_deleted_drafts=True)
    assert ids(api.get_unreviewed_entities(stored.package.id)) == ids(changed)
    assert api.publish_reviewed_items(stored.package.id).published == ()
    with pytest.raises(UnreviewedChanges):
        stored.publish()


@pytest.mark.parametrize("by", ["the policy", "the settings"])
def test_on_the_way_back_reviews_do_not_become_enough_and_what_is_lost_is_printed(
    by: str,
    library: Library,
    reviewer: User,
    other_reviewer: User,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reviewed_by_one, by_both, requested, live, deleted = (library.component() for _ in range(5))
    for item in (reviewed_by_one, by_both, requested, live, deleted):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(by_both.id, reviewer_id=other_reviewer.pk)
    library.publish(live, deleted)
    library.delete(deleted)
    api.mark_reviewed(deleted.id, reviewer_id=reviewer.pk)
    api.request_changes(requested.id, reviewer_id=other_reviewer.pk, note="More salt")
    if by == "the policy":
        api.set_required_reviewers(library.package.id, 2, changed_by=None)
    else:
        settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 2
    migrate("0004_index_by_entity_and_reviewer")
    printed = capsys.readouterr().out
    assert "Requests withdrawn: 1." in printed
    assert "Reviews withdrawn: 3." in printed
    assert ("'lib:Test:Gated' --reviewers 2" in printed) is (by == "the policy")
    assert ("not for 2 as the settings do" in printed) is (by == "the settings")
    with connection.cursor() as cursor:  # the earlier release takes any verdict in force for a review
        cursor.execute("SELECT COUNT(*) FROM sample_plugin_reviews_reviewedstatus WHERE in_force")
        assert cursor.fetchone() == (4,)
    migrate(MIGRATIONS[-1])
    # As it is for what the earlier release asks for, which is one review.
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 1
    assert ids(api.get_reviewed_entities(library.package.id)) == {by_both.id}
    in_force = ReviewedStatus.objects.in_force().values_list("entity_id", "version_num")
    assert sorted(in_force) == sorted([(by_both.id, 1), (by_both.id, 1), (live.id, 1), (deleted.id, 1)])


def test_of_two_verdicts_of_a_person_on_a_version_the_upgrade_keeps_the_request(
    library: Library, reviewer: User, other_reviewer: User
) -> None:
    """As earlier releases left them, one on each record that had put the version in place."""
    twice, contradicted = library.component(), library.component()
    migrate("0005_verdicts")
    for item, verdicts in ((twice, ("reviewed", "reviewed")), (contradicted, ("reviewed", "changes_requested"))):
        version = item.versioning.draft.publishable_entity_version
        library.delete(item)
        library.set_draft(item, version.id)
        records = DraftChangeLogRecord.objects.filter(entity=item.id, new_version=version).order_by("pk")
        for record, verdict in zip(records, verdicts, strict=True):
            with connection.cursor() as cursor:  # there is no model for what the tables are now
                cursor.execute(
                    "INSERT INTO sample_plugin_reviews_reviewedstatus (entity_id, draft_change_log_record_id, "
                    "version_id, version_num, reviewer_id, verdict, note, created, in_force, withdrawn_reason) "
                    "VALUES (%s, %s, %s, 1, %s, %s, '', %s, %s, '')",
                    [item.id, record.pk, version.id, reviewer.pk, verdict, now().replace(tzinfo=None), True],
                )
    migrate(MIGRATIONS[-1])
    in_force = ReviewedStatus.objects.in_force().order_by("entity", "pk")
    assert [(one.entity_id, one.verdict) for one in in_force] == [
        (twice.id, "reviewed"),
        (contradicted.id, "changes_requested"),
    ]
    assert ids(api.get_reviewed_entities(library.package.id)) == {twice.id}
    assert ReviewedStatus.objects.count() == 4  # withdrawn, and still on record


def test_a_way_back_says_which_parts_of_a_policy_it_loses(
    library: Library, reviewer: User, capsys: pytest.CaptureFixture[str]
) -> None:
    api.change_policy(
        library.package.id,
        changed_by=reviewer.pk,
        reason="A small team",
        who_may_review="not_last_editor",
        review_starts="when_asked",
    )
    migrate("0006_utf8mb4")
    printed = capsys.readouterr().out
    assert "in lib:Test:Gated changes were reviewed by: not_last_editor" in printed
    assert "in lib:Test:Gated a change waited for a review when an author asked" in printed


def test_the_upgrade_keeps_bypasses_and_policies_and_says_what_it_does_not_know(
    stored: Library, reviewer: User, capsys: pytest.CaptureFixture[str]
) -> None:
    open_library, closed, undecided, advisory = (Library.create(f"lib:Test:{name}") for name in "OCUA")
    api.set_review_mode(open_library.package.id, "off", changed_by=reviewer.pk, reason="Forgotten on the way back")
    api.set_who_may_review(open_library.package.id, "anybody", changed_by=None)
    api.set_review_mode(closed.package.id, "required", changed_by=None, reason="")
    api.set_review_mode(advisory.package.id, "advisory", changed_by=None, reason="The first weeks")
    [bypass] = PublishJudgement.objects.filter(basis=Basis.BYPASSED)
    migrate("0008_one_row_for_each_package")
    assert "'lib:Test:A' requires reviews from now on" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT publish_log_id, user_id, reason, unreviewed_count FROM sample_plugin_reviews_reviewbypass"
        )
        assert list(cursor.fetchall()) == [(bypass.pk, reviewer.pk, "Urgent", 1)]
    migrate(MIGRATIONS[-1])
    kept = PublishJudgement.objects.get(basis=Basis.BYPASSED)
    assert (kept.pk, kept.decided_by, kept.reason, kept.created) == (bypass.pk, reviewer, "Urgent", bypass.created)
    assert (kept.unreviewed_count, kept.change_count, kept.mode, kept.required_reviewers) == (1, None, "", None)
    # Every publish has its record, and no other.
    others = PublishLog.objects.exclude(pk=bypass.pk)
    assert others.exists()
    assert {one.review_judgement.basis for one in others} == {Basis.BEFORE_PLUGIN}
    assert all(one.review_judgement.created == one.published_at for one in others)
    modes = dict(ReviewPolicy.objects.values_list("learning_package__package_ref", "mode"))
    assert modes == {
        "lib:Test:Gated": "required",
        "lib:Test:O": "off",
        "lib:Test:C": "required",
        "lib:Test:U": "",
        "lib:Test:A": "required",
    }
    # The history begins with the last change, of which neither the reason nor what was before is known.
    policy = ReviewPolicy.objects.get(pk=open_library.package.id)
    assert [
        (one.field, one.old_value, one.new_value, one.new_in_force, one.old_in_force, one.reason, one.changed_at)
        for one in api.get_policy_history(open_library.package.id)
    ] == [
        ("who_may_review", "", "anybody", "anybody", "", "", policy.changed_at),
        ("mode", "", "off", "off", "", "", policy.changed_at),
    ]
    assert not api.get_policy_history(undecided.package.id).exists()
    [period] = api.get_open_periods(open_library.package.id)
    assert (period.since, period.until) == (policy.changed_at, None)
