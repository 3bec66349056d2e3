"""
A history of a library, in fact and in the model: how a step is made, and what must hold after it.

Which steps there are is in tests/model/test_model.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import Context, copy_context
from typing import Any

import pytest
from crum import impersonate
from django.core.exceptions import ValidationError
from django.db.transaction import atomic, set_rollback
from django.test import TestCase, override_settings
from hypothesis.stateful import RuleBasedStateMachine, invariant
from openedx_content import api as content_api

from sample_plugin.reviews import api
from sample_plugin.reviews.drafts.pins import find_pins_to_review
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .library import Children, RealLibrary
from .reference import Model

__all__ = ["History"]


class History(RuleBasedStateMachine):
    """One library, its model, and what both have come through."""

    real: RealLibrary
    # What has happened how often, in all histories.
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        for version in self.real.begin():
            self.model.create(version, version.created_by)
        self.elsewhere = self.real.elsewhere()
        # Every change that there ever was, and of what, for core drops some; every log, and whether it is committed.
        self.changes: dict[int, int] = {}
        self.logs: dict[int, bool] = {}
        self.steps = 0
        self.bulk: ExitStack | None = None
        # Who acts: whom core is told of or, if that is nobody, whose request it is.
        self.acting: int | None = self.real.people[0]
        # What a task inherits that was started under a bypass, and goes on after it.
        self.after_bypass: Context | None = None
        # Taken back in the end: much faster than to empty all tables.
        self.history = ExitStack()
        self.history.enter_context(atomic())
        self.history.callback(set_rollback, True)
        self._read_changes()

    def teardown(self) -> None:
        """Take all of it back."""
        if self.bulk:
            self.bulk.close()
        # As at the beginning: how many reviewers the site asks for counts there as well.
        with override_settings(SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS=1):
            elsewhere = self.real.elsewhere()
        self.history.close()
        assert elsewhere == self.elsewhere
        self.seen["histories"] += 1

    # What must hold after every step

    @invariant()
    def agree(self) -> None:
        """In the tables is what the model says, and the plugin says so."""
        assert self.real.drafts_and_live() == (self.model.draft, self.model.live)
        assert self.real.judgements() == self.model.judgements
        # In which order many are marked at once is nobody's business.
        assert sorted(self.real.reviews(), key=repr) == sorted(self.model.reviews, key=repr)
        assert api.is_review_required(self.real.id) is self.model.is_required()
        reviewed = self.model.reviewed()
        assert set(api.get_reviewed_entities(self.real.id).values_list("pk", flat=True)) == reviewed
        unreviewed = self.model.changed() - reviewed
        assert set(api.get_unreviewed_entities(self.real.id).values_list("pk", flat=True)) == unreviewed
        drafts: dict[Any, int | None] = {**self.model.draft}
        contributors = {entity: self.model.contributors(entity, drafts[entity])[0] for entity in drafts}
        assert api.get_contributors(list(drafts)) == contributors
        # One of these after each step: to have Django compose so many large queries takes longer than all the rest.
        further = [self._agree_on_requests, self._agree_on_authors, self._agree_on_pins, self._agree_on_imports]
        further[self.steps % len(further)]()

    def _agree_on_requests(self) -> None:
        drafts = self.model.draft
        requested = {entity for entity in self.model.changed() if self.model.requested(entity, drafts[entity])}
        found = api.find_changes(self.real.id, state=api.ReviewState.CHANGES_REQUESTED)
        assert set(found.values_list("pk", flat=True)) == requested
        assert api.get_package_overview(self.real.id).changes_requested == len(requested)

    def _agree_on_authors(self) -> None:
        person = self.real.people[self.steps % 3]
        own = {entity for entity in self.model.changed() if self.model.author(entity) == person}
        assert set(api.find_changes(self.real.id, changed_by=person).values_list("pk", flat=True)) == own

    def _agree_on_pins(self) -> None:
        containers: list[Any] = [entity for entity in self.model.draft if self.real.kind(entity)]
        unready = {entity: self.model.unready(draft) for entity, draft in self.model.draft.items()}
        found = find_pins_to_review(containers)
        pins = {entity: {pin.version_id for pin in of_entity} for entity, of_entity in found.items()}
        assert pins == {entity: versions for entity, versions in unready.items() if versions}

    def _agree_on_imports(self) -> None:
        person = self.real.people[self.steps % 3]
        found = [
            (one.draft_change_log_id, one.change_count, one.unpublished, one.reviewed, one.own_change_at is not None)
            for one in api.get_import_overviews(self.real.id, viewer_id=person)
        ]
        expected = []
        for log in sorted(self.model.imports, reverse=True):
            if waiting := self.model.waiting_of(log):
                count = sum(change.log == log and not change.is_side_effect for change in self.model.changes.values())
                own = any(self.model.refusal(entity, person) for entity in waiting)
                expected.append((log, count, len(waiting), len(waiting & self.model.reviewed()), own))
        assert found == expected

    # How a step is made

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """Do what follows the commit of the block, too; in a bulk edit that waits until its end."""
        self.steps += 1
        self.seen["steps"] += 1
        self.seen[what] += 1
        with ExitStack() if self.bulk else TestCase.captureOnCommitCallbacks(execute=True):
            yield

    @contextmanager
    def _drafts_change(self, what: str, by: int | None = None, asking: int | None = None) -> Iterator[None]:
        """
        Let the block change drafts, and tell the model what core has on record of that.

        ``by`` is whom core is told of, ``asking`` whose request it is. In a bulk edit neither of them matters.
        """
        if not self.bulk:
            self.acting = self._person(asking if by is None else by)
        with self._step(what), self._request_of(asking):
            yield
        self._read_changes()

    def _request_of(self, person: int | None) -> Any:
        return nullcontext() if person is None else impersonate(self.real.users[person])

    def _read_changes(self) -> None:
        self.model.told(self.real.changes())
        new = [change for change in self.model.changes.values() if change.id not in self.changes]
        assert {change.changed_by for change in new} <= {self.acting}
        self.changes |= {change.id: change.entity for change in self.model.changes.values()}
        logs = {change.log for change in self.model.changes.values()}
        for log in sorted(logs - self.logs.keys()):
            self.logs[log] = False
        if not self.bulk:
            for log in [log for log, is_committed in self.logs.items() if not is_committed]:
                self.seen["carry over"] += self.model.commit(log)
                self.logs[log] = True

    def _publish(self, entities: Any, *, with_dependencies: bool, bypassing: bool, task: Context | None = None) -> None:
        """Publish these or all: that is refused, passes or is put on record, as the model says."""

        def publish() -> Any:
            if entities is None:
                return content_api.publish_all_drafts(self.real.id)
            return self.real.publish(entities, with_dependencies=with_dependencies)

        going_live = self.real.would_publish(
            sorted(self.model.changed()) if entities is None else entities, with_dependencies=with_dependencies
        )
        not_reviewed = self.model.unreviewed_of(going_live or [])
        unreviewed = not_reviewed if self.model.is_required() else set()
        if going_live is not None and not self.model.is_required():
            # What advisory mode tells is what required mode does.
            listed = sorted(self.model.changed()) if entities is None else entities
            assert self.real.would_refuse(listed, with_dependencies=with_dependencies) == not_reviewed
            for what in ("not required", self.model.mode()):
                self.seen[f"publish unreviewed, {what}"] += bool(not_reviewed)
        expected: Any = None
        if going_live is None:
            # Core has a reason of its own, but to publish everything is refused before core is asked.
            is_early = entities is None and not bypassing and self.model.is_required() and self.model.unready_drafts()
            expected = UnreviewedChanges if is_early else ValidationError
        elif unreviewed and not bypassing:
            expected = UnreviewedChanges
        what = "publish" if not unreviewed else "publish past the gate" if bypassing else "publish unreviewed"
        with self._refused(expected, what) as error, ExitStack() as stack:
            if bypassing:
                stack.enter_context(api.bypass_review(reason="In a hurry", user_id=self.real.people[0]))
                self.after_bypass = copy_context()
            publish_log = task.run(publish) if task else publish()
            self.model.publish(going_live or [])
            self.model.judge(publish_log.pk, not_reviewed, bypassing=bypassing)
        if error and expected is UnreviewedChanges and going_live is not None:
            assert {item.entity_id for item in error[0].unreviewed} == unreviewed
            new = {published.entity: published.new for published in going_live}
            assert all(
                item.changes_requested == self.model.requested(item.entity_id, new[item.entity_id])
                for item in error[0].unreviewed
            )
            assert error[0].unreviewed_count == len(unreviewed)
            assert error[0].change_count == sum(published.old != published.new for published in going_live or [])

    @contextmanager
    def _refused(self, expected: Any, what: str) -> Iterator[list[Any]]:
        """Expect this error of the block, and that nothing has changed then; or none. Give what was raised."""
        errors: list[Any] = []
        if not expected:
            with self._step(what):
                yield errors
            return
        before = self.real.everything()
        with self._step(f"{what}: {expected.__name__}"), pytest.raises(expected) as caught:
            yield errors
        assert caught.type is expected
        assert self.real.everything() == before
        errors.append(caught.value)

    # What is drawn stands for

    def _person(self, number: int | None) -> int | None:
        return None if number is None else self.real.people[number]

    def _pick(self, number: int) -> Any:
        """Return an item, sooner one that has changed."""
        entities = [*sorted(self.model.changed()), *self.model.draft]
        return entities[number % len(entities)]

    def _version(self, entity: Any, age: int) -> int:
        versions = self.model.versions_of(entity)
        return versions[-1 - age % len(versions)].id

    def _fitting(self, kind: int, children: list[tuple[int, int | None]]) -> Children:
        """Return children for a container of this kind."""
        entities = [entity for entity in self.model.draft if self.real.kind(entity) == kind - 1]
        chosen = [(entities[number % len(entities)], age) for number, age in children if entities]
        return [(entity, None if age is None else self._version(entity, age)) for entity, age in chosen]

    def _change(self, entity: Any, age: int) -> int:
        """Return a recent change of this item or, from 4 on, of any."""
        changes = [change for change, changed in self.changes.items() if age > 3 or changed == entity]
        return changes[-1 - age % len(changes)]
