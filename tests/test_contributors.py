"""People who changed an item since it was last published do not review that change, whatever Studio tells core."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from crum import impersonate
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLog, PublishableEntityVersion

from sample_plugin.reviews import api, receivers
from sample_plugin.reviews.data import EntityOverview
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.verdicts.carry_over import carry_over_reviews

from .content import Item, Library, draft_record, is_reviewed, make_live, now
from .rest import Api, entity, seen

pytestmark = [pytest.mark.django_db, pytest.mark.essential]

type Review = Callable[..., None]


@pytest.fixture(name="second")
def _second(db: None) -> User:
    """A second person who writes in the library."""
    return get_user_model().objects.create_user("second-author")


@pytest.fixture(name="text")
def _text(library: Library, review: Review) -> Item:
    """A component by the author, live in its first version."""
    text = library.component(title="Salt", media={"block.xml": b"<html>Salt</html>"})
    review(text)
    library.publish()
    return text


def contributors(item: Item) -> set[int]:
    """Return who contributed to the item's unpublished change."""
    return set(api.get_contributors([item.id])[item.id])


def overview(item: Item, viewer: User | None = None) -> EntityOverview:
    """Return what a screen shows of an item."""
    [shown] = api.get_entity_overviews([item.id], viewer_id=viewer.pk if viewer else None)
    return shown


def save_unchanged(library: Library, item: Item, by: User) -> None:
    """Open the item and save it as it is, as Studio does."""
    library.edit(item, PublishableEntityVersion.objects.filter(entity=item.id).latest("pk").title, by=by.pk)
    carry_over_reviews(draft_record(item).draft_change_log_id)


def bulk(library: Library, by: User | None = None) -> AbstractContextManager[DraftChangeLog]:
    """Return a bulk edit of core's in the library."""
    return content_api.bulk_draft_changes_for(library.package.id, changed_by=by.pk if by else None)


def refuse(item: Item, *people: User) -> None:
    """Check that none of these people may give either verdict."""
    for person in people:
        with pytest.raises(api.SelfReviewError, match="so another reviewer has to review it"):
            api.mark_reviewed(item.id, reviewer_id=person.pk)
        with pytest.raises(api.SelfReviewError):
            api.request_changes(item.id, reviewer_id=person.pk, note="More salt")


# Who contributed


def test_everyone_who_changed_it_since_it_was_published_is_a_contributor(
    library: Library, text: Item, author: User, second: User, reviewer: User
) -> None:
    assert contributors(text) == set()
    library.edit(text, by=second.pk)
    # The author's words are live: they may review what the second author made of them.
    assert contributors(text) == {second.pk}
    library.edit(text, by=author.pk)
    assert contributors(text) == {author.pk, second.pk}
    refuse(text, author, second)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    library.publish()
    assert contributors(text) == set()


def test_a_save_without_changes_adds_no_contributor_and_removes_none(
    library: Library, author: User, second: User
) -> None:
    text = library.component(title="Salt")
    save_unchanged(library, text, by=second)
    assert contributors(text) == {author.pk}
    refuse(text, author)
    api.mark_reviewed(text.id, reviewer_id=second.pk)
    assert is_reviewed(library, text)


def test_a_full_stop_does_not_hide_who_wrote_the_text(library: Library, author: User, second: User) -> None:
    text = library.component(title="Salt")
    library.edit(text, "Salt.", by=second.pk)
    refuse(text, author, second)


def test_somebody_elses_edit_of_a_child_is_no_change_of_the_unit(
    library: Library, author: User, second: User, reviewer: User
) -> None:
    child = library.component()
    unit = library.unit(child)
    subsection = library.subsection(unit)
    library.edit(child, by=second.pk)
    for container in (unit, subsection):
        assert contributors(container) == {author.pk}
        assert overview(container).changed_by == author
        api.mark_reviewed(container.id, reviewer_id=second.pk)


def test_a_verdict_that_is_carried_over_makes_nobody_a_contributor(
    library: Library, author: User, second: User, reviewer: User
) -> None:
    text = library.component(title="Salt")
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    save_unchanged(library, text, by=second)
    assert is_reviewed(library, text)
    assert contributors(text) == {author.pk}


