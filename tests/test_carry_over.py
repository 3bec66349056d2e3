"""A save that changes nothing costs nobody a second review; a save that changes anything does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from edx_django_utils.plugins import PluginSignals
from openedx_content import api as content_api
from openedx_content import signals as core_signals
from openedx_content.models_api import Component

from sample_plugin.reviews import api, receivers, signals
from sample_plugin.reviews.apps import ReviewsConfig
from sample_plugin.reviews.drafts import unchanged
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.verdicts.carry_over import carry_over_reviews

from .content import Library, draft_record, is_reviewed, now

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

type Review = Callable[..., None]
type Save = Callable[..., int]


@pytest.fixture(name="commit")
def _commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A function that gives a block after which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(name="save")
def _save(library: Library, commit: Any) -> Save:
    """A function that saves an item, as it is or with these differences, and returns the id of the new version."""

    def save(item: Any, by: int | None = None, title: str | None = None, **differences: Any) -> int:
        title = title or title_of(item)
        author = by or library.author_id
        with commit():
            if isinstance(item, Component):
                files = differences.pop("files", {})
                version = content_api.create_next_component_version(
                    item.id, media_to_replace=files, title=title, created=now(), created_by=author, **differences
                )
                return int(version.pk)
            return int(library.edit(item, title=title, by=author, **differences))

    return save


def title_of(item: Any) -> str:
    """Return the title of the draft."""
    version = content_api.get_draft_version(item.id)
    assert version is not None
    return str(version.title)


def with_files(library: Library, **kwargs: Any) -> Component:
    """Return a new component with two files."""
    component = library.component(title="Salt", **kwargs)
    content_api.create_next_component_version(
        component.id,
        media_to_replace={"block.xml": b"<html>Salt</html>", "static/Salt.txt": b"NaCl"},
        created=now(),
        created_by=library.author_id,
    )
    return component


def text_media(library: Library, media_type: str, text: str) -> Any:
    """Return the id of a piece of media."""
    return content_api.get_or_create_text_media(
        library.package.id, content_api.get_or_create_media_type(media_type).id, text=text, created=now()
    ).id


# Nothing has changed


def test_saving_a_component_unchanged_keeps_it_reviewed(library: Library, review: Review, save: Save) -> None:
    component = with_files(library)
    review(component)
    version_id = save(component, files={"block.xml": b"<html>Salt</html>"})
    assert draft_record(component).new_version_id == version_id
    assert is_reviewed(library, component)
    library.publish()


def test_saving_a_component_without_files_unchanged_keeps_it_reviewed(
    library: Library, review: Review, save: Save
) -> None:
    component = library.component()
    review(component)
    save(component)
    assert is_reviewed(library, component)


def test_saving_a_container_unchanged_keeps_it_reviewed(library: Library, review: Review, save: Save) -> None:
    pinned, unpinned = library.component(), library.component()
    unit = library.unit(content_api.get_draft_version(pinned.id), unpinned)
    subsection = library.subsection(unit)
    empty = library.unit()
    for container in (unit, subsection, library.section(subsection), empty):
        review(container)
        save(container)
        assert is_reviewed(library, container)
    save(unit, entities=[content_api.get_draft_version(pinned.id), unpinned])
    assert is_reviewed(library, unit)


def test_what_is_carried_over_says_so(library: Library, reviewer: User, save: Save) -> None:
    component = library.component()
    given = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="Well explained")
    version_id = save(component)
    carried_over = ReviewedStatus.objects.exclude(pk=given.pk).get()
    assert carried_over.carried_over_from == given
    assert (carried_over.reviewer, carried_over.note, carried_over.in_force) == (reviewer, "Well explained", True)
    assert (carried_over.entity_id, carried_over.draft_change_log_record) == (component.id, draft_record(component))
    assert (carried_over.version_id, carried_over.version_num) == (version_id, 2)
    assert carried_over.created > given.created
    given.refresh_from_db()
    assert (given.carried_over_from, given.version_num, given.in_force) == (None, 1, True)


def test_however_many_saves_ago_the_review_that_was_given_is_named(
    library: Library, reviewer: User, save: Save
) -> None:
    component = library.component()
    given = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    for _ in range(3):
        save(component)
    assert is_reviewed(library, component)
    carried_over = ReviewedStatus.objects.exclude(pk=given.pk).order_by("pk")
    assert [review.version_num for review in carried_over] == [2, 3, 4]
    assert {review.carried_over_from for review in carried_over} == {given}


def test_it_does_not_matter_who_has_saved(library: Library, reviewer: User, review: Review, save: Save) -> None:
    component = library.component()
    review(component)
    save(component, by=reviewer.pk)
    assert is_reviewed(library, component)


def test_every_reviewers_review_is_carried_over(
    library: Library, reviewer: User, other_reviewer: User, save: Save
) -> None:
    component = library.component()
    for person in (reviewer, other_reviewer):
        api.mark_reviewed(component.id, reviewer_id=person.pk)
    version_id = save(component)
    assert {review.reviewer for review in ReviewedStatus.objects.filter(version=version_id)} == {
        reviewer,
        other_reviewer,
    }


def test_the_review_of_somebody_whose_account_was_deleted_is_carried_over(
    library: Library, reviewer: User, review: Review, save: Save
) -> None:
    component = library.component()
    review(component)
    reviewer.delete()
    version_id = save(component)
    assert ReviewedStatus.objects.get(version=version_id).reviewer is None
    # Nor twice: the constraint lets rows without a reviewer stand any number of times.
    carry_over_reviews(draft_record(component).draft_change_log_id)
    assert ReviewedStatus.objects.filter(version=version_id).count() == 1


def test_what_the_reviewer_has_marked_meanwhile_is_left_as_it_is(
    library: Library, reviewer: User, review: Review, commit: Any
) -> None:
    component = library.component()
    review(component)
    with commit():
        library.edit(component, title=title_of(component))
        given = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="Looked again")
    assert ReviewedStatus.objects.count() == 2
    given.refresh_from_db()
    assert (given.note, given.carried_over_from) == ("Looked again", None)


def test_what_the_reviewer_marks_at_this_very_moment_is_left_as_it_is(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component()
    review(component)
    library.edit(component, title=title_of(component))
    begun = False

    def mark_before_insert(execute: Any, sql: str, *args: Any) -> Any:
        nonlocal begun
        if sql.startswith("INSERT") and not begun:
            begun = True
            api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="Looked again")
        return execute(sql, *args)

    with connection.execute_wrapper(mark_before_insert):
        carry_over_reviews(draft_record(component).draft_change_log_id)
    assert ReviewedStatus.objects.get(version_num=2).note == "Looked again"


def test_what_the_reviewer_has_marked_under_another_change_is_not_marked_again(
    library: Library, review: Review, save: Save, commit: Any
) -> None:
    """The draft goes back to a version that the reviewer has reviewed; the change that takes it there is a new one."""
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    save(component)
    with commit():
        library.set_draft(component, version.pk)
    assert ReviewedStatus.objects.filter(version=version).count() == 1


def test_a_bulk_edit_that_ends_where_it_began_keeps_the_item_reviewed(
    library: Library, review: Review, commit: Any
) -> None:
    component = library.component(title="Salt")
    review(component)
    with commit(), content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        library.edit(component, title="Pepper")
        library.edit(component, title="Salt")
    assert is_reviewed(library, component)


def test_two_saves_in_one_transaction_keep_the_item_reviewed(library: Library, review: Review, commit: Any) -> None:
    component = library.component(title="Salt")
    review(component)
    with commit():
        library.edit(component, title="Salt")
        library.edit(component, title="Salt")
    assert is_reviewed(library, component)


# Something has changed


@pytest.mark.parametrize(
    "differences",
    [
        pytest.param({"title": "Pepper"}, id="title"),
        pytest.param({"title": "salt"}, id="case of the title"),
        pytest.param({"title": "Salt "}, id="space after the title"),
        pytest.param({"title": "Sált"}, id="accent in the title"),
        pytest.param({"files": {"block.xml": b"<html>Pepper</html>"}}, id="a file"),
        pytest.param({"files": {"block.xml": b"<html>salt</html>"}}, id="case in a file"),
        pytest.param({"files": {"static/more.txt": b"NaCl"}}, id="one file more"),
        pytest.param({"files": {"static/empty.txt": b""}}, id="one file more, empty"),
        pytest.param({"files": {"static/Salt.txt": None}}, id="one file less"),
        pytest.param({"files": {"static/Salt.txt": None, "static/new.txt": b"NaCl"}}, id="name of a file"),
        pytest.param({"files": {"static/Salt.txt": None, "static/salt.txt": b"NaCl"}}, id="case of a file's name"),
        pytest.param({"ignore_previous_media": True}, id="no files at all"),
        pytest.param(
            {"files": {"block.xml": b"NaCl", "static/Salt.txt": b"<html>Salt</html>"}}, id="files that change places"
        ),
    ],
)
def test_any_difference_in_a_component_needs_a_new_review(
    library: Library, review: Review, save: Save, differences: dict[str, Any]
) -> None:
    component = with_files(library)
    review(component)
    save(component, **differences)
    assert not is_reviewed(library, component)
    assert not ReviewedStatus.objects.exclude(carried_over_from=None).exists()


def test_the_same_text_as_another_media_type_needs_a_new_review(library: Library, review: Review, save: Save) -> None:
    component = library.component()
    save(component, files={"data": text_media(library, "application/json", '["salt"]')})
    review(component)
    save(component, files={"data": text_media(library, "application/json", '["salt"]')})
    assert is_reviewed(library, component)
    save(component, files={"data": text_media(library, "application/yaml", '["salt"]')})
    assert not is_reviewed(library, component)


@pytest.mark.parametrize(
    "difference",
    [
        pytest.param(lambda first, second: {"title": "another title"}, id="title"),
        pytest.param(lambda first, second: {"title": "the unit"}, id="case of the title"),
        pytest.param(lambda first, second: {"entities": [second, first]}, id="order"),
        pytest.param(lambda first, second: {"entities": [first]}, id="one child less"),
        pytest.param(lambda first, second: {"entities": [first, second, second]}, id="one child twice"),
        pytest.param(lambda first, second: {"entities": []}, id="no children"),
        pytest.param(
            lambda first, second: {"entities": [first, content_api.get_draft_version(second.id)]}, id="a pinned child"
        ),
    ],
)
def test_any_difference_in_a_container_needs_a_new_review(
    library: Library, review: Review, save: Save, difference: Callable[[Component, Component], dict[str, Any]]
) -> None:
    first, second = library.component(), library.component()
    unit = library.unit(first, second, title="The unit")
    review(unit)
    save(unit, **difference(first, second))
    assert not is_reviewed(library, unit)
    assert not ReviewedStatus.objects.exclude(carried_over_from=None).exists()


def test_another_pinned_version_of_a_child_needs_a_new_review(library: Library, review: Review, save: Save) -> None:
    child = library.component()
    unit = library.unit(content_api.get_draft_version(child.id))
    review(unit, child)
    save(child)
    save(unit, entities=[content_api.get_draft_version(child.id)])
    assert not is_reviewed(library, unit)


def test_a_childs_change_is_the_childs_own_affair(library: Library, review: Review, save: Save, commit: Any) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    with commit(), content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        library.edit(child, title="Changed")
        library.edit(unit, title=title_of(unit))
    assert is_reviewed(library, unit)
    assert not is_reviewed(library, child)


def test_a_side_effect_on_a_parent_carries_nothing_over(library: Library, review: Review, save: Save) -> None:
    child = library.component()
    unit = library.unit(child)
    review(unit)
    save(child, title="Changed")
    assert draft_record(unit).old_version == draft_record(unit).new_version
    assert ReviewedStatus.objects.count() == 1


def test_what_is_neither_component_nor_container_needs_a_new_review(
    library: Library, reviewer: User, commit: Any
) -> None:
    """Nobody here knows what it says."""
    entity = content_api.create_publishable_entity(library.package.id, "something-else", now(), library.author_id)
    for number in (1, 2):
        with commit():
            content_api.create_publishable_entity_version(
                entity.id, version_num=number, title="Same", created=now(), created_by=library.author_id
            )
        if number == 1:
            api.mark_reviewed(entity.id, reviewer_id=reviewer.pk)
    assert ReviewedStatus.objects.count() == 1


def test_a_container_of_a_type_that_is_not_known_needs_a_new_review(
    library: Library, review: Review, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may say more than its title and its children, in tables of another plugin."""
    unit, section = library.unit(title="Same"), library.section(title="Same")
    review(unit, section)
    monkeypatch.setattr(unchanged, "_CONTAINER_TYPES", {"section"})
    save(unit, title="Same")
    save(section, title="Same")
    assert (is_reviewed(library, unit), is_reviewed(library, section)) == (False, True)


