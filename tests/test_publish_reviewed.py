"""Publish reviewed items: exactly what was reviewed goes live, and what stays behind is said, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.models_api import PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.data import ChangeKind
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.publishing import plan, publish_reviewed

from .content import Library, draft_record, live_versions, publish_state

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

type Review = Callable[..., None]


def publish_reviewed_items(library: Library, **kwargs: Any) -> api.PublishReviewedResult:
    """Publish, and check what every result promises."""
    before = live_versions()
    result = api.publish_reviewed_items(library.package.id, **kwargs)
    after = live_versions()
    changed = {entity_id for entity_id in after if after[entity_id] != before.get(entity_id)}
    if not kwargs.get("dry_run"):
        assert changed == {item.entity_id for item in result.published}
    return result


def skipped_reasons(result: api.PublishReviewedResult) -> dict[int, str]:
    """Return why each skipped entity was."""
    return {skipped.entity_id: skipped.reason for skipped in result.skipped}


def test_nothing_reviewed_publishes_nothing(library: Library) -> None:
    library.component()
    result = publish_reviewed_items(library)
    assert (result.publish_logs, result.published, result.skipped) == ((), (), ())
    assert not PublishLog.objects.exists()


def test_an_empty_package_publishes_nothing(library: Library) -> None:
    result = publish_reviewed_items(library)
    assert (result.publish_logs, result.published, result.skipped) == ((), (), ())


def test_only_what_was_reviewed_is_published(library: Library, review: Review) -> None:
    reviewed, unreviewed = library.component(), library.component()
    review(reviewed)
    result = publish_reviewed_items(library)
    assert live_versions().keys() == {reviewed.id}
    assert len(result.publish_logs) == 1
    assert [(item.entity_id, item.change) for item in result.published] == [(reviewed.id, ChangeKind.NEW)]
    assert unreviewed.id not in live_versions()


def test_everything_reviewed_is_published_in_one_go(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    publish_reviewed_items(library)
    library.edit(child)
    library.edit(unit)
    other = library.component()
    review(child, unit, other)
    result = publish_reviewed_items(library)
    assert len(result.publish_logs) == 1
    assert {item.entity_id for item in result.published} == {child.id, unit.id, other.id}


def test_the_publish_says_who_when_and_why(library: Library, review: Review, reviewer: User) -> None:
    review(library.unit(library.component()))
    child = library.component()
    review(child, library.unit(child))
    at = datetime(2026, 1, 2, tzinfo=timezone.utc)
    result = publish_reviewed_items(library, published_by=reviewer.pk, message="Chapter one", published_at=at)
    assert len(result.publish_logs) == 2
    for publish_log in result.publish_logs:
        assert (publish_log.published_by_id, publish_log.message, publish_log.published_at) == (
            reviewer.pk,
            "Chapter one",
            at,
        )


def test_a_new_unit_with_an_unreviewed_child_is_skipped_and_so_is_what_contains_it(
    library: Library, review: Review
) -> None:
    child, other = library.component(title="The untested problem"), library.component()
    unit = library.unit(child, title="Week one")
    subsection = library.subsection(unit, title="Part one")
    section = library.section(subsection)
    review(unit, subsection, section, other)
    result = publish_reviewed_items(library)
    assert live_versions().keys() == {other.id}
    assert skipped_reasons(result) == {
        unit.id: "It contains “The untested problem”, which has no published version and is not published with it.",
        subsection.id: "It contains “Week one”, which is skipped as well.",
        section.id: "It contains “Part one”, which is skipped as well.",
    }


def test_a_unit_that_was_published_before_is_skipped_for_a_new_unreviewed_child(
    library: Library, review: Review
) -> None:
    old = library.component()
    unit = library.unit(old)
    subsection = library.subsection(unit)
    review(old, unit, subsection)
    publish_reviewed_items(library)
    new = library.component()
    library.edit(unit, entities=[old, new])
    library.edit(subsection)
    other = library.component()
    review(unit, subsection, other)
    before = live_versions()
    result = publish_reviewed_items(library)
    assert live_versions().keys() == {*before, other.id}
    assert live_versions().items() >= before.items()
    assert skipped_reasons(result).keys() == {unit.id, subsection.id}


def test_an_unreviewed_edit_of_a_published_child_stays_behind(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    publish_reviewed_items(library)
    before = live_versions()
    library.edit(child)
    unit_version = library.edit(unit)
    review(unit)
    result = publish_reviewed_items(library)
    assert live_versions() == {**before, unit.id: unit_version}
    assert result.skipped == ()


def test_a_new_section_with_everything_in_it_reviewed_is_published_whole(library: Library, review: Review) -> None:
    components = [library.component() for _ in range(4)]
    units = [library.unit(*components[:2]), library.unit(*components[2:])]
    subsection = library.subsection(*units)
    section = library.section(subsection)
    review(*components, *units, subsection, section)
    result = publish_reviewed_items(library)
    assert len(result.published) == 8
    assert result.skipped == ()
    # Components, units, subsection, section: core wants the content of a new container published before.
    assert len(result.publish_logs) == 4


def test_a_unit_that_still_lists_what_was_deleted_unpublished_says_so(library: Library, review: Review) -> None:
    kept, dropped = library.component(), library.component()
    unit = library.unit(kept, dropped)
    library.delete(dropped)
    review(kept, unit)
    result = publish_reviewed_items(library)
    assert live_versions().keys() == {kept.id}
    assert "deleted before it was ever published" in skipped_reasons(result)[unit.id]


@pytest.mark.parametrize("is_reviewed", [False, True])
def test_a_child_that_was_published_and_deleted_and_is_back_has_no_live_version(
    is_reviewed: bool, library: Library, review: Review
) -> None:
    """“Never published” is not what to ask: it was, and its deletion was."""
    child = library.component(title="Salt")
    review(child)
    publish_reviewed_items(library)
    library.delete(child)
    review(child)
    publish_reviewed_items(library)
    library.edit(child, "Salt, once more")
    unit = library.unit(child, title="Week one")
    subsection = library.subsection(unit)
    review(unit, subsection, *([child] if is_reviewed else []))
    result = publish_reviewed_items(library)
    if is_reviewed:
        assert result.skipped == ()
        assert {item.entity_id for item in result.published} == {child.id, unit.id, subsection.id}
    else:
        assert skipped_reasons(result) == {
            unit.id: "It contains “Salt, once more”, which has no published version and is not published with it.",
            subsection.id: "It contains “Week one”, which is skipped as well.",
        }
        assert live_versions() == {child.id: None}


def test_reviewed_deletions_are_published(library: Library, review: Review) -> None:
    component, unreviewed = library.component(), library.component()
    review(component, unreviewed)
    publish_reviewed_items(library)
    library.delete(component)
    library.delete(unreviewed)
    review(component)
    result = publish_reviewed_items(library)
    assert [(item.entity_id, item.change) for item in result.published] == [(component.id, ChangeKind.DELETED)]
    assert live_versions()[component.id] is None
    assert live_versions()[unreviewed.id] is not None


@pytest.fixture(name="edit_after_selection")
def _edit_after_selection(library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """A function that has somebody edit an item when it was decided what to publish, and before core is asked to."""
    select = plan.make_plan

    def edit_after_selection(item: Any) -> None:
        def select_then_somebody_edits(*args: Any) -> Any:
            selected = select(*args)
            library.edit(item)
            return selected

        monkeypatch.setattr(publish_reviewed, "make_plan", select_then_somebody_edits)

    return edit_after_selection


def test_a_draft_edited_between_selection_and_publish_is_never_published(
    library: Library, review: Review, edit_after_selection: Callable[[Any], None]
) -> None:
    edited, other = library.component(), library.component()
    review(edited, other)
    edit_after_selection(edited)
    result = publish_reviewed_items(library)
    assert [item.entity_id for item in result.published] == [other.id]
    assert live_versions().keys() == {other.id}


def test_a_new_container_stays_behind_with_content_that_is_edited_meanwhile(
    library: Library, review: Review, edit_after_selection: Callable[[Any], None]
) -> None:
    """And there is no empty publish."""
    child = library.component()
    review(child, library.unit(child))
    edit_after_selection(child)
    result = publish_reviewed_items(library)
    assert live_versions() == {}
    assert (result.publish_logs, result.published) == ((), ())


def test_no_dependency_is_pulled_in_where_the_gate_is_open(ungated_library: Library, review: Review) -> None:
    child, new = ungated_library.component(), ungated_library.component()
    unit = ungated_library.unit(child)
    ungated_library.publish(unit)
    ungated_library.edit(child)
    unit_version = ungated_library.edit(unit)
    review(unit)
    result = publish_reviewed_items(ungated_library)
    assert [item.entity_id for item in result.published] == [unit.id]
    assert live_versions()[unit.id] == unit_version
    assert new.id not in live_versions()


def test_other_packages_are_left_alone(library: Library, ungated_library: Library, review: Review) -> None:
    component, other = library.component(), ungated_library.component()
    review(component, other)
    publish_reviewed_items(library)
    assert live_versions().keys() == {component.id}


def test_a_dry_run_says_what_would_happen_and_does_nothing(library: Library, review: Review) -> None:
    child, unreviewed = library.component(), library.component()
    unit, skipped = library.unit(child), library.unit(unreviewed)
    review(child, unit, skipped)
    before = publish_state()
    dry = publish_reviewed_items(library, dry_run=True)
    assert publish_state() == before
    assert dry.publish_logs == ()
    real = publish_reviewed_items(library)
    assert (dry.published, dry.skipped) == (real.published, real.skipped)
    assert {item.entity_id for item in dry.published} == {child.id, unit.id}


def add_step(settings: Any, step: str) -> None:
    """Configure another plugin's step behind ours."""
    settings.OPEN_EDX_FILTERS_CONFIG = {
        EntityPrePublish.filter_type: {
            "pipeline": ["sample_plugin.reviews.pipeline.RequireReview", f"tests.steps.{step}"],
            "fail_silently": False,
        }
    }