def test_discarded_changes_do_not_count(library: Library, text: Item, second: User, other_reviewer: User) -> None:
    library.edit(text, by=other_reviewer.pk)
    content_api.reset_drafts_to_published(library.package.id, reset_by=second.pk)
    assert contributors(text) == set()
    library.edit(text, by=second.pk)
    assert contributors(text) == {second.pk}
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)


def test_a_discarded_version_that_is_brought_back_has_its_author_again(
    library: Library, text: Item, author: User, second: User, other_reviewer: User
) -> None:
    """Studio restores the newest version there is, also one that was discarded."""
    discarded = library.edit(text, by=second.pk)
    content_api.reset_drafts_to_published(library.package.id)
    library.delete(text, by=other_reviewer.pk)
    library.set_draft(text, discarded, by=other_reviewer.pk)
    assert contributors(text) == {second.pk, other_reviewer.pk}
    refuse(text, second)


@pytest.mark.parametrize("kept", ["file", "removed file", "title", "nothing"])
def test_what_a_later_version_has_kept_of_a_discarded_one_still_has_its_author(
    kept: str, library: Library, text: Item, author: User, second: User, other_reviewer: User
) -> None:
    """Core makes a new version of the newest one there is, which was discarded, and not of what the draft shows."""
    discarded: dict[str, dict[str, Any]] = {
        "file": {"static/salt.png": b"Salt"},
        "removed file": {"block.xml": None},
        "title": {},
        "nothing": {"block.xml": b"<html>Pepper</html>"},
    }
    title = "Pepper" if kept == "title" else "Salt"
    library.edit(text, title, by=other_reviewer.pk, files=discarded[kept])
    content_api.reset_drafts_to_published(library.package.id)
    library.edit(text, title, by=second.pk, files={"static/other.png": b"Other"})
    content_api.reset_drafts_to_published(library.package.id)
    new = {"block.xml": b"<html>Salt and oil</html>"} if kept == "nothing" else {"static/new.png": b"New"}
    library.edit(text, title, by=author.pk, files={"static/other.png": None, **new})
    assert (other_reviewer.pk in contributors(text)) is (kept != "nothing")
    assert author.pk in contributors(text)


@pytest.mark.parametrize("by_adding", [False, True])
@pytest.mark.parametrize("discarded", ["added", "removed", "reordered"])
def test_a_discarded_list_of_children_that_a_later_version_has_kept_still_has_its_author(
    discarded: str, by_adding: bool, library: Library, author: User, second: User
) -> None:
    """As when a unit is renamed, or something is added to it, after a discard."""
    first, other, added, last = (library.component() for _ in range(4))
    unit = library.unit(first, other)
    make_live(library)
    children = {"added": [first, other, added], "removed": [other], "reordered": [other, first]}[discarded]
    library.edit(unit, "Discarded", by=second.pk, entities=children)
    content_api.reset_drafts_to_published(library.package.id)
    more: dict[str, Any] = (
        {"entities": [last], "entities_action": content_api.ChildrenEntitiesAction.APPEND} if by_adding else {}
    )
    library.edit(unit, "Another title", **more)
    assert contributors(unit) == {author.pk, second.pk}
    # Who makes a list anew keeps nothing of it.
    content_api.reset_drafts_to_published(library.package.id)
    library.edit(unit, "A third title", entities=[first, other, library.component()])
    assert second.pk not in contributors(unit)


def test_to_delete_and_restore_hides_nobody(library: Library, author: User, second: User, reviewer: User) -> None:
    text = library.component(title="Salt")
    newest = library.edit(text, "Salt.", by=second.pk)
    content_api.soft_delete_draft(text.id)
    content_api.set_draft_version(text.id, newest)
    assert contributors(text) == {author.pk, second.pk}
    # Nor does an edit of what is deleted.
    content_api.soft_delete_draft(text.id)
    library.edit(text, "Salt!", by=reviewer.pk)
    assert contributors(text) == {author.pk, second.pk, reviewer.pk}


def test_who_deletes_what_is_live_contributes_and_who_wrote_it_does_not(
    library: Library, text: Item, author: User, second: User
) -> None:
    library.delete(text, by=second.pk)
    assert contributors(text) == {second.pk}
    api.mark_reviewed(text.id, reviewer_id=author.pk)