def test_a_version_that_is_not_complete_yet_needs_a_new_review(library: Library, review: Review, commit: Any) -> None:
    """The event comes when the version is there, and what makes it a component's is not."""
    component = library.component(title="Salt")
    review(component)
    with commit():
        content_api.create_publishable_entity_version(
            component.id, version_num=2, title="Salt", created=now(), created_by=library.author_id
        )
    assert ReviewedStatus.objects.count() == 1


def test_what_was_not_reviewed_before_is_not_reviewed_after(library: Library, review: Review, save: Save) -> None:
    component, other = library.component(), library.component()
    review(other)
    save(component)
    assert not is_reviewed(library, component)


def test_only_the_replaced_versions_review_counts(library: Library, review: Review, save: Save) -> None:
    component = library.component(title="Salt")
    review(component)
    save(component, title="Pepper")
    save(component)
    assert not is_reviewed(library, component)
    save(component, title="Salt")
    assert not is_reviewed(library, component)


def test_a_deletion_is_never_carried_over(library: Library, review: Review, commit: Any) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    library.delete(component)
    review(component)
    with commit():
        library.set_draft(component, version.pk)
    with commit():
        library.delete(component)
    assert not is_reviewed(library, component)
    assert ReviewedStatus.objects.count() == 2


def test_of_many_changes_those_that_changed_nothing_are_carried_over(
    library: Library, review: Review, commit: Any
) -> None:
    same, changed, unreviewed = (library.component() for _ in range(3))
    same_unit, changed_unit = library.unit(same), library.unit(same)
    review(same, changed, same_unit, changed_unit)
    with commit(), content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        for item in (same, unreviewed, same_unit):
            library.edit(item, title=title_of(item))
        library.edit(changed, title="Changed")
        library.edit(changed_unit, title=title_of(changed_unit), entities=[])
        library.component()
    assert [is_reviewed(library, item) for item in (same, same_unit)] == [True, True]
    assert [is_reviewed(library, item) for item in (changed, changed_unit, unreviewed)] == [False, False, False]


