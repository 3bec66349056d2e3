"""More than one reviewer: how many a change takes, and who counts as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext
from openedx_content.models_api import LearningPackage

from sample_plugin.reviews import api
from sample_plugin.reviews.gate.checks import check_settings
from sample_plugin.reviews.gate.judgement import require_review
from sample_plugin.reviews.models import ReviewedStatus, ReviewPolicy
from sample_plugin.reviews.pipeline import UnreviewedChanges
from sample_plugin.reviews.verdicts.carry_over import carry_over_reviews

from .content import Library, draft_record, is_reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture(name="reviewers")
def _reviewers(reviewer: User, other_reviewer: User) -> list[User]:
    """Three people who have written nothing."""
    return [reviewer, other_reviewer, User.objects.create_user("third-reviewer")]


@pytest.fixture(name="strict")
def _strict(library: Library) -> Library:
    """The library, in which a change takes two reviewers."""
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    return library


def test_a_change_takes_as_many_different_people_as_the_policy_says(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    for _ in range(2):
        api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    assert not is_reviewed(strict, text)
    [shown] = api.get_entity_overviews([text.id], viewer_id=None)
    assert (shown.is_reviewed, shown.reviewer_count, shown.required_reviewers) == (False, 1, 2)
    # To be begun is not to be outdated.
    assert not shown.is_outdated
    assert not api.find_changes(strict.package.id, state=api.ReviewState.OUTDATED).exists()
    with pytest.raises(UnreviewedChanges):
        strict.publish(text)
    assert api.publish_reviewed_items(strict.package.id).published == ()

    api.mark_reviewed(text.id, reviewer_id=reviewers[1].pk)
    assert is_reviewed(strict, text)
    [shown] = api.get_entity_overviews([text.id], viewer_id=None)
    assert (shown.is_reviewed, shown.reviewer_count) == (True, 2)
    assert len(api.publish_reviewed_items(strict.package.id).published) == 1


def test_a_deletion_takes_as_many(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    with api.bypass_review(reason="Test"):
        strict.publish()
    strict.delete(text)
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    assert not is_reviewed(strict, text)
    api.mark_reviewed(text.id, reviewer_id=reviewers[1].pk)
    assert is_reviewed(strict, text)


def test_reviews_of_different_versions_are_not_added_up(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    strict.edit(text)
    api.mark_reviewed(text.id, reviewer_id=reviewers[1].pk)
    assert not is_reviewed(strict, text)


def test_a_review_that_is_carried_over_still_counts_once(strict: Library, reviewers: list[User]) -> None:
    text = strict.component(title="Salt")
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    for _ in range(2):
        strict.edit(text, "Salt")
        carry_over_reviews(draft_record(text).draft_change_log_id)
        assert not is_reviewed(strict, text)
    api.mark_reviewed(text.id, reviewer_id=reviewers[1].pk)
    assert is_reviewed(strict, text)


def test_who_withdraws_is_missing_again(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    for person in reviewers[:2]:
        api.mark_reviewed(text.id, reviewer_id=person.pk)
    api.withdraw_review(text.id, reviewer_id=reviewers[0].pk)
    assert not is_reviewed(strict, text)


def test_accounts_that_were_deleted_count_as_one_person(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    for person in reviewers[:2]:
        api.mark_reviewed(text.id, reviewer_id=person.pk)
        person.delete()
    assert not is_reviewed(strict, text)
    api.mark_reviewed(text.id, reviewer_id=reviewers[2].pk)
    assert is_reviewed(strict, text)


def test_a_request_stands_in_the_way_of_any_number(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    for person in reviewers[:2]:
        api.mark_reviewed(text.id, reviewer_id=person.pk)
    api.request_changes(text.id, reviewer_id=reviewers[2].pk, note="More salt")
    assert not is_reviewed(strict, text)


def test_another_number_holds_at_once(library: Library, reviewers: list[User]) -> None:
    text = library.component()
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    assert is_reviewed(library, text)
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    assert not is_reviewed(library, text)
    api.set_required_reviewers(library.package.id, None, changed_by=None)
    assert is_reviewed(library, text)


def test_a_library_says_only_for_itself(strict: Library, author: User, reviewers: list[User]) -> None:
    other = Library.create("lib:Test:Other", author.pk)
    text = other.component()
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    assert is_reviewed(other, text)
    assert [api.get_required_reviewers(each.package.id) for each in (strict, other)] == [2, 1]


def test_the_site_says_where_the_library_does_not(library: Library, reviewers: list[User], settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 2
    text = library.component()
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    assert not is_reviewed(library, text)
    # A policy about something else says nothing of the number.
    api.set_review_required(library.package.id, True, changed_by=None)
    assert not is_reviewed(library, text)
    assert api.get_package_overview(library.package.id).required_reviewers == 2
    api.set_required_reviewers(library.package.id, 1, changed_by=None)
    assert is_reviewed(library, text)


def test_a_policy_about_the_number_leaves_it_to_the_site_whether_a_review_is_required(
    library: Library, settings: Any
) -> None:
    policy = api.set_required_reviewers(library.package.id, 2, changed_by=None)
    assert policy.review_required is None
    assert api.is_review_required(library.package.id)
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT = False
    assert not api.is_review_required(library.package.id)
    text = library.component()
    assert library.publish(text).records.count() == 1


@pytest.mark.parametrize("number", [0, -1, 21, True, "2", 1.5])
def test_a_number_that_is_none_is_refused(number: Any, library: Library) -> None:
    with pytest.raises(ValidationError) as error:
        api.set_required_reviewers(library.package.id, number, changed_by=None)
    assert error.value.message_dict == {"required_reviewers": ["Ask for 1 to 20 reviewers."]}
    assert api.get_required_reviewers(library.package.id) == 1


def test_who_and_where_are_checked(library: Library) -> None:
    with pytest.raises(User.DoesNotExist):
        api.set_required_reviewers(library.package.id, 2, changed_by=9_999)
    for call in (api.get_required_reviewers, lambda pk: api.set_required_reviewers(pk, 2, changed_by=None)):
        with pytest.raises(LearningPackage.DoesNotExist):
            call(9_999)  # type: ignore[arg-type]


def test_the_database_does_not_take_zero(library: Library) -> None:
    policy = api.set_required_reviewers(library.package.id, 2, changed_by=None)
    with pytest.raises(IntegrityError), atomic():
        ReviewPolicy.objects.filter(pk=policy.pk).update(required_reviewers=0)


@pytest.mark.parametrize("number", [0, -1, 21, True, "2", None, 1.5])
def test_with_a_setting_that_is_no_number_nothing_is_published_and_a_check_says_so(
    number: Any, library: Library, reviewers: list[User], settings: Any
) -> None:
    text = library.component()
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = number
    with pytest.raises(ImproperlyConfigured, match="set it to a number from 1 to 20"):
        library.publish(text)
    assert [error.id for error in check_settings()] == ["sample_plugin_reviews.E003"]
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 1
    assert check_settings() == []
    assert library.publish(text).records.count() == 1


def test_the_gate_asks_as_much_for_two_reviewers_as_for_one(library: Library, reviewers: list[User]) -> None:
    def queries(number: int | None) -> int:
        api.set_required_reviewers(library.package.id, number, changed_by=None)
        texts = [library.component() for _ in range(5)]
        for text in texts:
            for person in reviewers[:2]:
                api.mark_reviewed(text.id, reviewer_id=person.pk)
        publish_log = library.publish(*texts)
        with CaptureQueriesContext(connection) as captured:
            require_review(publish_log)
        return len(captured)

    assert queries(None) == queries(2) == 1


def test_a_version_that_not_enough_have_reviewed_is_not_reviewed(strict: Library, reviewers: list[User]) -> None:
    text = strict.component()
    api.mark_reviewed(text.id, reviewer_id=reviewers[0].pk)
    [shown] = api.get_version_overviews([(text.id, 1)])
    assert (shown.is_reviewed, len(shown.reviews)) == (False, 1)
    api.mark_reviewed(text.id, reviewer_id=reviewers[1].pk)
    [shown] = api.get_version_overviews([(text.id, 1)])
    assert shown.is_reviewed
    api.request_changes(text.id, reviewer_id=reviewers[2].pk, note="More salt")
    [shown] = api.get_version_overviews([(text.id, 1)])
    assert (shown.is_reviewed, len(shown.reviews)) == (False, 2)
    assert ReviewedStatus.objects.in_force().count() == 3
