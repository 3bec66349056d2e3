"""The gate: nothing unreviewed goes live by any path, and a refusal leaves everything as it was."""

from __future__ import annotations

import contextvars
import pickle
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection
from django.db.models.signals import post_save, pre_save
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.applets.publishing import api as core_publishing
from openedx_content.models_api import Component, Draft, PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.data import ChangedItem, ChangeKind
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.gate import core, wrapper
from sample_plugin.reviews.gate.judgement import require_review
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewPolicy, ReviewPolicyChange
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, core_publish_from_drafts, live_versions, now, publish_state

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

type Review = Callable[..., None]


def test_an_unreviewed_component_is_refused(library: Library) -> None:
    component = library.component()
    with pytest.raises(UnreviewedChanges):
        library.publish(component)
    assert live_versions() == {}


def test_a_reviewed_component_is_published(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish(component)
    assert component.id in live_versions()


def test_a_whole_package_is_refused_for_one_unreviewed_change(library: Library, review: Review) -> None:
    reviewed, unreviewed = library.component(), library.component()
    review(reviewed)
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish()
    assert [item.entity_id for item in refusal.value.unreviewed] == [unreviewed.id]
    assert live_versions() == {}


def test_a_reviewed_unit_is_refused_for_its_unreviewed_child(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(unit)
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish(unit)
    assert [item.entity_id for item in refusal.value.unreviewed] == [child.id]


def test_a_parent_needs_no_review_when_only_a_child_has_changed(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    library.publish(unit)
    version_id = library.edit(child)
    review(child)
    library.publish(unit)
    assert live_versions()[child.id] == version_id


def test_an_unreviewed_deletion_is_refused(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    with pytest.raises(UnreviewedChanges):
        library.publish()
    assert live_versions()[component.id] is not None


def test_a_reviewed_deletion_is_published(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    review(component)
    library.publish()
    assert live_versions()[component.id] is None


def test_a_draft_that_the_queryset_catches_in_the_meantime_is_refused(library: Library, review: Review) -> None:
    reviewed = library.component()
    review(reviewed)
    lazy = Draft.objects.filter(entity__learning_package=library.package)
    library.component()
    with pytest.raises(UnreviewedChanges):
        content_api.publish_from_drafts(library.package.id, lazy)


def test_the_records_decide_when_the_draft_moves_on_during_the_publish(
    library: Library, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Core has written v1 into its record when somebody reviews v2: v1 must not go live on that."""
    component = library.component()

    def core_publish(*args: Any, **kwargs: Any) -> Any:
        publish_log = core_publish_from_drafts(*args, **kwargs)
        library.edit(component)
        review(component)
        return publish_log

    monkeypatch.setattr(content_api, "publish_from_drafts", wrapper.gated(core_publish))
    with pytest.raises(UnreviewedChanges):
        library.publish(component)


@pytest.mark.parametrize(
    "publish",
    [
        pytest.param(lambda lib: content_api.publish_all_drafts(lib.package.id), id="all, by the public name"),
        pytest.param(lambda lib: core_publishing.publish_all_drafts(lib.package.id), id="all, by core's own name"),
        pytest.param(
            lambda lib: content_api.publish_from_drafts(lib.package.id, Draft.objects.all()), id="some, public"
        ),
        pytest.param(
            lambda lib: core_publishing.publish_from_drafts(lib.package.id, Draft.objects.all()), id="some, core's own"
        ),
        pytest.param(
            lambda lib: content_api.publish_from_drafts(
                lib.package.id, Draft.objects.all(), publish_dependencies=False
            ),
            id="some, without dependencies",
        ),
        pytest.param(
            lambda lib: core_publish_from_drafts(lib.package.id, Draft.objects.all()),
            id="imported before the plugin was ready",
        ),
    ],
)
def test_no_function_of_core_publishes_past_the_gate(library: Library, publish: Callable[[Library], Any]) -> None:
    library.component()
    before = publish_state()
    with pytest.raises(EntityPrePublish.PreventPublish):
        publish(library)
    assert publish_state() == before


def test_the_tripwire_says_what_to_do(library: Library) -> None:
    library.component()
    with pytest.raises(wrapper.UngatedPublish, match=r"went around the review gate.*import the module") as refusal:
        core_publish_from_drafts(library.package.id, Draft.objects.all())
    assert refusal.value.status_code == 409


def test_the_tripwire_also_refuses_what_was_reviewed_because_it_cannot_know(library: Library, review: Review) -> None:
    review(library.component())
    with pytest.raises(wrapper.UngatedPublish):
        core_publish_from_drafts(library.package.id, Draft.objects.all())


def test_the_tripwire_lets_ungated_packages_be(ungated_library: Library) -> None:
    component = ungated_library.component()
    core_publish_from_drafts(ungated_library.package.id, Draft.objects.all())
    assert component.id in live_versions()


def test_the_tripwire_is_not_disarmed_by_a_publish_of_another_package(
    library: Library, ungated_library: Library
) -> None:
    """While core works on one package, a receiver publishes another one with the function of old."""
    library.component()
    ungated_library.component()

    drafts = Draft.objects.filter(entity__learning_package=ungated_library.package)
    original = drafts.select_related

    def select_related(*args: Any) -> Any:
        core_publish_from_drafts(library.package.id, Draft.objects.filter(entity__learning_package=library.package))
        return original(*args)

    drafts.select_related = select_related  # type: ignore[method-assign]
    with pytest.raises(wrapper.UngatedPublish):
        content_api.publish_from_drafts(ungated_library.package.id, drafts)
    assert live_versions() == {}


def test_the_tripwire_is_good_for_one_publish_of_the_same_package(
    library: Library, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While core works on what was reviewed, a receiver takes something else live with the function of old."""
    reviewed, unreviewed = library.component(), library.component()
    review(reviewed)

    def publish_more(sender: type[PublishLog], **kwargs: Any) -> None:
        post_save.disconnect(publish_more, sender=PublishLog)
        core_publish_from_drafts(library.package.id, library.drafts(unreviewed))

    post_save.connect(publish_more, sender=PublishLog)
    with pytest.raises(wrapper.UngatedPublish):
        library.publish(reviewed)
    assert live_versions() == {}


def test_a_receiver_may_publish_through_the_gate_meanwhile(library: Library, review: Review) -> None:
    first, second = library.component(), library.component()
    review(first, second)

    def publish_more(sender: type[PublishLog], **kwargs: Any) -> None:
        post_save.disconnect(publish_more, sender=PublishLog)
        library.publish(second)

    post_save.connect(publish_more, sender=PublishLog)
    library.publish(first)
    assert live_versions().keys() == {first.id, second.id}


def test_what_another_plugin_has_put_around_core_before_us_stays(
    library: Library, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anothers(*args: Any, **kwargs: Any) -> Any:
        raise EntityPrePublish.PreventPublish("Not before noon.")

    monkeypatch.setattr(content_api, "publish_from_drafts", anothers)
    assert not core.wraps_core()
    core.install()
    assert core.wraps_core()
    component = library.component()
    review(component)
    with pytest.raises(EntityPrePublish.PreventPublish, match="noon"):
        library.publish(component)


@pytest.mark.django_db(transaction=True)
def test_after_a_refusal_everything_is_as_before(
    library: Library, published_events: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    component = library.component()
    before = publish_state()
    with atomic():
        with pytest.raises(UnreviewedChanges):
            library.publish()
        # The caller's own transaction goes on, and is committed.
        library.edit(component, title="After the refusal")
    assert publish_state() == before
    assert published_events == []
    assert content_api.get_draft_version(component.id).title == "After the refusal"  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_a_publish_that_passes_sends_cores_event_once(
    library: Library, review: Review, published_events: list[Any]
) -> None:
    review(library.component())
    publish_log = library.publish()
    assert [event["change_log"].publish_log_id for event in published_events] == [publish_log.pk]


def test_a_refusal_names_what_is_missing(library: Library, review: Review) -> None:
    edited, deleted, reviewed = library.component("edited"), library.component("deleted"), library.component()
    review(edited, deleted, reviewed)
    library.publish()
    library.edit(edited, title="The better text")
    library.delete(deleted)
    library.edit(reviewed)
    review(reviewed)
    new = library.component("new", title="Something new")

    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish()

    items = {item.entity_id: item for item in refusal.value.unreviewed}
    assert items == {
        edited.id: ChangedItem(
            entity_id=edited.id, entity_ref=edited.entity_ref, title="The better text", change=ChangeKind.EDITED
        ),
        deleted.id: ChangedItem(
            entity_id=deleted.id, entity_ref=deleted.entity_ref, title="Text deleted", change=ChangeKind.DELETED
        ),
        new.id: ChangedItem(entity_id=new.id, entity_ref=new.entity_ref, title="Something new", change=ChangeKind.NEW),
    }
    assert "3 of 4 changes have not been reviewed" in str(refusal.value)
    assert refusal.value.status_code == 409
    assert refusal.value.detail == {
        "code": "unreviewed_changes",
        "detail": str(refusal.value),
        "unreviewed": [
            {
                "entity_id": i.entity_id,
                "changes_requested": False,
                "entity_ref": i.entity_ref,
                "title": i.title,
                "change": str(i.change),
                "key": f"lb:Test:Gated:html:{Component.objects.get(pk=i.entity_id).component_code}",
            }
            for i in refusal.value.unreviewed
        ],
        "unreviewed_count": 3,
        "change_count": 4,
    }


@pytest.mark.parametrize(("number", "named"), [(3, "“A1” (new), “A2” (new), “A3” (new). "), (4, "“A3” (new), …. ")])
def test_the_sentence_of_a_refusal_names_three(number: int, named: str, library: Library) -> None:
    for n in range(number):
        library.component(title=f"A{n + 1}")
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish()
    assert f"{number} of {number} changes have not been reviewed: “A1” (new), “A2” (new), " in str(refusal.value)
    assert named in str(refusal.value)


def test_a_refusal_names_the_first_hundred_and_the_total(library: Library) -> None:
    components = [library.component() for _ in range(103)]
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish()
    assert [item.entity_id for item in refusal.value.unreviewed] == [component.id for component in components[:100]]
    assert (refusal.value.unreviewed_count, refusal.value.change_count) == (103, 103)


def test_a_refusal_survives_the_way_through_celery() -> None:
    item = ChangedItem(entity_id=1, entity_ref="x", title="X", change=ChangeKind.NEW)  # type: ignore[arg-type]
    refusal = pickle.loads(pickle.dumps(UnreviewedChanges([item], 1, 2)))  # noqa: S301, made on the line itself
    assert (refusal.unreviewed, refusal.unreviewed_count, refusal.change_count) == ((item,), 1, 2)
    assert refusal.status_code == 409


def test_side_effects_on_parents_do_not_count_as_changes(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    library.publish()
    library.edit(child)
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish()
    assert [item.entity_id for item in refusal.value.unreviewed] == [child.id]
    assert refusal.value.change_count == 1


def test_what_was_created_and_deleted_unpublished_needs_no_review(library: Library) -> None:
    component = library.component()
    library.delete(component)
    library.publish(component)
    assert live_versions()[component.id] is None


def test_a_package_has_its_lock_before_anybody_waits_for_it(library: Library, review: Review) -> None:
    assert ReviewPolicy.objects.filter(learning_package=library.package).exists()


def test_a_package_that_was_made_without_the_plugin_gets_its_lock_later(library: Library, review: Review) -> None:
    ReviewPolicy.objects.all().delete()
    review(library.component())
    library.publish()
    assert ReviewPolicy.objects.filter(learning_package=library.package).exists()


def test_the_gate_costs_its_lock_two_queries_and_its_record_whatever_the_size(library: Library, review: Review) -> None:
    def gate_queries(*items: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            library.publish(*items)
        return sum("sample_plugin_reviews" in query["sql"] for query in captured)

    one = library.component()
    review(one)
    assert gate_queries(one) == 4
    many = [library.component() for _ in range(20)]
    review(*many)
    assert gate_queries(*many) == 4


def test_a_refusal_costs_the_lock_and_four_queries_whatever_the_size(library: Library) -> None:
    def gate_queries(*items: Any) -> int:
        with CaptureQueriesContext(connection) as captured, pytest.raises(UnreviewedChanges):
            library.publish(*items)
        return sum("sample_plugin_reviews" in query["sql"] for query in captured)

    assert gate_queries(library.component()) == 5
    assert gate_queries(*(library.component() for _ in range(101))) == 5


def test_what_is_unreviewed_is_known_before_core_publishes_all_of_it(library: Library) -> None:
    def statements() -> list[str]:
        with CaptureQueriesContext(connection) as captured, pytest.raises(UnreviewedChanges):
            library.publish()
        return [query["sql"] for query in captured]

    library.component()
    assert not any("INSERT" in statement for statement in statements())
    assert len(statements()) == 4
    for _ in range(101):
        library.component()
    # More than it names: they are counted.
    assert len(statements()) == 5


def test_an_early_refusal_says_what_the_gate_would_have_said(library: Library, review: Review) -> None:
    live, deleted, reviewed = library.component(), library.component(title="Old"), library.component()
    review(live, deleted)
    library.publish(live, deleted)
    library.edit(live, "Edited")
    library.delete(deleted)
    new = library.component(title="New")
    unit = library.unit(new)
    nothing = library.component()
    library.delete(nothing)
    review(reviewed)
    with pytest.raises(UnreviewedChanges) as late:
        library.publish(live, deleted, reviewed, new, unit, nothing)
    with pytest.raises(UnreviewedChanges) as early:
        library.publish()
    assert early.value.detail == late.value.detail
    assert str(early.value) == str(late.value)
    assert (early.value.unreviewed_count, early.value.change_count) == (4, 5)


def test_a_refusal_names_the_keys_in_the_same_four_queries(library: Library) -> None:
    def queries(number: int) -> int:
        items = [item for _ in range(number) for item in (library.component(), library.unit())]
        with api.bypass_review(reason="Test"):
            publish_log = library.publish(*items)
        with CaptureQueriesContext(connection) as captured, pytest.raises(UnreviewedChanges):
            require_review(publish_log)
        return len(captured)

    assert queries(1) == queries(20) == 4


# What is judged is what would be committed, by what the tables say


@pytest.fixture(name="moved_on")
def _moved_on(library: Library, review: Review) -> Component:
    """A component that is live in v1, with a reviewed draft v2, and a v3 that was never reviewed."""
    component = library.component(title="v1")
    review(component)
    library.publish()
    reviewed = library.edit(component, "v2")
    review(component)
    library.edit(component, "v3")
    library.set_draft(component, reviewed)
    return component


@pytest.mark.parametrize("with_dependencies", [True, False])
@pytest.mark.parametrize(
    "step",
    ["ChangesTheRecord", "ChangesWhatIsLive", "ChangesBoth", "MakesItLookLikeASideEffect", "WithdrawsTheReviews"],
)
def test_a_step_behind_ours_takes_nothing_live_that_was_not_judged(
    step: str, with_dependencies: bool, library: Library, moved_on: Component, settings: Any
) -> None:
    before = publish_state()
    steps = ["sample_plugin.reviews.pipeline.RequireReview", f"tests.steps.{step}"]
    settings.OPEN_EDX_FILTERS_CONFIG = {EntityPrePublish.filter_type: {"pipeline": steps, "fail_silently": False}}
    with pytest.raises(UnreviewedChanges):
        library.publish(moved_on, publish_dependencies=with_dependencies)
    assert publish_state() == before
    assert not api.get_unreviewed_entities(library.package.id).exists()
    settings.OPEN_EDX_FILTERS_CONFIG = {}
    library.publish(moved_on)
    assert live_versions()[moved_on.id] == Draft.objects.get(pk=moved_on.id).version_id


def test_a_step_behind_ours_takes_nothing_live_for_the_first_time_either(
    library: Library, review: Review, settings: Any
) -> None:
    component = library.component()
    version = content_api.get_draft_version(component.id)
    assert version is not None
    review(component)
    library.edit(component)
    library.set_draft(component, version.pk)
    steps = ["sample_plugin.reviews.pipeline.RequireReview", "tests.steps.MakesItLookLikeASideEffect"]
    settings.OPEN_EDX_FILTERS_CONFIG = {EntityPrePublish.filter_type: {"pipeline": steps, "fail_silently": False}}
    with pytest.raises(UnreviewedChanges):
        library.publish(component)
    assert live_versions() == {}


def test_a_bypass_is_on_record_with_all_that_a_step_behind_ours_has_added(
    library: Library, moved_on: Component, settings: Any
) -> None:
    settings.OPEN_EDX_FILTERS_CONFIG = {
        EntityPrePublish.filter_type: {
            "pipeline": ["sample_plugin.reviews.pipeline.RequireReview", "tests.steps.ChangesBoth"],
            "fail_silently": False,
        }
    }
    with api.bypass_review(reason="The exam is in an hour"):
        library.publish(moved_on)
    judgement = PublishJudgement.objects.latest("pk")
    assert (judgement.basis, judgement.unreviewed) == (Basis.BYPASSED, [moved_on.id])


def test_drafts_that_claim_another_old_version_do_not_make_an_edit_look_like_a_side_effect(
    library: Library, review: Review
) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.edit(component)
    before = publish_state()
    drafts = library.drafts(component)
    original = drafts.select_related

    def select_related(*args: Any) -> list[Draft]:
        found = list(original(*args))
        for draft in found:
            draft.entity.published.version = draft.version
        return found

    drafts.select_related = select_related
    with pytest.raises(UnreviewedChanges) as refusal:
        content_api.publish_from_drafts(library.package.id, drafts)
    assert [item.entity_id for item in refusal.value.unreviewed] == [component.id]
    assert publish_state() == before


def test_one_item_does_not_go_live_with_the_version_of_another(library: Library, review: Review) -> None:
    """The queryset says of a reviewed item's draft that it is that of another item."""
    victim, reviewed = library.component(), library.component()
    review(victim)
    library.publish(victim)
    review(reviewed)
    before = publish_state()
    # (No input of anyone's: the number of a row.)
    drafts = library.drafts(reviewed).extra(select={"entity_id": str(int(victim.id))})  # noqa: S610
    with pytest.raises(UnreviewedChanges):
        content_api.publish_from_drafts(library.package.id, drafts, publish_dependencies=False)
    assert publish_state() == before


def test_installing_again_changes_nothing(library: Library) -> None:
    library.component()
    core.install()
    with pytest.raises(UnreviewedChanges):
        library.publish()
    assert core.wraps_core()


# Where a review is not required


def test_an_ungated_package_publishes_as_ever(ungated_library: Library) -> None:
    component = ungated_library.component()
    ungated_library.publish()
    assert component.id in live_versions()


def test_a_package_without_a_policy_follows_the_sites_default(library: Library, settings: Any) -> None:
    component = library.component()
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT = False
    library.publish()
    assert component.id in live_versions()


def test_a_policy_goes_before_the_sites_default(library: Library, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT = False
    api.set_review_required(library.package.id, True, changed_by=None)
    library.component()
    with pytest.raises(UnreviewedChanges):
        library.publish()


@pytest.mark.parametrize("value", ["false", 0, None, ""])
def test_a_default_that_is_no_boolean_keeps_the_gate_closed(library: Library, settings: Any, value: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT = value
    library.component()
    assert api.is_review_required(library.package.id) is True
    with pytest.raises(UnreviewedChanges):
        library.publish()


# The record of the judgement


def judgement_of(publish_log: PublishLog) -> PublishJudgement:
    """Return what is on record."""
    return PublishJudgement.objects.get(publish_log=publish_log)


def test_each_publish_leaves_a_record_of_its_judgement(library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    library.publish()
    # The unit is a side effect of the second publish, and no change.
    library.edit(child)
    review(child)
    api.set_required_reviewers(library.package.id, 1, changed_by=None)
    judgement = judgement_of(library.publish())
    assert (judgement.basis, judgement.mode, judgement.required_reviewers) == (Basis.REVIEWED, "required", 1)
    assert (judgement.change_count, judgement.unreviewed_count, judgement.unreviewed) == (1, 0, [])
    assert (judgement.decided_by, judgement.reason) == (None, "")
    assert judgement.created <= now()


def test_a_publish_of_nothing_leaves_a_record_as_well(library: Library, review: Review) -> None:
    component = library.component()
    review(component)
    library.publish()
    judgement = judgement_of(library.publish(component))
    assert (judgement.basis, judgement.change_count, judgement.unreviewed_count) == (Basis.REVIEWED, 0, 0)


@pytest.mark.parametrize("mode", [api.ReviewMode.OFF, api.ReviewMode.ADVISORY])
def test_where_nothing_is_refused_what_would_have_been_is_on_record(
    library: Library, review: Review, mode: api.ReviewMode
) -> None:
    reviewed, *unreviewed = (library.component() for _ in range(103))
    review(reviewed)
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish()
    api.set_review_mode(library.package.id, mode, changed_by=None, reason="The first weeks")
    judgement = judgement_of(library.publish())
    assert (judgement.basis, judgement.mode, judgement.change_count) == (Basis.NOT_REQUIRED, mode, 103)
    assert judgement.unreviewed == [item.id for item in unreviewed]
    assert judgement.unreviewed_count == refusal.value.unreviewed_count == 102


def test_a_refused_publish_leaves_no_record(library: Library) -> None:
    library.component()
    with pytest.raises(UnreviewedChanges):
        library.publish(*Component.objects.all())
    assert not PublishJudgement.objects.exists()


def test_a_publish_that_cannot_be_put_on_record_is_rolled_back(library: Library, review: Review) -> None:
    component = library.component()
    review(component)

    def fail(sender: Any, **kwargs: Any) -> None:
        raise DatabaseError("The disk is full.")

    pre_save.connect(fail, sender=PublishJudgement)
    try:
        with pytest.raises(DatabaseError):
            library.publish(component)
    finally:
        pre_save.disconnect(fail, sender=PublishJudgement)
    assert live_versions() == {}


def test_other_plugins_may_veto_in_every_mode(ungated_library: Library, settings: Any) -> None:
    settings.OPEN_EDX_FILTERS_CONFIG = {
        EntityPrePublish.filter_type: {"pipeline": ["tests.steps.Vetoes"], "fail_silently": False}
    }
    ungated_library.component()
    for mode in api.ReviewMode.values:
        api.set_review_mode(ungated_library.package.id, mode, changed_by=None, reason="Try")
        with pytest.raises(EntityPrePublish.PreventPublish):
            ungated_library.publish(*Component.objects.all())
    assert live_versions() == {}


def test_the_tripwire_refuses_in_required_mode_only(library: Library) -> None:
    component = library.component()
    api.set_review_mode(library.package.id, "advisory", changed_by=None, reason="The first weeks")
    publish_log = core_publish_from_drafts(library.package.id, library.drafts(component))
    assert component.id in live_versions()
    # So the publish has no record, and it will be shown as unexplained.
    assert not PublishJudgement.objects.filter(publish_log=publish_log).exists()


def test_a_record_is_never_changed_or_deleted(library: Library, reviewer: Any) -> None:
    component = library.component()
    with api.bypass_review(reason="Now", user_id=reviewer.pk):
        judgement = judgement_of(library.publish(component))
    change = (
        api.set_review_required(library.package.id, False, changed_by=reviewer.pk) and ReviewPolicyChange.objects.get()
    )
    records: list[Any] = [judgement, change]
    for record in records:
        before = type(record).objects.values().get()
        rows = type(record).objects.all()
        for action in (record.save, record.delete, rows.delete, lambda rows=rows: rows.update(reason="Never mind")):
            with pytest.raises(TypeError, match="is a record"):
                action()
        with pytest.raises(IntegrityError), atomic():
            type(record)(**{**before, "reason": "Never mind"}).save()
        assert type(record).objects.values().get() == before
    # But an account can go, and so can the package.
    reviewer.delete()
    assert PublishJudgement.objects.get().decided_by is None
    assert ReviewPolicyChange.objects.get().changed_by is None
    library.package.delete()
    assert not PublishJudgement.objects.exists()
    assert not ReviewPolicyChange.objects.exists()


# Bypass


def test_a_bypass_publishes_and_is_put_on_record(library: Library, reviewer: Any) -> None:
    component = library.component()
    with api.bypass_review(reason="  The exam is in an hour  ", user_id=reviewer.pk):
        publish_log = library.publish()
    assert component.id in live_versions()
    judgement = judgement_of(publish_log)
    assert (judgement.basis, judgement.decided_by, judgement.reason) == (
        Basis.BYPASSED,
        reviewer,
        "The exam is in an hour",
    )
    assert (judgement.mode, judgement.change_count, judgement.unreviewed) == ("required", 1, [component.id])


def test_each_publish_under_a_bypass_is_put_on_record(library: Library) -> None:
    with api.bypass_review(reason="Import"):
        library.component()
        library.publish()
        library.component()
        library.publish()
    assert PublishJudgement.objects.filter(basis=Basis.BYPASSED).count() == 2


def test_a_bypass_that_was_not_needed_is_none_but_its_reason_is_kept(
    library: Library, review: Review, reviewer: Any
) -> None:
    review(library.component())
    with api.bypass_review(reason="Just in case", user_id=reviewer.pk):
        judgement = judgement_of(library.publish())
    assert (judgement.basis, judgement.reason, judgement.decided_by) == (Basis.REVIEWED, "Just in case", reviewer)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 10_001, "a\0b", "\x1b[31m", "\ud800", None, 5])
def test_a_reason_that_is_no_text_lets_nothing_past_the_gate(library: Library, reason: Any) -> None:
    library.component()
    with pytest.raises(ValidationError) as refusal, api.bypass_review(reason=reason):
        library.publish()
    assert list(refusal.value.message_dict) == ["reason"]
    assert live_versions() == {}


def test_a_bypass_ends_with_its_block(library: Library) -> None:
    with api.bypass_review(reason="Once"), api.bypass_review(reason="Twice"):
        pass
    library.component()
    with pytest.raises(UnreviewedChanges):
        library.publish()


def test_a_bypass_ends_with_its_block_when_that_fails(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), api.bypass_review(reason="Fails"):
        raise ZeroDivisionError
    library.component()
    with pytest.raises(UnreviewedChanges):
        library.publish()


def test_a_bypass_does_not_reach_other_threads(library: Library) -> None:
    from sample_plugin.reviews.gate import exemptions  # noqa: PLC0415

    seen: list[Any] = []
    with api.bypass_review(reason="Only here"):
        thread = threading.Thread(target=lambda: seen.append(exemptions._bypass.get()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_a_bypass_ends_with_its_block_in_the_tasks_that_it_has_started_too(library: Library) -> None:
    from sample_plugin.reviews.gate import exemptions  # noqa: PLC0415

    with api.bypass_review(reason="Only here"):
        inherited = contextvars.copy_context()
    assert inherited.run(exemptions.bypass_in_force) is None


def test_a_bypass_counts_all_that_went_live(library: Library) -> None:
    for _ in range(103):
        library.component()
    with api.bypass_review(reason="Many"):
        library.publish()
    assert PublishJudgement.objects.get().unreviewed_count == 103


def test_a_bypass_counts_only_what_nobody_had_reviewed(library: Library, review: Review) -> None:
    review(library.component())
    other = library.component()
    with api.bypass_review(reason="The other one"):
        judgement = judgement_of(library.publish())
    assert (judgement.change_count, judgement.unreviewed) == (2, [other.id])


def test_a_bypass_does_not_disarm_the_tripwire(library: Library) -> None:
    """There it could not be put on record."""
    library.component()
    with api.bypass_review(reason="By the back door"), pytest.raises(wrapper.UngatedPublish):
        core_publish_from_drafts(library.package.id, Draft.objects.all())