# Withdrawals


def test_a_withdrawn_review_is_not_carried_over(library: Library, reviewer: User, review: Review, save: Save) -> None:
    component = library.component()
    review(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    save(component)
    assert not is_reviewed(library, component)
    assert ReviewedStatus.objects.count() == 1


def test_a_withdrawn_review_is_not_carried_over_along_with_somebody_elses(
    library: Library, reviewer: User, other_reviewer: User, review: Review, save: Save
) -> None:
    component = library.component()
    review(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)
    version_id = save(component)
    assert ReviewedStatus.objects.get(version=version_id).reviewer == other_reviewer


def test_withdrawing_a_review_withdraws_what_was_carried_over_from_it(
    library: Library, reviewer: User, review: Review, save: Save
) -> None:
    component = library.component()
    review(component)
    save(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    assert not is_reviewed(library, component)
    assert not ReviewedStatus.objects.in_force().exists()
    save(component)
    assert not is_reviewed(library, component)


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_that_comes_in_while_a_review_is_carried_over_withdraws_the_copy_too(
    library: Library, reviewer: User, review: Review
) -> None:
    if connection.vendor != "mysql":
        pytest.skip("SQLite's in-memory database has one connection; this runs on MySQL and MariaDB")
    # Enough others for the database to look for an entity's reviews by an index. By the one that there is, it waits for
    # the lock in front of the place where the copy comes in, and would find it in any case; by another one, such as
    # newest first, it has passed that place. Which one it takes is its own affair.
    review(*(library.component() for _ in range(30)))
    component = library.component()
    library.edit(component, title=title_of(component))
    record = draft_record(component)
    ReviewedStatus.objects.create(
        entity_id=component.id, version=record.old_version, version_num=1, reviewer=reviewer, created=now()
    )
    errors: list[Exception] = []

    def withdraw() -> None:
        try:
            api.withdraw_review(component.id, reviewer_id=reviewer.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    def is_waiting() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'")
            return bool(cursor.fetchone()[1] != "0")

    thread = threading.Thread(target=withdraw)

    def withdraw_before_insert(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("INSERT") and not thread.ident:
            thread.start()
            # It waits for our lock; without one it would be over now, and miss what is inserted next.
            while thread.is_alive() and not is_waiting():
                pass
        return execute(sql, *args)

    with connection.execute_wrapper(withdraw_before_insert):
        carry_over_reviews(record.draft_change_log_id)
    thread.join()
    assert errors == []
    reviews = ReviewedStatus.objects.filter(entity_id=component.id)
    assert [review.in_force for review in reviews] == [None, None]


def test_carrying_over_is_told_to_nobody_as_a_review(library: Library, review: Review, save: Save) -> None:
    events: list[dict[str, Any]] = []

    def receive(**kwargs: Any) -> None:
        events.append(kwargs)

    component = library.component()
    review(component)
    signals.ENTITIES_REVIEWED.connect(receive)
    try:
        save(component)
    finally:
        signals.ENTITIES_REVIEWED.disconnect(receive)
    assert is_reviewed(library, component)
    assert events == []


# When something goes wrong


def test_a_crash_harms_neither_the_save_nor_the_transaction_around_it(
    library: Library, review: Review, save: Save, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    """The database fails halfway. With DEBUG on, openedx-events lets a receiver's crash through."""
    settings.DEBUG = True
    component = library.component()
    review(component)

    def fail_after_insert(execute: Any, sql: str, *args: Any) -> Any:
        result = execute(sql, *args)
        if sql.startswith("INSERT") and ReviewedStatus._meta.db_table in sql:
            raise OperationalError("Lock wait timeout exceeded")
        return result

    with connection.execute_wrapper(fail_after_insert):
        version_id = save(component)
    assert draft_record(component).new_version_id == version_id
    assert not is_reviewed(library, component)
    assert "No review was carried over" in caplog.text
    assert "Lock wait timeout exceeded" in caplog.text


def test_a_change_log_that_is_gone_carries_nothing_over_and_is_no_error(
    library: Library, review: Review, commit: Any, caplog: pytest.LogCaptureFixture
) -> None:
    component = library.component()
    review(component)
    with commit():
        library.edit(component, title=title_of(component))
        change_log = draft_record(component).draft_change_log
        change_log.records.all().delete()
        change_log.delete()
    assert not is_reviewed(library, component)
    assert "No review was carried over" not in caplog.text


def test_a_package_that_is_gone_carries_nothing_over_and_is_no_error(
    library: Library, review: Review, commit: Any, caplog: pytest.LogCaptureFixture
) -> None:
    component = library.component()
    review(component)
    with commit():
        library.edit(component, title=title_of(component))
        content_api.get_learning_package(library.package.id).delete()
    assert not ReviewedStatus.objects.exists()
    assert "No review was carried over" not in caplog.text


def test_deleting_a_review_leaves_what_was_carried_over_from_it(library: Library, reviewer: User, save: Save) -> None:
    component = library.component()
    given = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    save(component)
    given.delete()
    assert ReviewedStatus.objects.get().carried_over_from is None
    assert is_reviewed(library, component)


# What it costs


def reads(captured: CaptureQueriesContext) -> list[str]:
    """Return the queries that ask for something."""
    return [query["sql"] for query in captured if query["sql"].startswith("SELECT")]


def queries_to_carry_over(library: Library, reviewer: User, size: int) -> int:
    """
    Return the number of queries for a log in which so many reviewed items were saved unchanged, the INSERTs aside.

    How many rows fit into one of those is the database's to say; SQLite takes 76.
    """
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as imported:
        items: list[Any] = [library.component() for _ in range(size - 1)]
        items.append(library.unit(*items))
    api.mark_change_log_reviewed(imported.pk, reviewer_id=reviewer.pk)
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        for item in items:
            library.edit(item, title=title_of(item))
    before = ReviewedStatus.objects.count()
    with CaptureQueriesContext(connection) as captured:
        carry_over_reviews(change_log.pk)
    assert ReviewedStatus.objects.count() == before + size
    return len(reads(captured))


def test_carrying_over_costs_the_same_for_any_size(library: Library, reviewer: User) -> None:
    assert queries_to_carry_over(library, reviewer, 2) == 4
    assert queries_to_carry_over(library, reviewer, 200) == 4


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda library, child, deleted: [library.component() for _ in range(20)], id="an import of new items"
        ),
        pytest.param(lambda library, child, deleted: library.edit(child), id="an edit in a reviewed unit"),
        pytest.param(lambda library, child, deleted: library.delete(deleted), id="a deletion"),
    ],
)
def test_what_replaces_no_reviewed_version_costs_one_query(
    library: Library, review: Review, change: Callable[[Library, Component, Component], Any]
) -> None:
    child, deleted = library.component(), library.component()
    review(deleted, library.unit(child))
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        change(library, child, deleted)
    with CaptureQueriesContext(connection) as captured:
        carry_over_reviews(change_log.pk)
    assert len(reads(captured)) == 1


def test_edits_of_reviewed_items_lock_nothing(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.edit(component, title="Changed")
    change_log_id = draft_record(component).draft_change_log_id
    with CaptureQueriesContext(connection) as captured:
        carry_over_reviews(change_log_id)
    assert len(reads(captured)) == 1
    assert not any("FOR UPDATE" in query for query in reads(captured))


# How the platform finds it


@pytest.mark.parametrize("project_type", ["cms.djangoapp", "lms.djangoapp"])
def test_the_platform_is_told_which_receiver_to_connect_to_which_event(project_type: str) -> None:
    config = ReviewsConfig.plugin_app[PluginSignals.CONFIG][project_type]
    assert f"{ReviewsConfig.name}.{config[PluginSignals.RELATIVE_PATH]}" == receivers.__name__
    (receiver,) = config[PluginSignals.RECEIVERS]
    assert callable(getattr(receivers, receiver[PluginSignals.RECEIVER_FUNC_NAME]))
    assert receiver[PluginSignals.SIGNAL_PATH] == f"{core_signals.__name__}.ENTITIES_DRAFT_CHANGED"
    assert core_signals.ENTITIES_DRAFT_CHANGED is content_api.signals.ENTITIES_DRAFT_CHANGED