def test_whom_the_change_log_or_the_version_names_is_a_contributor(
    library: Library, author: User, second: User, reviewer: User
) -> None:
    """As when a robot imports in the name of an author."""
    with bulk(library, second):
        text = library.component(title="Salt")
    assert contributors(text) == {author.pk, second.pk}
    assert overview(text).changed_by == second
    with bulk(library, second):
        library.edit(text, "Salt.", by=reviewer.pk)
    refuse(text, author, second, reviewer)


def test_a_version_that_a_bulk_edit_has_gone_on_from_has_an_author_too(
    library: Library, text: Item, author: User, second: User, reviewer: User
) -> None:
    """Core turns its record v1 → v2 into v1 → v3: of v2, on which v3 stands, no record is left."""
    with bulk(library, second):
        library.edit(text, by=author.pk)
        library.edit(text, by=second.pk)
    assert contributors(text) == {author.pk, second.pk}


def test_a_version_that_cores_record_names_no_longer_has_its_author(
    library: Library, text: Item, author: User, second: User, other_reviewer: User
) -> None:
    """v2 and v3 in one bulk edit, and the draft set back to v2 afterwards."""
    with bulk(library, second):
        unrecorded = library.edit(text, by=other_reviewer.pk)
        library.edit(text, by=second.pk)
    content_api.reset_drafts_to_published(library.package.id)
    content_api.set_draft_version(text.id, unrecorded, set_by=author.pk)
    assert contributors(text) == {author.pk, second.pk, other_reviewer.pk}
    refuse(text, author, second, other_reviewer)


def test_what_a_bulk_edit_has_undone_itself_does_not_count(library: Library, text: Item, second: User) -> None:
    live = draft_record(text).new_version_id
    with bulk(library, second):
        library.edit(text, by=second.pk)
        library.set_draft(text, live)
    assert contributors(text) == set()
    with pytest.raises(api.NothingToReviewError):
        api.mark_reviewed(text.id, reviewer_id=second.pk)


@pytest.mark.parametrize("version_by", [False, True])
def test_of_a_first_version_by_nobody_who_made_the_item_is_the_author(
    library: Library, author: User, second: User, version_by: bool
) -> None:
    """As when Studio pastes: it tells core who made the item, and not who made its first version."""
    component = content_api.create_component(
        library.package.id,
        component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
        component_code="pasted",
        created=now(),
        created_by=author.pk,
    )
    content_api.create_next_component_version(
        component.id, {}, created=now(), title="Pasted", created_by=second.pk if version_by else None
    )
    assert contributors(component) == {second.pk if version_by else author.pk}
    assert overview(component).changed_by == (second if version_by else author)
    assert overview(component, author).is_own_change is not version_by
    # And stays a contributor when the next version is anyone's.
    content_api.create_next_component_version(component.id, {}, created=now(), title="Edited", created_by=None)
    assert contributors(component) == {second.pk if version_by else author.pk}
    assert overview(component).changed_by is None


def test_an_unknown_author_is_shown_as_unknown_and_is_nobody(reviewer: User, other_reviewer: User, rest: Api) -> None:
    library = Library.create("lib:Test:Gated")
    text = library.component(title="Salt")
    assert contributors(text) == set()
    assert overview(text).changed_by is None
    shown = rest("get", entity(text))
    assert (shown["changed_by"], shown["is_own_change"]) == (None, False)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)


def test_an_account_that_is_deleted_contributes_no_longer(library: Library, author: User, second: User) -> None:
    text = library.component(title="Salt")
    library.edit(text, by=second.pk)
    second.delete()
    assert contributors(text) == {author.pk}
    assert overview(text).changed_by is None


def test_what_does_not_exist_is_missing_and_what_has_no_change_is_empty(library: Library, text: Item) -> None:
    nowhere: Any = 999_999
    assert api.get_contributors([text.id, nowhere]) == {text.id: frozenset()}


def test_contributors_cost_the_same_for_any_number(library: Library, second: User) -> None:
    def queries(size: int) -> int:
        items = [library.component() for _ in range(size)]
        for item in items:
            library.edit(item, by=second.pk)
        with CaptureQueriesContext(connection) as captured:
            found = api.get_contributors([item.id for item in items])
        assert {len(people) for people in found.values()} == {2}
        return len(captured)

    assert queries(1) == queries(20) == 2


