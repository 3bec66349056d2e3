"""People who act at the same moment: whatever the order, nothing goes live that is not reviewed when it does."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import F
from openedx_content.models_api import (
    DraftChangeLogRecord,
    PublishableEntityVersion,
    Published,
    PublishLog,
    PublishLogRecord,
)

from sample_plugin.reviews import api
from sample_plugin.reviews.exceptions import ReviewError, is_transient
from sample_plugin.reviews.models import DELETION, Basis, PublishJudgement, ReviewedStatus, ReviewRequest
from sample_plugin.reviews.pipeline import UnreviewedChanges

from ..content import Item, Library, draft_record
from .afterwards import live_against_verdicts
from .conftest import ROUNDS, SEED
from .crew import Crew
from .journal import Journal

pytestmark = pytest.mark.essential

# What may come of an act, besides success. Everything else is a bug.
_EXPECTED = (UnreviewedChanges, ReviewError, ReviewedStatus.DoesNotExist)
# Of two who change the same draft at once, core lets one fail: it numbers versions by looking for the highest, and both
# go on to the containers that the item is in, where they may wait for each other.
_CHANGES_OF_DRAFTS = ("edit", "save", "delete", "restore", "pin")

# What may have happened to an item before.
_PAST = ["edit", "edit", "review", "review", "request", "withdraw", "delete", "restore"]

type Act = Callable[[], Any]


class Scene:
    """A library with a unit of three texts, and what people may do to it."""

    def __init__(self, chance: random.Random, author: User, reviewers: list[User]) -> None:
        self.chance = chance
        self.library = Library.create("lib:Test:Races", author.pk)
        self.texts = [self.library.component() for _ in range(3)]
        self.unit = self.library.unit(*self.texts)
        self.items: list[Item] = [*self.texts, self.unit]
        self.reviewers = reviewers

    def prepare(self) -> None:
        """Bring each item into some state, one after the other."""
        for item in self.items:
            for _ in range(self.chance.randint(0, 2)):
                self.perform(self.chance.choice(_PAST))
            self.perform("review", item)

    def perform(self, what: str, item: Any = None) -> None:
        """Do this, if it can be done."""
        act = self.act(what, item)
        with suppress(*_EXPECTED):
            act()

    def act(self, what: str, item: Any = None) -> Act:
        """Return what somebody does; chance has decided the details before it begins."""
        library, package_id = self.library, self.library.package.id
        item = item or self.chance.choice(self.items)
        reviewer = self.chance.choice(self.reviewers)
        match what:
            case "edit":
                return lambda: library.edit(item)
            case "delete":
                return lambda: library.delete(item)
            case "restore":
                versions = list(item.publishable_entity.versions.values_list("pk", flat=True))
                version_id = self.chance.choice(versions)
                return lambda: library.set_draft(item, version_id)
            case "review":
                return lambda: api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
            case "pin":
                text, *others = self.texts
                version = text.publishable_entity.draft.version
                return lambda: library.edit(self.unit, entities=[version or text, *others])
            case "review pinned":
                text = self.texts[0]
                changes_of = DraftChangeLogRecord.objects.filter(entity=text.id, new_version__isnull=False)
                record_id = changes_of.exclude(new_version=F("old_version")).latest("pk").pk
                return lambda: api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=record_id)
            case "review unit":
                return lambda: api.mark_reviewed(self.unit.id, reviewer_id=reviewer.pk)
            case "request of pinned":
                text = self.texts[0]
                return lambda: api.request_changes(text.id, reviewer_id=reviewer.pk, note="More salt")
            case "review all":
                changes: dict[Any, int] = {one.id: draft_record(one).pk for one in self.items}
                return lambda: api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)
            case "request":
                return lambda: api.request_changes(item.id, reviewer_id=reviewer.pk, note="More salt")
            case "dismiss":

                def dismiss() -> None:
                    for request_id in ReviewedStatus.objects.in_force().requests().values_list("pk", flat=True):
                        api.dismiss_request(request_id, dismissed_by_id=reviewer.pk, reason="It is salt enough")

                return dismiss
            case "save":
                title = PublishableEntityVersion.objects.filter(entity=item.id).latest("pk").title
                return lambda: library.edit(item, title)
            case "one reviewer" | "two reviewers":
                number = 1 if what == "one reviewer" else 2
                return lambda: api.set_required_reviewers(package_id, number, changed_by=None)
            case "withdraw":
                return lambda: api.withdraw_review(item.id, reviewer_id=reviewer.pk)
            case "publish all":
                return library.publish
            case "publish one":
                return lambda: library.publish(item)
            case "publish reviewed":
                return lambda: api.publish_reviewed_items(package_id)
            case "require":
                return lambda: api.set_review_required(package_id, True, changed_by=None)
            case "do not require":
                return lambda: api.set_review_required(package_id, False, changed_by=None)
            case "bypass":

                def bypass() -> None:
                    with api.bypass_review(reason="bypass"):
                        library.publish(item, message="bypass")

                return bypass
        raise AssertionError(what)


_PUBLISH = ["publish all", "publish one", "publish reviewed"]

RACES: dict[str, list[list[str]]] = {
    "edit against publish": [["edit"], ["publish all", "publish one"]],
    "edit against publish reviewed": [["edit"], ["publish reviewed"]],
    "review against edit": [["review"], ["edit"], _PUBLISH],
    "withdraw against publish": [["withdraw"], ["withdraw"], _PUBLISH],
    "delete and restore against publish": [["delete"], ["restore"], ["review"], _PUBLISH],
    "two reviewers": [["review", "review all"], ["review", "review all"], ["review"], ["edit"]],
    "two publishes": [_PUBLISH, _PUBLISH, _PUBLISH],
    "policy against publish": [["require"], ["do not require", "edit"], _PUBLISH],
    "bypass against publish": [["bypass"], _PUBLISH, ["edit"]],
    "request against publish": [["request"], ["review", "dismiss", "withdraw"], _PUBLISH],
    "request against save": [["request"], ["save"], ["review", "dismiss"], _PUBLISH],
    "more reviewers against publish": [["one reviewer", "two reviewers"], ["review", "withdraw"], _PUBLISH],
}
RACES["pins against publish"] = [["pin"], ["review unit"], ["review pinned", "request of pinned", "withdraw"], _PUBLISH]
RACES["everything"] = [sorted({what for race in RACES.values() for choices in race for what in choices})] * 4


@pytest.mark.parametrize("name", RACES)
def test_nothing_goes_live_that_is_not_reviewed_when_it_does(
    name: str, journal_if_any: Journal | None, crew: Crew, author: User, reviewer: User, other_reviewer: User
) -> None:
    chance = random.Random(f"{name} {SEED}")
    scene = Scene(chance, author, [reviewer, other_reviewer])
    outcomes: Counter[str] = Counter()
    for number in range(ROUNDS):
        scene.prepare()
        choices = [chance.choice(choice) for choice in RACES[name]]
        acts = [scene.act(what) for what in choices]
        for what, outcome in zip(choices, crew.at_once(*acts), strict=True):
            outcomes[f"{what}: {type(outcome).__name__ if isinstance(outcome, Exception) else 'done'}"] += 1
            if isinstance(outcome, Exception) and not is_expected(what, outcome):
                raise AssertionError(f"round {number}, {choices}: {what}") from outcome
        assert journal_if_any is None or journal_if_any.check() == [], f"round {number}, {choices}"
        assert live_against_verdicts(scene.library.package.id) == [], f"round {number}, {choices}"
        assert what_is_live_is_on_record(scene)
        assert no_review_stands_twice()
    # A bypass holds in its own thread and nowhere else.
    bypasses = PublishJudgement.objects.filter(basis=Basis.BYPASSED)
    assert set(bypasses.values_list("publish_log__message", flat=True)) <= {"bypass"}
    # And every publish is on record.
    assert not PublishLog.objects.filter(review_judgement=None).exists()
    went_live = PublishLogRecord.objects.exclude(old_version=F("new_version")).count()
    print(f"\n{name}: {ROUNDS} rounds, {went_live} versions went live; {dict(sorted(outcomes.items()))}")


def test_two_windows_of_one_reviewer_leave_one_verdict(
    crew: Crew, library: Library, author: User, reviewer: User
) -> None:
    """They name two records of one version, which was brought back; one approves of it, the other asks for changes."""
    outcomes: Counter[str] = Counter()
    for number in range(ROUNDS):
        text = library.component()
        first = draft_record(text)
        library.edit(text)
        library.set_draft(text, first.new_version_id)
        records = [first.pk, draft_record(text).pk]
        review = partial(api.mark_reviewed, text.id, reviewer_id=reviewer.pk)
        request = partial(api.request_changes, text.id, reviewer_id=reviewer.pk, note="More salt")
        acts = [
            partial(act, draft_change_log_record_id=record_id)
            for act, record_id in zip([review, request] * 2, [*records, *reversed(records)], strict=True)
        ]
        for outcome in crew.at_once(*acts):
            # In one of some hundred rounds, two windows wait for each other's rows, and the database ends one of them.
            if isinstance(outcome, Exception) and not (isinstance(outcome, api.ReviewError) or is_transient(outcome)):
                raise AssertionError(f"round {number}") from outcome
            outcomes[type(outcome).__name__] += 1
        (verdict,) = ReviewedStatus.objects.in_force().filter(entity=text.id)
        outcomes[verdict.verdict] += 1
    print(f"\ntwo windows: {ROUNDS} rounds; {dict(sorted(outcomes.items()))}")


def test_of_many_who_ask_at_once_one_request_is_open(crew: Crew, library: Library, author: User) -> None:
    """Each says something else about the same two items, so the last one replaces all others, on both."""
    for number in range(ROUNDS):
        text, other = library.component(), library.component()
        acts: list[Act] = [
            partial(
                api.request_many_reviews, [text.id, other.id], requested_by_id=author.pk, message=f"Round {number}, {n}"
            )
            for n in range(4)
        ]
        for outcome in crew.at_once(*acts):
            if isinstance(outcome, Exception):
                raise AssertionError(f"round {number}") from outcome
        found = api.get_open_requests([text.id, other.id])
        assert found[text.id].request.message == found[other.id].request.message
        assert ReviewRequest.objects.filter(entity__in=[text.id, other.id]).count() == 8


def is_expected(what: str, outcome: Exception) -> bool:
    """Return whether this may come of it."""
    if what in _CHANGES_OF_DRAFTS and (isinstance(outcome, IntegrityError) or is_transient(outcome)):
        return True
    return isinstance(outcome, _EXPECTED)


def what_is_live_is_on_record(scene: Scene) -> bool:
    """Return whether each item is live in the version that the latest publish of it says."""
    return all(
        live.publish_log_record.new_version_id == live.version_id
        for live in Published.objects.filter(entity__learning_package=scene.library.package).select_related(
            "publish_log_record"
        )
    )


def no_review_stands_twice() -> bool:
    """Return whether nobody has two verdicts in force on the same version or the same deletion."""
    in_force = ReviewedStatus.objects.in_force()
    of_versions = list(in_force.exclude(version=None).values_list("version", "reviewer"))
    of_deletions = list(in_force.filter(version_num=DELETION).values_list("draft_change_log_record", "reviewer"))
    return all(len(given) == len(set(given)) for given in (of_versions, of_deletions))