@pytest.mark.parametrize(
    ("step", "dry_run", "error", "sentence"),
    [
        ("NoUnits", False, EntityPrePublish.PreventPublish, "No units on Sundays"),
        ("NoUnits", True, EntityPrePublish.PreventPublish, "No units on Sundays"),
        ("NoPlaceholdersOneByOne", False, EntityPrePublish.PreventPublish, "something is not finished"),
        ("Crashes", False, ZeroDivisionError, "a bug in another plugin"),
        ("Crashes", True, EntityPrePublish.PreventPublish, "the publish would fail"),
    ],
)
def test_another_plugins_veto_undoes_all_of_it(
    step: str, dry_run: bool, error: type[Exception], sentence: str, library: Library, review: Review, settings: Any
) -> None:
    """Also of a step that would go on refusing one item at a time."""
    children = [library.component(title="TODO") for _ in range(11)]
    review(*children, library.unit(*children))
    add_step(settings, step)
    before = publish_state()
    with pytest.raises(error, match=sentence):
        publish_reviewed_items(library, dry_run=dry_run)
    assert publish_state() == before


def test_what_a_step_refuses_by_name_stays_behind_and_a_dry_run_says_so(
    library: Library, review: Review, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    live = library.component(title="Salt")
    unit = library.unit(live)
    review(live, unit)
    publish_reviewed_items(library)
    library.edit(live, "TODO: salt")
    library.edit(unit)
    new = library.component(title="TODO: yeast")
    new_unit, refused_unit = library.unit(new), library.unit(live, title="TODO: a name")
    subsection = library.subsection(refused_unit)
    other = library.component()
    review(live, unit, new, new_unit, refused_unit, subsection, other)
    add_step(settings, "NoPlaceholders")
    before = publish_state()
    with django_capture_on_commit_callbacks() as callbacks:
        dry = publish_reviewed_items(library, dry_run=True)
    assert (publish_state(), callbacks, dry.publish_logs) == (before, [], ())
    real = publish_reviewed_items(library)
    assert (dry.published, dry.skipped) == (real.published, real.skipped)
    assert {item.entity_id for item in real.published} == {unit.id, other.id}
    assert {skip.entity_id: (skip.code, skip.reason) for skip in real.skipped} == {
        live.id: ("publish_prevented", "It is not finished."),
        new.id: ("publish_prevented", "It is not finished."),
        new_unit.id: ("", "It contains “TODO: yeast”, which has no published version and is not published with it."),
        refused_unit.id: ("publish_prevented", "It is not finished."),
        subsection.id: (
            "",
            "It contains “TODO: a name”, which has no published version and is not published with it.",
        ),
    }
    untried = publish_reviewed_items(library, dry_run=True, ask_steps=False)
    assert (untried.steps_asked, len(untried.published)) == (False, len(real.skipped))


def test_a_message_that_core_refuses_changes_nothing(library: Library, review: Review) -> None:
    review(library.component())
    before = publish_state()
    with pytest.raises(ValidationError):
        publish_reviewed_items(library, message="x" * 501)
    assert publish_state() == before


def test_the_number_of_our_queries_does_not_grow(library: Library, review: Review) -> None:
    def own_queries(size: int) -> int:
        for _ in range(size):
            child = library.component()
            review(child, library.unit(child))
        with CaptureQueriesContext(connection) as captured:
            publish_reviewed_items(library)
        return sum("sample_plugin_reviews" in query["sql"] for query in captured)

    assert own_queries(1) == own_queries(10)


def test_publish_all_reviewed_content_again_publishes_nothing(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    publish_reviewed_items(library)
    assert content_api.get_published_version(component.id) is not None
    assert publish_reviewed_items(library).publish_logs == ()


def test_of_a_log_with_an_earlier_deletion_nothing_is_published(library: Library, review: Review) -> None:
    """The deletion that the draft shows is another one."""
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    library.delete(component)
    earlier = draft_record(component).draft_change_log_id
    library.set_draft(component, version.pk)
    library.delete(component)
    latest = draft_record(component).draft_change_log_id
    review(component)
    assert publish_reviewed_items(library, draft_change_log_id=earlier).published == ()
    assert not api.find_changes(library.package.id, draft_change_log_id=earlier)
    assert [item.entity_id for item in publish_reviewed_items(library, draft_change_log_id=latest).published] == [
        component.id
    ]