def test_to_mark_many_costs_the_same_for_any_number_of_contributors(
    library: Library, second: User, reviewer: User
) -> None:
    def queries(size: int) -> int:
        items = [library.component() for _ in range(size)]
        for item in items:
            library.edit(item, by=second.pk)
        changes: dict[Any, int] = {item.id: draft_record(item).pk for item in items}
        with CaptureQueriesContext(connection) as captured:
            api.mark_many_reviewed(changes, reviewer_id=reviewer.pk)
        return len(captured)

    assert queries(2) == queries(20)


# Wherever a verdict is given, and wherever it is offered


def test_a_contributor_is_refused_by_every_function(library: Library, author: User, second: User) -> None:
    with bulk(library, author) as change_log:
        text, untouched = library.component(title="Salt"), library.component(created_by=None)
    library.edit(text, "Salt.", by=second.pk)
    with pytest.raises(api.ManyReviewsError) as refusal:
        api.mark_many_reviewed({text.id: draft_record(text).pk}, reviewer_id=author.pk)
    assert isinstance(refusal.value.errors[text.id], api.SelfReviewError)
    with pytest.raises(api.SelfReviewError, match="You changed 1 of these items"):
        api.mark_change_log_reviewed(draft_record(text).draft_change_log_id, reviewer_id=author.pk)
    refuse(text, author, second)
    refuse(untouched, author)
    assert [given.entity_id for given in api.mark_change_log_reviewed(change_log.pk, reviewer_id=second.pk)] == [
        untouched.id
    ]


def test_screens_say_since_when_somebody_may_not_review(
    library: Library, author: User, second: User, reviewer: User, rest: Api
) -> None:
    text = library.component(title="Salt", created_by=reviewer.pk)
    changed_at = draft_record(text).draft_change_log.changed_at
    library.edit(text, "Salt.", by=second.pk)
    shown = rest("get", entity(text))
    assert shown["changed_by"]["username"] == "second-author"
    assert shown["is_own_change"] is False
    assert (shown["may_review"]["allowed"], shown["may_review"]["reason"]) == (False, "own_change")
    assert overview(text, reviewer).own_change_at == changed_at
    refused = rest("put", entity(text, "review/"), seen(text), status=403)
    assert refused["code"] == "own_change"
    assert "You changed “Salt.” on " in refused["detail"]


def test_the_author_is_who_last_changed_the_content_in_lists_counts_and_events(
    library: Library, author: User, second: User, other_reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    from sample_plugin.reviews import signals  # noqa: PLC0415

    text = library.component(title="Salt")
    save_unchanged(library, text, by=second)
    shown = overview(text, author)
    assert (shown.changed_by, shown.is_own_change) == (author, True)
    assert overview(text, second).is_own_change is False
    for person, count in ((author, 1), (second, 0)):
        assert api.find_changes(library.package.id, changed_by=person.pk).count() == count
        mine = api.get_package_overview(library.package.id, viewer_id=person.pk).mine
        assert mine is not None
        assert mine.unpublished == count
    events: list[Any] = []

    def receive(request: Any, **kwargs: Any) -> None:
        events.append(request.changed_by.user_id)

    signals.CHANGES_REQUESTED.connect(receive)
    with django_capture_on_commit_callbacks(execute=True):
        api.request_changes(text.id, reviewer_id=other_reviewer.pk, note="More salt")
    signals.CHANGES_REQUESTED.disconnect(receive)
    assert events == [author.pk]


# Who may review


@pytest.mark.parametrize("where", ["library", "site", "both"])
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("not_contributors", {"reviewer"}),
        ("not_last_editor", {"author", "reviewer"}),
        ("anybody", {"author", "second-author", "reviewer"}),
    ],
)
def test_a_library_or_the_site_decides_who_may_review(
    who: str, may: set[str], where: str, library: Library, author: User, second: User, reviewer: User, settings: Any
) -> None:
    text = library.component(title="Salt")
    library.edit(text, "Salt.", by=second.pk)
    if where != "site":
        settings.SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW = "anybody" if who == "not_contributors" else "not_contributors"
        policy = api.set_who_may_review(library.package.id, who, changed_by=reviewer.pk)
        assert (policy.who_may_review, policy.changed_by) == (who, reviewer)
    else:
        settings.SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW = who
    assert api.get_who_may_review(library.package.id) == who
    for person in (author, second, reviewer):
        assert (overview(text, person).own_change_at is None) is (person.username in may)
        if person.username in may:
            api.mark_reviewed(text.id, reviewer_id=person.pk)
        else:
            refuse(text, person)
    assert {review.reviewer.username for review in overview(text).reviews if review.reviewer} == may


