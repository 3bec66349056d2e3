"""A review covers the version that was looked at and no other, and stays on record whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLog, DraftChangeLogRecord, LearningPackage, PublishableEntity

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus, ReviewPolicy
from sample_plugin.reviews.verdicts.give import _give

from .content import Library, draft_record, ids, is_reviewed, now

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

type Review = Callable[..., None]


# What a review covers


def test_a_review_says_who_reviewed_which_change(library: Library, reviewer: User) -> None:
    component = library.component()
    review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="Well explained")
    assert (review.entity_id, review.draft_change_log_record, review.version, review.version_num) == (
        component.id,
        draft_record(component),
        content_api.get_draft_version(component.id),
        1,
    )
    assert (review.reviewer, review.note, review.in_force, review.withdrawn_at) == (
        reviewer,
        "Well explained",
        True,
        None,
    )
    assert is_reviewed(library, component)


def test_an_edit_needs_a_new_review(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.edit(component)
    assert not is_reviewed(library, component)


def test_going_back_to_a_reviewed_version_needs_none(library: Library, review: Review) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.edit(component)
    library.set_draft(component, version.pk)
    assert is_reviewed(library, component)


def test_going_back_to_an_unreviewed_version_is_no_way_around(library: Library, review: Review) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    library.edit(component)
    review(component)
    library.set_draft(component, version.pk)
    assert not is_reviewed(library, component)


def test_a_review_of_a_deletion_covers_no_later_one(library: Library, review: Review) -> None:
    component = library.component()
    version_id = library.edit(component)
    review(component)
    library.publish()

    library.delete(component)
    assert not is_reviewed(library, component)
    review(component)
    assert is_reviewed(library, component)

    library.set_draft(component, version_id)
    library.edit(component)
    library.delete(component)
    assert not is_reviewed(library, component)


def test_a_review_of_a_version_does_not_cover_its_deletion(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.edit(component)
    review(component)
    library.delete(component)
    assert not is_reviewed(library, component)


def test_a_review_of_a_deletion_does_not_cover_the_restored_version(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    version_id = library.edit(component)
    library.delete(component)
    review(component)
    library.set_draft(component, version_id)
    assert not is_reviewed(library, component)


def test_a_review_does_not_move_along_when_core_collapses_a_bulk_edit(library: Library, reviewer: User) -> None:
    """Core turns the record v1 → v2 into v1 → v3; the review was of v2."""
    component = library.component()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        library.edit(component)
        review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        library.edit(component)
    assert review.draft_change_log_record == draft_record(component)
    assert not is_reviewed(library, component)
    # And the same person can review what has become of it.
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    assert is_reviewed(library, component)
    assert ReviewedStatus.objects.count() == 2


def test_a_review_stays_on_record_when_core_undoes_the_bulk_edit(library: Library, reviewer: User) -> None:
    """Core deletes the record; nothing of ours may be in the way, and nothing is covered that was not looked at."""
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        library.edit(component)
        review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        library.set_draft(component, version.pk)
    review.refresh_from_db()
    assert (review.draft_change_log_record, review.version_num, review.in_force) == (None, 2, True)
    assert not is_reviewed(library, component)


def test_an_undone_deletion_leaves_no_review_that_covers_the_next(library: Library, review: Review) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id):
        library.delete(component)
        review(component)
        library.set_draft(component, version.pk)
    library.delete(component)
    assert not is_reviewed(library, component)


def test_a_unit_stays_reviewed_when_its_child_is_edited(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    library.edit(child)
    assert is_reviewed(library, unit)
    assert not is_reviewed(library, child)


def test_a_draft_without_a_record_of_its_change_can_be_reviewed(library: Library, reviewer: User) -> None:
    components = [library.component() for _ in range(3)]
    DraftChangeLogRecord.objects.all().delete()
    for component in components:
        assert not is_reviewed(library, component)
        review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        assert (review.entity_id, review.draft_change_log_record) == (component.id, None)
        assert is_reviewed(library, component)
        assert api.mark_reviewed(component.id, reviewer_id=reviewer.pk) == review


def test_a_deletion_without_a_record_says_what_to_do(library: Library, reviewer: User, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    DraftChangeLogRecord.objects.filter(entity_id=component.id).delete()
    with pytest.raises(api.StaleReviewError, match="restore it and delete it again"):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    assert not is_reviewed(library, component)


def test_the_lists_together_are_exactly_what_has_unpublished_changes(library: Library, review: Review) -> None:
    never, edited, deleted, published = (library.component() for _ in range(4))
    gone = library.component()
    library.delete(gone)
    review(edited, deleted, published, never)
    library.publish(edited, deleted, published)
    library.edit(edited)
    library.delete(deleted)
    review(deleted)
    assert ids(api.get_reviewed_entities(library.package.id)) == {never.id, deleted.id}
    assert ids(api.get_unreviewed_entities(library.package.id)) == {edited.id}


# What was looked at


def test_the_change_that_was_seen_can_be_named(library: Library, reviewer: User) -> None:
    component = library.component()
    record = draft_record(component)
    review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record.pk)
    assert review.draft_change_log_record == record


def test_a_change_that_the_draft_has_moved_on_from_is_stale(library: Library, reviewer: User) -> None:
    component = library.component()
    seen = draft_record(component)
    library.edit(component)
    with pytest.raises(api.StaleReviewError, match="has changed since"):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=seen.pk)
    assert not ReviewedStatus.objects.exists()


def test_a_change_is_not_stale_because_a_child_was_edited(library: Library, reviewer: User) -> None:
    child = library.component()
    unit = library.unit(child)
    seen = draft_record(unit)
    library.edit(child)
    assert draft_record(unit) != seen
    api.mark_reviewed(unit.id, reviewer_id=reviewer.pk, draft_change_log_record_id=seen.pk)
    assert is_reviewed(library, unit)


def test_an_earlier_deletion_is_stale(library: Library, reviewer: User, review: Review) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    library.delete(component)
    seen = draft_record(component)
    library.set_draft(component, version.pk)
    library.delete(component)
    with pytest.raises(api.StaleReviewError):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=seen.pk)


def test_a_change_of_something_else_is_stale(library: Library, reviewer: User) -> None:
    component, other = library.component(), library.component()
    with pytest.raises(api.StaleReviewError):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=draft_record(other).pk)


def test_what_was_deleted_since_is_stale_like_any_other_change(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component()
    review(component)
    library.publish()
    looked_at = draft_record(component)
    library.delete(component)
    with pytest.raises(api.StaleReviewError, match="has changed since"):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk, draft_change_log_record_id=looked_at.pk)


def test_that_a_change_is_stale_goes_before_that_it_is_ones_own(library: Library, author: User) -> None:
    component = library.component()
    looked_at = draft_record(component)
    library.edit(component)
    with pytest.raises(api.StaleReviewError):
        api.mark_reviewed(component.id, reviewer_id=author.pk, draft_change_log_record_id=looked_at.pk)


def test_a_note_is_a_text(library: Library, reviewer: User) -> None:
    note: Any = None
    with pytest.raises(ValidationError, match="This is a text"):
        api.mark_reviewed(library.component().id, reviewer_id=reviewer.pk, note=note)


@pytest.mark.parametrize("state", ["published", "created and deleted", "without a version", "only a child changed"])
def test_without_an_unpublished_change_there_is_nothing_to_review(
    library: Library, reviewer: User, review: Review, state: str
) -> None:
    component = library.component()
    item: Any = component
    match state:
        case "published":
            review(component)
            library.publish()
        case "created and deleted":
            library.delete(component)
        case "without a version":
            item = content_api.create_publishable_entity(library.package.id, "empty", now(), None)
        case "only a child changed":
            item = library.unit(component)
            review(component, item)
            library.publish()
            library.edit(component)
    before = ReviewedStatus.objects.count()
    with pytest.raises(api.NothingToReviewError, match="has no unpublished change"):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
    assert ReviewedStatus.objects.count() == before


def test_a_side_effect_says_nothing_of_a_version_that_is_only_pinned(library: Library, reviewer: User) -> None:
    text = library.component()
    unit = library.unit(text)
    version = content_api.get_draft_version(unit.id)
    library.edit(text)
    side_effect = draft_record(unit)
    assert side_effect.old_version_id == side_effect.new_version_id
    library.subsection(version)
    library.edit(unit)
    with pytest.raises(api.StaleReviewError):
        api.mark_reviewed(unit.id, reviewer_id=reviewer.pk, draft_change_log_record_id=side_effect.pk)


# By whom


def test_marking_twice_leaves_one_review(library: Library, reviewer: User) -> None:
    component = library.component()
    first = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="First")
    second = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="Second")
    assert first == second
    assert ReviewedStatus.objects.get().note == "First"


def test_marking_twice_with_a_childs_edit_in_between_leaves_one_review(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(unit)
    library.edit(child)
    review(unit)
    assert ReviewedStatus.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_marking_from_two_browsers_at_once_leaves_one_review(library: Library, reviewer: User) -> None:
    component = library.component()
    library.delete(component)
    library.set_draft(component, content_api.get_component(component.id).versioning.latest.pk)
    barrier = threading.Barrier(2)
    errors: list[Exception] = []

    def mark() -> None:
        try:
            barrier.wait()
            api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        pytest.skip("SQLite's in-memory database has one connection; this runs on MySQL and MariaDB")
    threads = [threading.Thread(target=mark) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert ReviewedStatus.objects.count() == 1


def test_a_second_reviewer_leaves_a_second_review(library: Library, reviewer: User, other_reviewer: User) -> None:
    component = library.component()
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)
    assert ReviewedStatus.objects.count() == 2


def test_withdrawing_keeps_the_review_on_record(library: Library, reviewer: User, review: Review) -> None:
    component = library.component()
    review(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    assert not is_reviewed(library, component)
    withdrawn = ReviewedStatus.objects.get()
    assert (withdrawn.in_force, withdrawn.withdrawn_by) == (None, reviewer)
    assert withdrawn.withdrawn_at is not None


def test_somebody_else_can_withdraw_a_review(library: Library, reviewer: User, author: User, review: Review) -> None:
    component = library.component()
    review(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk, withdrawn_by_id=author.pk)
    assert ReviewedStatus.objects.get().withdrawn_by == author


def test_withdrawing_leaves_others_reviews_in_force(library: Library, reviewer: User, other_reviewer: User) -> None:
    component = library.component()
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    assert is_reviewed(library, component)


def test_withdrawing_also_takes_back_what_an_edit_has_outdated(
    library: Library, reviewer: User, review: Review
) -> None:
    """Or else going back to that version would bring the withdrawn word back."""
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.edit(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    library.set_draft(component, version.pk)
    assert not is_reviewed(library, component)


def test_reviewing_again_after_a_withdrawal(library: Library, reviewer: User, review: Review) -> None:
    component = library.component()
    for _ in range(3):
        review(component)
        assert is_reviewed(library, component)
        api.withdraw_review(component.id, reviewer_id=reviewer.pk)
        assert not is_reviewed(library, component)
    assert ReviewedStatus.objects.count() == 3


def test_withdrawing_what_was_never_given_is_an_error(library: Library, reviewer: User) -> None:
    component = library.component()
    with pytest.raises(ReviewedStatus.DoesNotExist, match="no review by user"):
        api.withdraw_review(component.id, reviewer_id=reviewer.pk)


def test_nothing_is_lost_when_the_reviewers_account_is_deleted(
    library: Library, reviewer: User, other_reviewer: User, review: Review
) -> None:
    component, other = library.component(), library.component()
    review(component, other)
    api.withdraw_review(other.id, reviewer_id=reviewer.pk)
    reviewer.delete()
    kept, withdrawn = ReviewedStatus.objects.order_by("entity")
    assert (kept.reviewer, kept.version_num, kept.in_force) == (None, 1, True)
    assert (withdrawn.reviewer, withdrawn.version_num, withdrawn.in_force) == (None, 1, None)
    assert is_reviewed(library, component)
    assert not is_reviewed(library, other)


def test_deleting_the_package_takes_our_rows_with_it(reviewer: User) -> None:
    library = Library.create("lib:Test:Short-lived", reviewer.pk)
    component = library.component(created_by=None)
    library.edit(component)
    with api.bypass_review(reason="Test"):
        library.publish()
    library.delete(component)
    api.set_review_required(library.package.id, True, changed_by=None)
    ReviewedStatus.objects.create(
        entity_id=component.id,
        draft_change_log_record=draft_record(component),
        version_num=0,
        reviewer=reviewer,
        created=now(),
    )
    content_api.get_learning_package(library.package.id).delete()
    assert not ReviewedStatus.objects.exists()
    assert not ReviewPolicy.objects.exists()


# One's own changes


def test_nobody_reviews_a_change_of_their_own(library: Library, author: User) -> None:
    component = library.component()
    with pytest.raises(api.SelfReviewError, match="You changed “"):
        api.mark_reviewed(component.id, reviewer_id=author.pk)
    assert not ReviewedStatus.objects.exists()


def test_where_studio_left_the_author_empty_the_versions_author_counts(author: User, reviewer: User) -> None:
    """As it does for whatever a restore brings in."""
    library = Library.create("lib:Test:No-author")
    component = library.component()
    with content_api.bulk_draft_changes_for(library.package.id):
        library.edit(component, by=author.pk)
    assert draft_record(component).draft_change_log.changed_by is None
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(component.id, reviewer_id=author.pk)
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)


def test_the_user_on_the_change_log_and_the_creator_of_the_version_are_both_contributors(
    library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    """As when a robot imports in the name of an author."""
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=author.pk):
        component = library.component(created_by=reviewer.pk)
    for contributor in (author, reviewer):
        with pytest.raises(api.SelfReviewError):
            api.mark_reviewed(component.id, reviewer_id=contributor.pk)
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)


def test_an_edit_of_a_child_is_no_record_of_how_the_parent_became_what_it_is(
    library: Library, author: User, other_reviewer: User
) -> None:
    child = library.component()
    unit = library.unit(child)
    DraftChangeLogRecord.objects.filter(entity=unit.id).delete()
    library.edit(child, by=other_reviewer.pk)
    assert DraftChangeLogRecord.objects.filter(entity=unit.id).exists()  # the side effect
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(unit.id, reviewer_id=author.pk)


@pytest.mark.parametrize("lost", ["all", "the newest"])
def test_where_core_has_no_record_the_versions_author_counts(
    library: Library, author: User, reviewer: User, lost: str
) -> None:
    component = library.component()
    version_id = library.edit(component)
    records = DraftChangeLogRecord.objects.filter(entity=component.id)
    (records if lost == "all" else records.filter(new_version=version_id)).delete()
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(component.id, reviewer_id=author.pk)
    api.mark_reviewed(component.id, reviewer_id=reviewer.pk)


def test_somebody_elses_edit_of_a_child_does_not_hide_who_made_the_unit(
    library: Library, author: User, other_reviewer: User
) -> None:
    """The unit's newest record is a side effect by somebody else; the version is still the author's."""
    child = library.component()
    unit = library.unit(child)
    library.edit(child, by=other_reviewer.pk)
    assert draft_record(unit).draft_change_log.changed_by == other_reviewer
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(unit.id, reviewer_id=author.pk)
    api.mark_reviewed(unit.id, reviewer_id=other_reviewer.pk)


def test_somebody_elses_revert_does_not_hide_who_wrote_the_version(
    library: Library, author: User, reviewer: User
) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    library.edit(component)
    library.set_draft(component, version.pk, by=reviewer.pk)
    for own in (author, reviewer):
        with pytest.raises(api.SelfReviewError):
            api.mark_reviewed(component.id, reviewer_id=own.pk)


def test_nobody_reviews_their_own_deletion(library: Library, author: User, reviewer: User, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component, by=reviewer.pk)
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(component.id, reviewer_id=reviewer.pk)
    # Who wrote what is deleted has nothing to do with it.
    api.mark_reviewed(component.id, reviewer_id=author.pk)


def test_a_deletion_of_ones_own_that_somebody_has_undone_is_no_matter(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    library.delete(component, by=reviewer.pk)
    library.set_draft(component, version.pk)
    library.edit(component)
    review(component)
    assert is_reviewed(library, component)


def test_a_refusal_calls_what_is_deleted_by_the_title_that_is_live(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component(title="Salt")
    review(component)
    library.publish()
    library.delete(component, by=reviewer.pk)
    with pytest.raises(api.SelfReviewError, match="“Salt”"):
        review(component)


def test_an_earlier_deletion_of_ones_own_is_no_matter(library: Library, reviewer: User, review: Review) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    library.delete(component, by=reviewer.pk)
    library.set_draft(component, version.pk)
    library.delete(component)
    review(component)
    assert is_reviewed(library, component)


def test_a_site_can_allow_it(library: Library, author: User, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    component = library.component()
    api.mark_reviewed(component.id, reviewer_id=author.pk)
    assert is_reviewed(library, component)


def test_a_setting_that_is_no_boolean_does_not_allow_it(library: Library, author: User, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = "false"
    component = library.component()
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(component.id, reviewer_id=author.pk)


# A whole change log


def test_reviewing_a_change_log_reviews_what_is_still_shown(library: Library, reviewer: User, review: Review) -> None:
    live = library.component()
    review(live)
    library.publish()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        kept, edited_since, published_since = (library.component() for _ in range(3))
        library.delete(live)
    library.edit(edited_since)
    with api.bypass_review(reason="Test"):
        library.publish(published_since)

    reviews = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk, note="Imported from last year")

    assert [review.entity_id for review in reviews] == [live.id, kept.id]
    assert {review.note for review in reviews} == {"Imported from last year"}
    assert is_reviewed(library, kept)
    assert is_reviewed(library, live)
    assert not is_reviewed(library, edited_since)


def test_reviewing_a_change_log_leaves_out_side_effects_on_parents(
    library: Library, reviewer: User, review: Review
) -> None:
    child = library.component()
    unit = library.unit(child)
    library.edit(child)
    change_log = draft_record(child).draft_change_log
    assert draft_record(unit).draft_change_log == change_log
    reviews = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    assert [review.entity_id for review in reviews] == [child.id]
    assert not is_reviewed(library, unit)


def test_reviewing_a_change_log_twice_leaves_one_review_each(library: Library, reviewer: User) -> None:
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        components = [library.component() for _ in range(3)]
    first = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    assert api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk) == first
    assert len(first) == len(components) == ReviewedStatus.objects.count()


def test_reviewing_a_change_log_with_nothing_left_returns_nothing(library: Library, reviewer: User) -> None:
    component = library.component()
    change_log = draft_record(component).draft_change_log
    library.edit(component)
    assert api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk) == []


@pytest.mark.parametrize("changed_by", ["author", None])
def test_reviewing_ones_own_change_log_reviews_nothing(library: Library, author: User, changed_by: str | None) -> None:
    with content_api.bulk_draft_changes_for(
        library.package.id, changed_by=author.pk if changed_by else None
    ) as change_log:
        library.component(created_by=None)
        library.component()
    with pytest.raises(api.SelfReviewError, match=f"You changed {2 if changed_by else 1} of these items"):
        api.mark_change_log_reviewed(change_log.pk, reviewer_id=author.pk)
    assert not ReviewedStatus.objects.exists()


def test_a_deletion_of_ones_own_in_a_change_log_is_refused(library: Library, reviewer: User, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component, by=reviewer.pk)
    with pytest.raises(api.SelfReviewError, match="You changed 1 of these items"):
        api.mark_change_log_reviewed(draft_record(component).draft_change_log.pk, reviewer_id=reviewer.pk)


def test_a_site_can_allow_to_review_ones_own_change_log(library: Library, author: User, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    component = library.component()
    api.mark_change_log_reviewed(draft_record(component).draft_change_log.pk, reviewer_id=author.pk)
    assert is_reviewed(library, component)


def test_reviewing_a_change_log_reviews_no_deletion_but_the_one_that_is_shown(
    library: Library, reviewer: User, review: Review
) -> None:
    again, restored = library.component(), library.component()
    versions = {item: content_api.get_draft_version(item.id) for item in (again, restored)}
    review(again, restored)
    library.publish()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        library.delete(again)
        library.delete(restored)
    for item, version in versions.items():
        assert version is not None
        library.set_draft(item, version.pk)
    library.delete(again)
    library.edit(restored)
    assert api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk) == []
    assert not is_reviewed(library, again)
    assert not is_reviewed(library, restored)


def test_reviewing_a_change_log_returns_no_review_of_what_was_edited_since(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component()
    change_log = draft_record(component).draft_change_log
    review(component)
    library.edit(component)
    assert api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk) == []


def test_reviewing_a_change_log_returns_no_review_of_a_deletion_that_the_bulk_edit_took_back(
    library: Library, reviewer: User, review: Review
) -> None:
    """Core turns the record of the deletion, v1 → None, into v1 → v2."""
    component = library.component()
    review(component)
    library.publish()
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        library.delete(component)
        review(component)
        version_id = library.edit(component)
        reviews = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    assert [given.version_id for given in reviews] == [version_id]


def test_reviewing_the_change_log_that_brings_a_reviewed_version_back_leaves_one_review(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.edit(component)
    library.set_draft(component, version.pk)
    change_log = draft_record(component).draft_change_log
    assert api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk) == [ReviewedStatus.objects.get()]


def test_reviewing_a_change_log_again_after_a_withdrawal(library: Library, reviewer: User) -> None:
    component = library.component()
    change_log = draft_record(component).draft_change_log
    [withdrawn] = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    [given] = api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
    assert given != withdrawn
    assert is_reviewed(library, component)


def test_a_verdict_that_the_database_does_not_keep_is_an_error(library: Library, reviewer: User) -> None:
    seen = {library.component().id: None}
    with pytest.raises(IntegrityError):
        _give("maybe", seen, reviewer_id=reviewer.pk, note="")  # type: ignore[arg-type]


def test_reviewing_a_change_log_costs_the_same_for_any_size(library: Library, reviewer: User) -> None:
    def queries(size: int) -> int:
        with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
            for _ in range(size):
                library.component()
        with CaptureQueriesContext(connection) as captured:
            api.mark_change_log_reviewed(change_log.pk, reviewer_id=reviewer.pk)
        return len(captured)

    assert queries(2) == queries(20)


# Many changes at once


def seen(*items: Any) -> dict[Any, int]:
    """Return what somebody hands over who has looked at these items."""
    return {item.id: draft_record(item).pk for item in items}


def test_many_changes_are_reviewed_all_or_none_however_many(library: Library, reviewer: User) -> None:
    """There are more of them than go into one batch, and what stands in the way is in the last."""
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=library.author_id) as change_log:
        for _ in range(501):
            library.component()
    changes = dict(change_log.records.order_by("-entity").values_list("entity_id", "pk"))
    last = max(changes)
    with pytest.raises(api.ManyReviewsError) as refusal:
        api.mark_many_reviewed({**changes, last: changes[min(changes)]}, reviewer_id=reviewer.pk)
    assert {entity_id: type(error) for entity_id, error in refusal.value.errors.items()} == {last: api.StaleReviewError}
    assert not ReviewedStatus.objects.exists()
    reviews = api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)
    assert [review.entity_id for review in reviews] == sorted(changes)


def test_a_refusal_of_many_names_each_reason_and_says_the_first(library: Library, reviewer: User) -> None:
    own, live = library.component(title="Mine", created_by=reviewer.pk), library.component(title="Live")
    empty = content_api.create_publishable_entity(library.package.id, "empty", now(), None)
    changes = {**seen(own, live), empty.id: draft_record(live).pk}
    with api.bypass_review(reason="Test"):
        library.publish(live)
    with pytest.raises(api.ManyReviewsError) as refusal:
        api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)
    assert {entity_id: type(error) for entity_id, error in refusal.value.errors.items()} == {
        own.id: api.SelfReviewError,
        live.id: api.NothingToReviewError,
        empty.id: api.NothingToReviewError,
    }
    assert str(refusal.value) == (
        f"Nothing was marked: 3 of the changes cannot be reviewed. The first: {refusal.value.errors[own.id]}"
    )
    with pytest.raises(api.ManyReviewsError) as refusal:
        api.mark_many_reviewed(seen(own), reviewer_id=reviewer.pk)
    assert str(refusal.value) == (
        f"Nothing was marked: 1 of the changes cannot be reviewed. {refusal.value.errors[own.id]}"
    )


def test_marking_many_covers_this_version_whatever_was_reviewed_before(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.edit(component)
    reviewer_id = ReviewedStatus.objects.get().reviewer_id
    assert reviewer_id is not None
    [given] = api.mark_many_reviewed(seen(component), reviewer_id=reviewer_id)
    assert given.version_num == 2
    assert is_reviewed(library, component)


def test_marking_many_covers_this_deletion_whatever_was_reviewed_before(
    library: Library, reviewer: User, review: Review
) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.publish()
    library.delete(component)
    review(component)
    library.set_draft(component, version.pk)
    library.delete(component)
    [given] = api.mark_many_reviewed(seen(component), reviewer_id=reviewer.pk)
    assert (given.version_num, given.draft_change_log_record) == (0, draft_record(component))
    assert is_reviewed(library, component)


def test_marking_many_is_by_the_person_who_does_it(library: Library, reviewer: User, other_reviewer: User) -> None:
    component = library.component()
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)
    [given] = api.mark_many_reviewed(seen(component), reviewer_id=reviewer.pk)
    assert given.reviewer == reviewer
    assert ReviewedStatus.objects.count() == 2


def test_marking_many_again_after_a_withdrawal(library: Library, reviewer: User) -> None:
    component = library.component()
    for _ in range(2):
        [given] = api.mark_many_reviewed(seen(component), reviewer_id=reviewer.pk)
        assert given.in_force
        assert is_reviewed(library, component)
        api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    assert ReviewedStatus.objects.count() == 2


def test_marking_many_again_under_another_change_of_the_same_version_leaves_one_review(
    library: Library, reviewer: User
) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    first = api.mark_many_reviewed(seen(component), reviewer_id=reviewer.pk)
    library.edit(component)
    library.set_draft(component, version.pk)
    assert api.mark_many_reviewed(seen(component), reviewer_id=reviewer.pk, note="Again") == first
    assert ReviewedStatus.objects.get().note == ""


def test_marking_many_with_bad_input_gets_a_sentence_and_changes_nothing(library: Library, reviewer: User) -> None:
    component = library.component()
    nowhere: Any = 999_999
    with pytest.raises(ValidationError, match="at most 10000 characters"):
        api.mark_many_reviewed(seen(component), reviewer_id=reviewer.pk, note="x" * 10_001)
    with pytest.raises(User.DoesNotExist, match="User matching query does not exist"):
        api.mark_many_reviewed(seen(component), reviewer_id=nowhere)
    with pytest.raises(PublishableEntity.DoesNotExist, match="no entity with the id 999999"):
        api.mark_many_reviewed({**seen(component), nowhere: 1}, reviewer_id=reviewer.pk)
    assert not ReviewedStatus.objects.exists()


# Bad input


def test_bad_input_gets_a_sentence_and_changes_nothing(library: Library, reviewer: User) -> None:
    component = library.component()
    nowhere: Any = 999_999
    calls: list[tuple[type[Exception], str, Callable[[], Any]]] = [
        (
            PublishableEntity.DoesNotExist,
            "no entity with the id 999999",
            lambda: api.mark_reviewed(nowhere, reviewer_id=reviewer.pk),
        ),
        (
            User.DoesNotExist,
            "User matching query does not exist",
            lambda: api.mark_reviewed(component.id, reviewer_id=nowhere),
        ),
        (
            ValidationError,
            "at most 10000 characters",
            lambda: api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="x" * 10_001),
        ),
        (
            DraftChangeLog.DoesNotExist,
            "DraftChangeLog matching query",
            lambda: api.mark_change_log_reviewed(nowhere, reviewer_id=reviewer.pk),
        ),
        (
            User.DoesNotExist,
            "User matching query does not exist",
            lambda: api.mark_change_log_reviewed(draft_record(component).draft_change_log.pk, reviewer_id=nowhere),
        ),
        (
            User.DoesNotExist,
            "User matching query does not exist",
            lambda: api.withdraw_review(component.id, reviewer_id=reviewer.pk, withdrawn_by_id=nowhere),
        ),
        (LearningPackage.DoesNotExist, "LearningPackage matching query", lambda: api.get_reviewed_entities(nowhere)),
        (LearningPackage.DoesNotExist, "LearningPackage matching query", lambda: api.get_unreviewed_entities(nowhere)),
        (LearningPackage.DoesNotExist, "LearningPackage matching query", lambda: api.is_review_required(nowhere)),
        (
            LearningPackage.DoesNotExist,
            "LearningPackage matching query",
            lambda: api.set_review_required(nowhere, True, changed_by=None),
        ),
        (
            User.DoesNotExist,
            "User matching query does not exist",
            lambda: api.set_review_required(library.package.id, False, changed_by=nowhere),
        ),
        (
            ValidationError,
            "True or False, not 'false'",
            lambda: api.set_review_required(library.package.id, "false", changed_by=None),  # type: ignore[arg-type]
        ),
        (LearningPackage.DoesNotExist, "LearningPackage matching query", lambda: api.publish_reviewed_items(nowhere)),
        (
            User.DoesNotExist,
            "User matching query does not exist",
            lambda: api.publish_reviewed_items(library.package.id, published_by=nowhere),
        ),
        (ValidationError, "Say why", lambda: api.bypass_review(reason="  ").__enter__()),
        (
            User.DoesNotExist,
            "User matching query does not exist",
            lambda: api.bypass_review(reason="x", user_id=nowhere).__enter__(),
        ),
    ]
    for error, sentence, call in calls:
        with pytest.raises(error, match=sentence):
            call()
    assert not ReviewedStatus.objects.exists()
    assert not ReviewPolicy.objects.exclude(changed_at=None).exists()


def test_switching_a_policy_says_so_in_the_logs(
    library: Library, reviewer: User, caplog: pytest.LogCaptureFixture
) -> None:
    policy = api.set_review_required(library.package.id, False, changed_by=reviewer.pk)
    assert (policy.review_required, policy.changed_by_id) == (False, reviewer.pk)
    assert "NOT required" in caplog.text
    assert api.is_review_required(library.package.id) is False
    api.set_review_required(library.package.id, True, changed_by=None)
    assert api.is_review_required(library.package.id) is True
