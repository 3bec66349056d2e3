"""The three modes, and the history of a policy: who changed it, when, why, and what was published meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext
from openedx_content.models_api import LearningPackage

from sample_plugin.reviews import api
from sample_plugin.reviews.gate.checks import check_settings
from sample_plugin.reviews.models import ReviewPolicy
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, live_versions

pytestmark = [pytest.mark.django_db]

PREFIX = "SAMPLE_PLUGIN_REVIEWS_"


def history(library: Library) -> list[tuple[str, str, str, str]]:
    """Return what was changed, from what to what, and why, newest first."""
    changes = api.get_policy_history(library.package.id)
    return [(change.field, change.old_value, change.new_value, change.reason) for change in changes]


# The mode


@pytest.mark.parametrize(
    ("default_mode", "required_by_default", "mode"),
    [
        ("required", True, "required"),
        ("required", False, "off"),
        ("advisory", True, "advisory"),
        ("advisory", False, "advisory"),
        ("off", True, "off"),
        pytest.param(False, True, "required", id="off in YAML, without quotes"),
        pytest.param("nonsense", False, "required", id="nonsense, which is not the default"),
        pytest.param(None, False, "required", id="nothing"),
        pytest.param("required", "false", "required", id="the older setting is invalid"),
    ],
)
def test_the_site_has_a_mode_and_an_older_setting_that_counts_beside_its_default(
    library: Library, settings: Any, default_mode: Any, required_by_default: Any, mode: str
) -> None:
    setattr(settings, f"{PREFIX}DEFAULT_MODE", default_mode)
    setattr(settings, f"{PREFIX}REQUIRED_BY_DEFAULT", required_by_default)
    assert api.get_review_mode(library.package.id) == mode
    assert api.is_review_required(library.package.id) is (mode == "required")
    library.component()
    if mode == "required":
        with pytest.raises(UnreviewedChanges):
            library.publish()
    else:
        assert library.publish().review_judgement.mode == mode
    for stored in api.ReviewMode.values:
        api.set_review_mode(library.package.id, stored, changed_by=None, reason="Whatever the site says")
        assert api.get_review_mode(library.package.id) == stored
    api.set_review_mode(library.package.id, None, changed_by=None, reason="As the site says")
    assert api.get_review_mode(library.package.id) == mode


@pytest.mark.parametrize("value", ["Required", "", False, None, 5])
def test_an_invalid_mode_of_the_site_is_reported(settings: Any, value: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE = value
    [warning] = check_settings()
    assert warning.id == "sample_plugin_reviews.W014"
    assert "set it to off, advisory or required. Until then the default applies: required." in warning.msg


@pytest.mark.parametrize("mode", ["Off", "", True, 0, ["off"]])
def test_there_are_no_other_modes(library: Library, mode: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        api.set_review_mode(library.package.id, mode, changed_by=None, reason="Try")
    assert refusal.value.message_dict == {"mode": ["Choose one of these: off, advisory, required."]}
    with pytest.raises(IntegrityError), atomic():
        ReviewPolicy.objects.update(mode="perhaps")  # (MySQL compares without case.)
    assert history(library) == []


# A weaker rule needs a reason

WEAKER = [
    ({"mode": "required"}, {"mode": "advisory"}),
    ({"mode": "advisory"}, {"mode": "off"}),
    ({"mode": None}, {"mode": "off"}),
    ({"required_reviewers": 3}, {"required_reviewers": 2}),
    ({"required_reviewers": 3}, {"required_reviewers": None}),
    ({"who_may_review": None}, {"who_may_review": "not_last_editor"}),
    ({"who_may_review": "not_last_editor"}, {"who_may_review": "anybody"}),
    ({"mode": "advisory", "required_reviewers": 2}, {"mode": "required", "required_reviewers": 1}),
]


@pytest.mark.parametrize(("before", "after"), WEAKER)
def test_a_weaker_rule_needs_a_reason_and_a_stricter_one_does_not(library: Library, before: Any, after: Any) -> None:
    package_id = library.package.id
    api.change_policy(package_id, changed_by=None, reason="Begin", **before)
    began = history(library)
    for reason in ("", " \n"):
        with pytest.raises(ValidationError) as refusal:
            api.change_policy(package_id, changed_by=None, reason=reason, **after)
        assert refusal.value.message_dict == {"reason": ["Say why the rule gets weaker; the reason is put on record."]}
    assert history(library) == began
    api.change_policy(package_id, changed_by=None, reason="  It is time ", **after)
    assert {why for *_what, why in history(library)[: len(after)]} == {"It is time"}
    stricter = {name: value for name, value in before.items() if name == next(iter(after))}
    if len(after) == 1:
        api.change_policy(package_id, changed_by=None, reason="", **stricter)


def test_what_counts_is_what_applies_not_where_it_is_said(library: Library, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 2
    api.set_required_reviewers(library.package.id, 3, changed_by=None)
    with pytest.raises(ValidationError):
        api.change_policy(library.package.id, changed_by=None, reason="", required_reviewers=None)
    # To say what the site says already is no weaker.
    api.change_policy(
        library.package.id, changed_by=None, reason="", mode="required", who_may_review="not_contributors"
    )
    # As long as the site's number is invalid, nothing is published: any number is weaker.
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = "two"
    api.change_policy(library.package.id, changed_by=None, reason="", required_reviewers=None)
    with pytest.raises(ValidationError):
        api.change_policy(library.package.id, changed_by=None, reason="", required_reviewers=20)
    api.change_policy(library.package.id, changed_by=None, reason="The setting is wrong", required_reviewers=20)


def test_scripts_need_no_reason(library: Library) -> None:
    api.set_review_required(library.package.id, False, changed_by=None)
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    api.set_required_reviewers(library.package.id, 1, changed_by=None)
    api.set_who_may_review(library.package.id, "anybody", changed_by=None, reason="A small team")
    assert [why for *_what, why in history(library)] == ["A small team", "", "", ""]


# The history


def test_each_change_is_put_on_record_and_no_change_is_not(library: Library, reviewer: User) -> None:
    package_id = library.package.id
    api.set_review_mode(package_id, "off", changed_by=reviewer.pk, reason="The course starts")
    with CaptureQueriesContext(connection) as captured:
        same = api.set_review_mode(package_id, "off", changed_by=None, reason="Again")
    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in captured)
    assert same.changed_by == reviewer
    api.change_policy(package_id, changed_by=None, reason="It has", mode=None, required_reviewers=2)
    assert history(library) == [
        ("required_reviewers", "", "2", "It has"),
        ("mode", "off", "", "It has"),
        ("mode", "", "off", "The course starts"),
    ]
    newest, *_between, first = api.get_policy_history(package_id)
    assert (first.changed_by, newest.changed_by) == (reviewer, None)
    assert (first.old_in_force, first.new_in_force) == ("required", "off")
    assert (newest.old_in_force, newest.new_in_force) == ("1", "2")
    assert newest.changed_at == ReviewPolicy.objects.get().changed_at
    nowhere: Any = 9_999
    for ask in (api.get_policy_history, api.get_open_periods, api.get_review_mode):
        with pytest.raises(LearningPackage.DoesNotExist):
            ask(nowhere)


def test_all_of_a_change_or_nothing(library: Library) -> None:
    with pytest.raises(ValidationError):
        api.change_policy(library.package.id, changed_by=None, reason="Try", mode="advisory", required_reviewers=0)
    assert history(library) == []
    assert api.is_review_required(library.package.id)


# When was the gate open?


def test_it_is_told_when_the_gate_was_open_and_what_was_published_meanwhile(
    library: Library, review: Callable[..., None]
) -> None:
    package_id = library.package.id

    def publish(*, reviewed: bool) -> None:
        item = library.component()
        if reviewed:
            review(item)
        library.publish(item)

    assert api.get_open_periods(package_id) == []
    publish(reviewed=True)
    api.set_review_mode(package_id, "advisory", changed_by=None, reason="The first weeks")
    publish(reviewed=False)
    api.set_review_mode(package_id, "off", changed_by=None, reason="Too noisy")
    publish(reviewed=True)
    library.publish(library.component(), library.component())
    closed = api.set_review_mode(package_id, "required", changed_by=None, reason="")
    publish(reviewed=True)
    api.set_review_mode(package_id, "off", changed_by=None, reason="Again")
    publish(reviewed=False)
    now_open, past = api.get_open_periods(package_id)
    changes = list(api.get_policy_history(package_id).reverse())
    assert (past.since, past.until) == (changes[0].changed_at, closed.changed_at)
    assert past.ended_by_id == changes[2].pk
    assert (past.publish_count, past.change_count, past.unreviewed_count) == (3, 4, 3)
    assert (now_open.since, now_open.until, now_open.ended_by_id) == (changes[3].changed_at, None, None)
    assert (now_open.publish_count, now_open.change_count, now_open.unreviewed_count) == (1, 1, 1)


def test_a_gate_that_was_open_by_the_sites_default_was_open_since_an_unknown_time(
    library: Library, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE = "advisory"
    item = library.component()
    library.publish(item)
    assert item.id in live_versions()
    [period] = api.get_open_periods(library.package.id)
    assert (period.since, period.until, period.unreviewed_count) == (None, None, 1)
    policy = api.set_review_mode(library.package.id, "required", changed_by=None, reason="")
    [period] = api.get_open_periods(library.package.id)
    assert (period.since, period.until, period.unreviewed_count) == (None, policy.changed_at, 1)
