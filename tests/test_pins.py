"""A version that a container pins goes live with it: it must be live, have been live, or be covered itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLogRecord, PublishableEntityVersion

from sample_plugin.reviews import api
from sample_plugin.reviews.data import EntityOverview
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Item, Library, draft_record, is_reviewed, live_versions, make_live, publish_state
from .rest import PUBLISH, Api, entity, key

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

type Review = Callable[..., None]


@pytest.fixture(name="text")
def _text(library: Library) -> Item:
    """A component that was never published, in its second version."""
    text = library.component(title="Salt, first")
    library.edit(text, "Salt, second")
    return text


def version_of(item: Item, number: int = 1) -> Any:
    """Return a version of the item, to pin it."""
    return PublishableEntityVersion.objects.get(entity=item.id, version_num=number)


def record_of(item: Item, number: int = 1) -> int:
    """Return the change by which a version of the item became its draft."""
    record = DraftChangeLogRecord.objects.exclude(old_version=version_of(item, number)).get(
        new_version=version_of(item, number)
    )
    return record.pk


def overview(item: Item, viewer: User | None = None) -> EntityOverview:
    """Return what a screen shows of an item."""
    [shown] = api.get_entity_overviews([item.id], viewer_id=viewer.pk if viewer else None)
    return shown


def pins_of(item: Item, viewer: User | None = None) -> list[tuple[str, int]]:
    """Return title and number of each pinned version that keeps the item from going live."""
    return [(pin.title, pin.version_num) for pin in overview(item, viewer).unreviewed_pins]


def refuse_everywhere(library: Library, unit: Item) -> None:
    """Check that this reviewed container goes live in no way, and that everyone is told so."""
    before = publish_state()
    assert is_reviewed(library, unit)
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish(unit)
    assert [item.entity_id for item in refusal.value.unreviewed] == [unit.id]
    # Before core is asked, by the drafts.
    with pytest.raises(UnreviewedChanges) as early_refusal:
        content_api.publish_all_drafts(library.package.id)
    assert unit.id in {item.entity_id for item in early_refusal.value.unreviewed}
    with pytest.raises(UnreviewedChanges):
        content_api.publish_from_drafts(library.package.id, library.drafts(unit), publish_dependencies=False)
    result = api.publish_reviewed_items(library.package.id)
    assert unit.id in {skipped.entity_id for skipped in result.skipped}
    assert publish_state() == before


# What may go live


def test_a_pinned_version_needs_a_review_of_its_own(
    library: Library, text: Item, reviewer: User, review: Review
) -> None:
    unit = library.unit(version_of(text))
    review(unit)
    refuse_everywhere(library, unit)
    # The draft is another version: to review that is not enough.
    review(text)
    with pytest.raises(UnreviewedChanges):
        library.publish(unit)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text))
    library.publish(unit)
    assert live_versions() == {unit.id: draft_record(unit).new_version_id}


def test_a_pinned_version_that_is_live_or_has_been_live_needs_no_other_review(
    library: Library, text: Item, review: Review
) -> None:
    make_live(library)
    first, second = library.unit(version_of(text, 2)), library.unit(version_of(text, 2))
    review(first)
    library.publish(first)
    library.edit(text)
    make_live(library)
    library.delete(text)
    make_live(library)
    library.edit(second, "Once more")
    review(second)
    assert pins_of(second) == []
    library.publish(second)
    assert live_versions()[second.id] == draft_record(second).new_version_id


def test_a_pinned_version_may_go_live_in_the_same_publish(library: Library, text: Item, review: Review) -> None:
    unit = library.unit(version_of(text, 2))
    review(unit, text)
    assert {item.entity_id for item in api.publish_reviewed_items(library.package.id).published} == {unit.id, text.id}


def test_a_request_for_changes_of_a_pinned_version_stands_against_it(
    library: Library, text: Item, reviewer: User, other_reviewer: User, review: Review
) -> None:
    unit = library.unit(version_of(text))
    review(unit)
    record = record_of(text)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record)
    request = api.request_changes(
        text.id, reviewer_id=other_reviewer.pk, note="More salt", draft_change_log_record_id=record
    )
    assert (request.version_num, request.draft_change_log_record_id) == (1, record)
    [pin] = overview(unit).unreviewed_pins
    assert pin.changes_requested is True
    refuse_everywhere(library, unit)


def test_a_pinned_version_takes_as_many_reviewers_as_any_other(
    library: Library, text: Item, reviewer: User, other_reviewer: User
) -> None:
    unit = library.unit(version_of(text))
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    people = (reviewer, other_reviewer)
    for person in people:
        api.mark_reviewed(unit.id, reviewer_id=person.pk)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text))
    refuse_everywhere(library, unit)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk, draft_change_log_record_id=record_of(text))
    library.publish(unit)


def test_what_a_pinned_container_pins_needs_a_review_too(
    library: Library, text: Item, reviewer: User, review: Review
) -> None:
    unit = library.unit(version_of(text), title="Unit, first")
    subsection = library.subsection(version_of(unit), title="Subsection, first")
    section = library.section(version_of(subsection), title="The section")
    for container, title in ((unit, "Unit"), (subsection, "Subsection")):
        library.edit(container, f"{title}, second")
    assert sorted(pins_of(section)) == [("Salt, first", 1), ("Subsection, first", 1), ("Unit, first", 1)]
    review(section)
    for item in (subsection, unit, text):
        refuse_everywhere(library, section)
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(item))
    assert pins_of(section) == []
    library.publish(section)


def test_where_no_review_is_required_pins_need_none(ungated_library: Library) -> None:
    text = ungated_library.component()
    ungated_library.edit(text)
    unit = ungated_library.unit(version_of(text))
    ungated_library.publish(unit)
    assert live_versions().keys() == {unit.id}


def test_a_bypass_takes_a_pin_along_and_says_so(library: Library, text: Item, review: Review) -> None:
    unit = library.unit(version_of(text))
    review(unit)
    with api.bypass_review(reason="The course begins"):
        assert library.publish(unit).review_judgement.unreviewed == [unit.id]


def test_a_pinned_version_that_goes_live_in_the_same_publish_is_not_live_before(
    library: Library, text: Item, review: Review
) -> None:
    unit = library.unit(version_of(text, 2))
    review(unit)
    with api.bypass_review(reason="The course begins"):
        assert library.publish(text, unit).review_judgement.unreviewed == [text.id, unit.id]


# Publish reviewed items


def test_publish_reviewed_items_skips_a_container_for_its_pin_and_says_why(
    library: Library, text: Item, review: Review, rest: Api
) -> None:
    unit = library.unit(version_of(text), title="Week one")
    subsection = library.subsection(unit, title="Part one")
    other = library.component()
    review(unit, subsection, other)
    dry = api.publish_reviewed_items(library.package.id, dry_run=True)
    assert {skipped.entity_id: skipped.reason for skipped in dry.skipped} == {
        unit.id: "It pins version 1 of “Salt, first”, which needs a review of its own.",
        subsection.id: "It contains “Week one”, which is skipped as well.",
    }
    assert api.get_package_overview(library.package.id).skipped == 2
    shown = rest("post", PUBLISH, {})
    assert [(item["key"], "pins version 1" in item["reason"]) for item in shown["skipped"]] == [
        (key(unit), True),
        (key(subsection), False),
    ]
    assert live_versions().keys() == {other.id}


# Reviewing a pinned version


def test_a_version_that_no_draft_shows_nor_container_pins_is_stale(
    library: Library, text: Item, reviewer: User
) -> None:
    with pytest.raises(api.StaleReviewError, match="has changed since"):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text))
    unit = library.unit(version_of(text))
    library.edit(unit, entities=[text])
    # An old version of the unit pins it, and its draft no longer does.
    with pytest.raises(api.StaleReviewError):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text))
    assert not ReviewedStatus.objects.exists()


def test_many_pinned_versions_are_reviewed_at_once(library: Library, text: Item, reviewer: User) -> None:
    library.unit(version_of(text))
    drafted = library.component()
    [first, second] = api.mark_many_reviewed(
        {text.id: record_of(text), drafted.id: draft_record(drafted).pk}, reviewer_id=reviewer.pk
    )
    assert (first.version_num, second.version_num) == (1, 1)
    assert not is_reviewed(library, text)


def test_of_a_pinned_version_others_are_contributors_than_of_the_draft(
    library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    text = library.component(title="Salt", created_by=reviewer.pk)
    library.edit(text, "Salt.", by=other_reviewer.pk)
    unit = library.unit(version_of(text))
    record = record_of(text)
    for person in (reviewer, other_reviewer):
        [pin] = overview(unit, person).unreviewed_pins
        assert (pin.own_change_at is not None) is (person == reviewer)
    with pytest.raises(api.SelfReviewError, match="You changed"):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record)
    with pytest.raises(api.ManyReviewsError):
        api.mark_many_reviewed({text.id: record}, reviewer_id=reviewer.pk)
    # Who made the later version only may review the pinned one, and not their own.
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk, draft_change_log_record_id=record)
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)


def test_who_pins_a_version_does_not_write_it(library: Library, text: Item, reviewer: User) -> None:
    """The reviewer changed the unit. Of the text they changed nothing."""
    library.unit(version_of(text), created_by=reviewer.pk)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text))


def test_a_pinned_version_that_core_has_no_record_of_is_shown_without_one(
    library: Library, text: Item, reviewer: User, author: User
) -> None:
    unit = library.unit(version_of(text))
    DraftChangeLogRecord.objects.filter(pk=record_of(text)).delete()
    [pin] = overview(unit, author).unreviewed_pins
    assert (pin.version_num, pin.draft_change_log_record_id) == (1, None)
    assert pin.own_change_at is not None


# What a screen shows


def test_a_container_shows_what_it_pins_that_needs_a_review(
    library: Library, text: Item, author: User, reviewer: User, rest: Api
) -> None:
    live = library.component(title="Live")
    make_live(library)
    library.edit(text, "Salt, third")
    library.edit(text, "Salt, fourth")
    unit = library.unit(version_of(live), version_of(text, 3), live)
    [pin] = overview(unit).unreviewed_pins
    assert (pin.entity.id, pin.version_id, pin.title, pin.version_num) == (
        text.id,
        version_of(text, 3).pk,
        "Salt, third",
        3,
    )
    assert (pin.draft_change_log_record_id, pin.changes_requested, pin.own_change_at) == (
        record_of(text, 3),
        False,
        None,
    )
    [shown] = rest("get", entity(unit))["unreviewed_pins"]
    assert (shown["key"], shown["title"], shown["version_num"]) == (key(text), "Salt, third", 3)
    assert shown["draft_change_log_record_id"] == record_of(text, 3)
    assert shown["may_review"]["allowed"] is True
    # As the panel does it: by the record of the pin.
    rest(
        "put",
        entity(text, "review/"),
        {"draft_change_log_record_id": shown["draft_change_log_record_id"]},
    )
    assert rest("get", entity(unit))["unreviewed_pins"] == []
    assert overview(text).is_reviewed is False


def test_on_one_page_a_container_shows_what_a_pinned_container_on_it_pins(library: Library, text: Item) -> None:
    """Its own draft is the version that the other one pins, so that it is reached in two ways."""
    unit = library.unit(version_of(text))
    subsection = library.subsection(version_of(unit))
    shown = api.get_entity_overviews([unit.id, subsection.id], viewer_id=None)
    of_unit, of_subsection = ({pin.version_id for pin in one.unreviewed_pins} for one in shown)
    assert of_unit == {version_of(text).pk}
    assert of_subsection == {version_of(text).pk, version_of(unit).pk}


def test_a_pinned_container_and_what_it_pins_are_reviewed_at_once(library: Library, text: Item, reviewer: User) -> None:
    unit = library.unit(version_of(text))
    pinned = version_of(unit)
    library.subsection(pinned)
    library.edit(unit, entities=[])
    changes: dict[Any, int] = {text.id: record_of(text), unit.id: record_of(unit)}
    assert len(api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)) == 2


def test_the_difference_of_a_container_says_which_new_pin_needs_a_review(
    library: Library, text: Item, reviewer: User
) -> None:
    live = library.component(title="Live")
    unit = library.unit(live, text)
    make_live(library)
    library.edit(text, "Salt, third")
    library.edit(text, "Salt, fourth")
    library.edit(unit, entities=[version_of(live), version_of(text, 3), text])

    def marks() -> list[tuple[str, int | None, bool]]:
        children = api.get_difference(unit.id).children
        return [(child.title, child.new_pin, child.pin_needs_review) for child in children or ()]

    assert marks() == [("Live", 1, False), ("Salt, fourth", 3, True), ("Salt, fourth", None, False)]
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text, 3))
    assert marks() == [("Live", 1, False), ("Salt, fourth", 3, False), ("Salt, fourth", None, False)]


def test_pins_cost_a_page_the_same_for_any_number(library: Library) -> None:
    def queries(size: int) -> int:
        units = []
        for _ in range(size):
            text = library.component()
            library.edit(text)
            units.append(library.unit(version_of(text)))
        with CaptureQueriesContext(connection) as captured:
            shown = api.get_entity_overviews([unit.id for unit in units], viewer_id=None)
        assert all(len(one.unreviewed_pins) == 1 for one in shown)
        return len(captured)

    assert queries(1) == queries(20)


def test_the_gate_judges_pins_in_the_statement_that_it_runs_anyway(
    library: Library, reviewer: User, review: Review
) -> None:
    def gate_queries(size: int) -> int:
        units = []
        for _ in range(size):
            text = library.component()
            library.edit(text)
            units.append(library.unit(version_of(text)))
            api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_of(text))
        review(*units)
        with CaptureQueriesContext(connection) as captured:
            library.publish(*units)
        return sum("sample_plugin_reviews" in query["sql"] for query in captured)

    assert gate_queries(1) == gate_queries(20) == 4