def test_who_saved_last_without_a_change_is_not_the_last_editor(library: Library, author: User, second: User) -> None:
    api.set_who_may_review(library.package.id, "not_last_editor", changed_by=None)
    text = library.component(title="Salt")
    save_unchanged(library, text, by=second)
    refuse(text, author)
    api.mark_reviewed(text.id, reviewer_id=second.pk)


@pytest.mark.parametrize(
    ("who", "older", "is_allowed"),
    [
        ("not_contributors", True, True),
        ("not_contributors", False, False),
        ("not_contributors", "True", False),
        ("not_last_editor", True, False),
        ("anybody", False, True),
        (None, True, False),
        ("Anybody", True, False),
        (True, True, False),
    ],
)
def test_the_older_setting_holds_where_the_newer_one_has_its_default(
    who: Any, older: Any, is_allowed: bool, library: Library, author: User, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW = who
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = older
    text = library.component(title="Salt")
    if is_allowed:
        api.mark_reviewed(text.id, reviewer_id=author.pk)
    else:
        refuse(text, author)


def test_a_library_goes_back_to_the_sites_rule_and_takes_no_other_word(
    library: Library, author: User, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW = "not_last_editor"
    api.set_who_may_review(library.package.id, "anybody", changed_by=None)
    api.set_who_may_review(library.package.id, None, changed_by=None)
    assert api.get_who_may_review(library.package.id) == "not_last_editor"
    for word in ("everybody", "", "ANYBODY", True):
        with pytest.raises(ValidationError, match="Choose one of these"):
            api.set_who_may_review(library.package.id, word, changed_by=None)  # type: ignore[arg-type]
    assert api.get_who_may_review(library.package.id) == "not_last_editor"


def test_superusers_are_no_exception(library: Library) -> None:
    admin = get_user_model().objects.create_superuser("admin")
    text = library.component(created_by=admin.pk)
    refuse(text, admin)


# Where core is not told who made a change


def test_an_empty_author_is_filled_with_the_user_of_the_request(reviewer: User, second: User) -> None:
    library = Library.create("lib:Test:No-author")
    with impersonate(second):
        text = library.component(title="Salt")
    assert draft_record(text).draft_change_log.changed_by == second
    refuse(text, second)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)


def test_an_author_of_whom_core_was_told_stays(library: Library, author: User, second: User, reviewer: User) -> None:
    with impersonate(second), bulk(library, reviewer):
        text = library.component(title="Salt")
    assert draft_record(text).draft_change_log.changed_by == reviewer
    assert contributors(text) == {author.pk, reviewer.pk}


@pytest.mark.parametrize("who", ["no request", "anonymous", "an account that was deleted"])
def test_without_a_user_the_author_stays_unknown(who: str, second: User) -> None:
    library = Library.create("lib:Test:No-author")
    user: Any = {"no request": None, "anonymous": AnonymousUser()}.get(who, second)
    if user is second:
        User.objects.filter(pk=second.pk).delete()
    with impersonate(user):
        text = library.component(title="Salt")
    assert draft_record(text).draft_change_log.changed_by is None


def test_that_the_author_cannot_be_found_out_breaks_no_save(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(receivers, "get_current_user", crash)
    library = Library.create("lib:Test:No-author")
    with atomic():
        text = library.component(title="Salt")
    assert draft_record(text).draft_change_log.changed_by is None
    assert "is unknown" in caplog.text


def test_an_old_change_log_is_left_as_it_is(second: User) -> None:
    """Of a change made without a request, a later request by someone else says nothing."""
    library = Library.create("lib:Test:No-author")
    log = draft_record(library.component()).draft_change_log
    with impersonate(second):
        log.save()
    log.refresh_from_db()
    assert log.changed_by is None


def test_reviews_given_before_the_rule_stay_in_force(library: Library, author: User, second: User) -> None:
    text = library.component(title="Salt")
    api.set_who_may_review(library.package.id, "anybody", changed_by=None)
    api.mark_reviewed(text.id, reviewer_id=author.pk)
    api.set_who_may_review(library.package.id, "not_contributors", changed_by=None)
    assert is_reviewed(library, text)
    library.publish()
    assert ReviewedStatus.objects.get().in_force
