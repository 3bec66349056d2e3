"""What the REST API says about an entity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLogRecord, LearningPackage

from sample_plugin.reviews import api
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, draft_record, make_live, now
from .rest import ENTITIES, V1, Api, entity, key, keys, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]


# --- An entity --------------------------------------------------------------------------------------------------------


def test_an_entity_says_what_a_screen_needs(
    rest: Api, library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    text = library.component("salt", title="Salt")
    unit = library.unit(text, title="Taste")
    for person in (other_reviewer, reviewer):
        api.mark_reviewed(text.id, reviewer_id=person.pk, note=f"by {person.username}")
    shown = rest("get", entity(text))
    record = draft_record(text)
    changed_at = shown.pop("changed_at")
    assert changed_at.startswith(record.draft_change_log.changed_at.isoformat()[:19])
    reviews = shown.pop("reviews")
    assert [(given["reviewer"]["username"], given["note"], given["version_num"]) for given in reviews] == [
        ("other-reviewer", "by other-reviewer", 1),
        ("reviewer", "by reviewer", 1),
    ]
    assert shown == {
        "key": "lb:Test:Gated:html:salt",
        "title": "Salt",
        "kind": "component",
        "block_type": "html",
        "change": "new",
        "draft_version_num": 1,
        "published_version_num": None,
        "changed_by": {"username": "author", "name": "", "is_active": True},
        "draft_change_log_record_id": record.pk,
        "is_own_change": False,
        "is_reviewed": True,
        "required_reviewers": 1,
        "reviewer_count": 2,
        "is_outdated": False,
        "requests": [],
        "outdated_requests": [],
        "my_last_version": 1,
        "may_review": {"allowed": True, "reason": None, "changed_at": None},
        "review_request": None,
        "is_in_progress": False,
        "unreviewed_pins": [],
        "contained_in": [{"key": key(unit), "title": "Taste"}],
    }


def test_a_container_says_what_kind_it_is(rest: Api, library: Library) -> None:
    for container, kind in (
        (library.unit(), "unit"),
        (library.subsection(), "subsection"),
        (library.section(), "section"),
    ):
        shown = rest("get", entity(container))
        assert (shown["key"], shown["kind"], shown["block_type"]) == (key(container), kind, kind)


def test_each_kind_of_change_is_told(rest: Api, library: Library) -> None:
    edited, deleted, untouched, inside = (library.component() for _ in range(4))
    unit = library.unit(inside)
    make_live(library)
    new = library.component()
    library.edit(edited)
    library.edit(inside)
    library.delete(deleted)
    told = {item: rest("get", entity(item)) for item in (new, edited, deleted, untouched, unit)}
    assert [told[item]["change"] for item in told] == ["new", "edited", "deleted", None, "contents"]
    assert [(told[item]["published_version_num"], told[item]["draft_version_num"]) for item in told] == [
        (None, 1),
        (1, 2),
        (1, None),
        (1, 1),
        (1, 1),
    ]
    assert told[deleted]["title"] == deleted.versioning.latest.title
    assert told[deleted]["draft_change_log_record_id"] == draft_record(deleted).pk
    assert told[untouched]["draft_change_log_record_id"] is told[unit]["draft_change_log_record_id"] is None
    nothing = {"allowed": False, "reason": "nothing_to_review", "changed_at": None}
    assert told[untouched]["may_review"] == told[unit]["may_review"] == nothing


def test_what_was_deleted_before_it_was_published_has_a_title_and_no_change(rest: Api, library: Library) -> None:
    text = library.component(title="Never mind")
    library.delete(text)
    shown = rest("get", entity(text))
    assert (shown["title"], shown["change"], shown["may_review"]["reason"]) == ("Never mind", None, "nothing_to_review")


def test_an_edit_overtakes_a_review(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    library.edit(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["is_outdated"], shown["reviews"]) == (False, True, [])


def test_a_review_of_what_is_live_is_not_outdated_by_the_next_edit(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    library.publish()
    library.edit(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["is_outdated"]) == (False, False)


def test_a_review_of_a_unit_stays_outdated_when_something_in_it_is_published(
    rest: Api, library: Library, review: Review
) -> None:
    text = library.component()
    unit = library.unit(text)
    make_live(library)
    library.edit(unit)
    review(unit)
    library.edit(unit)
    library.edit(text)
    review(text)
    library.publish(text)
    assert rest("get", entity(unit))["is_outdated"]
    assert keys(rest("get", f"{ENTITIES}?state=outdated")) == [key(unit)]


def test_what_was_carried_over_to_a_version_like_the_live_one_is_not_outdated(
    rest: Api, library: Library, review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    text = library.component(title="Salt")
    review(text)
    library.publish()
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(text, title="Salt")
    assert rest("get", entity(text))["is_reviewed"]
    library.edit(text)
    assert not rest("get", entity(text))["is_outdated"]


def test_the_newest_of_several_deletions_is_the_one_to_review(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    make_live(library)
    version = text.versioning.published.pk
    library.delete(text)
    review(text)
    library.set_draft(text, version)
    library.delete(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["is_outdated"], shown["reviews"]) == (False, False, [])
    assert shown["draft_change_log_record_id"] == draft_record(text).pk
    rest("put", entity(text, "review/"), seen(text))
    assert rest("get", entity(text))["reviews"][0]["version_num"] is None


def test_a_withdrawn_review_is_not_outdated(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    rest("delete", entity(text, "review/"))
    library.edit(text)
    assert rest("get", entity(text))["is_outdated"] is False
    assert keys(rest("get", f"{ENTITIES}?state=outdated")) == []


def test_a_review_after_the_last_publish_is_outdated_by_the_next_edit(
    rest: Api, library: Library, review: Review
) -> None:
    text = library.component()
    make_live(library)
    library.edit(text)
    review(text)
    assert rest("get", entity(text))["is_outdated"] is False
    library.edit(text)
    assert rest("get", entity(text))["is_outdated"] is True
    assert keys(rest("get", f"{ENTITIES}?state=outdated")) == [key(text)]


@pytest.mark.parametrize("back_to", ["what is live", "what was reviewed"])
def test_a_draft_that_awaits_no_review_is_not_outdated(
    back_to: str, rest: Api, library: Library, review: Review
) -> None:
    text = library.component()
    make_live(library)
    live = text.versioning.published.pk
    reviewed = library.edit(text)
    review(text)
    library.edit(text)
    library.set_draft(text, live if back_to == "what is live" else reviewed)
    shown = rest("get", entity(text))
    assert (shown["change"], shown["is_outdated"]) == (None if back_to == "what is live" else "edited", False)
    assert keys(rest("get", f"{ENTITIES}?state=outdated")) == []


def test_a_container_with_changed_contents_is_not_outdated(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    unit = library.unit(text)
    make_live(library)
    live = unit.versioning.published.pk
    library.edit(unit)
    review(unit)
    library.set_draft(unit, live)
    library.edit(text)
    shown = rest("get", entity(unit))
    assert (shown["change"], shown["is_outdated"]) == ("contents", False)


def test_a_withdrawn_review_does_not_cover_and_the_others_are_listed_oldest_first(
    rest: Api, library: Library, author: User, review: Review, other_reviewer: User, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    text = library.component()
    review(text)
    for person in (other_reviewer, author):
        api.mark_reviewed(text.id, reviewer_id=person.pk)
    rest("delete", entity(text, "review/"))
    listed = rest("get", entity(text))["reviews"]
    assert [given["reviewer"]["username"] for given in listed] == ["other-reviewer", "author"]


def test_the_person_who_changed_a_container_is_not_who_changed_its_contents(
    rest: Api, library: Library, other_reviewer: User
) -> None:
    text = library.component()
    unit = library.unit(text)
    before = rest("get", entity(unit))
    library.edit(text, by=other_reviewer.pk)
    assert rest("get", entity(unit)) == before
    assert before["changed_by"]["username"] == "author"


def test_the_person_on_the_change_log_changed_it_or_else_the_versions_author(
    rest: Api, library: Library, author: User, other_reviewer: User
) -> None:
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=other_reviewer.pk):
        logged = library.component()
    with content_api.bulk_draft_changes_for(library.package.id):
        not_logged = library.component()
    no_record = library.component()
    DraftChangeLogRecord.objects.filter(entity=no_record.id).delete()
    told = [rest("get", entity(item)) for item in (logged, not_logged, no_record)]
    assert [shown["changed_by"]["username"] for shown in told] == ["other-reviewer", "author", "author"]
    assert all(shown["changed_at"] for shown in told)
    assert told[2]["draft_change_log_record_id"] is None
    assert told[2]["may_review"] == {"allowed": False, "reason": "no_record", "changed_at": None}


def test_an_entity_is_contained_in_what_lists_it_now_and_once(rest: Api, library: Library) -> None:
    text = library.component()
    left, twice, deleted, last = library.unit(text), library.unit(text, text), library.unit(text), library.unit(text)
    library.edit(left, entities=[])
    make_live(library)
    library.delete(deleted)
    library.edit(last, title="Last")
    library.edit(twice, title="Twice")
    assert rest("get", entity(text))["contained_in"] == [
        {"key": key(twice), "title": "Twice"},
        {"key": key(last), "title": "Last"},
    ]


def test_the_title_of_what_was_deleted_unpublished_is_the_last_one(rest: Api, library: Library) -> None:
    text = library.component(title="First")
    library.edit(text, title="Last")
    library.delete(text)
    assert rest("get", entity(text))["title"] == "Last"


def test_what_does_not_exist_is_left_out_and_the_order_is_kept(library: Library) -> None:
    one, two = library.component(), library.component()
    nowhere: Any = 999_999
    overviews = api.get_entity_overviews([two.id, nowhere, one.id], viewer_id=None)
    assert [overview.entity.id for overview in overviews] == [two.id, one.id]


def test_an_unknown_package_has_no_overview() -> None:
    nowhere: Any = 999_999
    with pytest.raises(LearningPackage.DoesNotExist, match="LearningPackage matching query"):
        api.get_package_overview(nowhere)


def test_a_deletion_does_not_list_the_reviews_of_what_it_deletes(rest: Api, library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    library.publish()
    library.edit(text)
    review(text)
    library.delete(text)
    shown = rest("get", entity(text))
    assert (shown["is_reviewed"], shown["reviews"]) == (False, [])


@pytest.mark.parametrize(
    ("namespace", "name"), [("other.v1", "html"), ("xblock.v1", "no such type"), ("xblock.v1", "")]
)
def test_what_studio_has_no_key_for_is_listed_without_one(
    namespace: str, name: str, rest: Api, library: Library
) -> None:
    text, _version = content_api.create_component_and_version(
        library.package.id,
        component_type=content_api.get_or_create_component_type(namespace, name),
        component_code="salt",
        title="Salt",
        created=now(),
        created_by=None,
    )
    [shown] = rest("get", ENTITIES)["results"]
    assert (shown["key"], shown["title"], shown["kind"]) == (None, "Salt", "component")
    rest("get", f"{V1}entities/lb:Test:Gated:html:salt/", status=404)
    assert rest("get", f"{V1}entities/", query_params={"key": "lb:Test:Gated:html:salt"})["results"] == []
    with pytest.raises(UnreviewedChanges) as refusal:
        library.publish(text)
    [unreviewed] = refusal.value.detail["unreviewed"]
    assert (unreviewed["title"], unreviewed["key"]) == ("Salt", None)


def test_what_is_neither_component_nor_container_is_something_else(rest: Api, library: Library) -> None:
    other = content_api.create_publishable_entity(library.package.id, "other", now(), None)
    content_api.create_publishable_entity_version(
        other.id, version_num=1, title="Other", created=now(), created_by=None
    )
    [shown] = rest("get", ENTITIES)["results"]
    assert (shown["key"], shown["title"], shown["kind"], shown["block_type"]) == (None, "Other", "other", "")


def test_a_person_has_a_name_if_they_gave_one(rest: Api, library: Library, author: User) -> None:
    User.objects.filter(pk=author.pk).update(first_name="Ada", last_name="Author")
    assert rest("get", entity(library.component()))["changed_by"] == {
        "username": "author",
        "name": "Ada Author",
        "is_active": True,
    }


def test_a_review_says_whether_its_reviewer_could_give_it_today(
    rest: Api, library: Library, reviewer: User, other_reviewer: User
) -> None:
    """It counts in any case, until it is withdrawn."""
    text = library.component("salt")
    gone = User.objects.create_user("gone")
    for person in (reviewer, other_reviewer, gone):
        api.mark_reviewed(text.id, reviewer_id=person.pk)
    paths = {
        entity(text): lambda shown: shown["reviews"],
        entity(text, "reviews/"): lambda shown: reversed(shown["results"]),
        ENTITIES: lambda shown: shown["results"][0]["reviews"],
        f"{V1}entities/?key={key(text)}": lambda shown: shown["results"][0]["reviews"],
        f"{V1}entities/versions/?version={key(text)}@1": lambda shown: shown["results"][0]["reviews"],
    }

    def told() -> list[bool | None]:
        answers = [tuple(one["reviewer_may_review"] for one in find(rest("get", path))) for path, find in paths.items()]
        assert len(set(answers)) == 1
        return list(answers[0])

    assert told() == [True, False, False]
    User.objects.filter(pk=other_reviewer.pk).update(is_staff=True, is_active=False)
    gone.delete()
    assert told() == [True, False, None]
    shown = rest("get", entity(text))
    assert [given["reviewer"] and given["reviewer"]["is_active"] for given in shown["reviews"]] == [True, False, None]
    assert shown["is_reviewed"]
    api.set_required_reviewers(library.package.id, 3, changed_by=None)
    assert rest("get", entity(text))["is_reviewed"]


@pytest.mark.parametrize("made", ["created", "edited", "brought back", "deleted"])
@pytest.mark.parametrize("own", [True, False])
def test_may_review_agrees_with_what_happens(
    made: str, own: bool, rest: Api, library: Library, reviewer: User, author: User
) -> None:
    who = reviewer.pk if own else author.pk
    text = library.component(created_by=who if made == "created" else author.pk)
    if made != "created":
        make_live(library)
        library.edit(text, by=author.pk if made != "edited" else who)
    if made == "brought back":
        edited = text.versioning.draft.pk
        library.delete(text)
        library.set_draft(text, edited, by=who)
    if made == "deleted":
        library.delete(text, by=who)
    may = rest("get", entity(text))["may_review"]
    assert (may["allowed"], may["reason"]) == (not own, "own_change" if own else None)
    rest("put", entity(text, "review/"), seen(text), status=403 if own else 200)


def test_ones_own_change_is_told_wherever_an_entity_is_shown(rest: Api, library: Library, reviewer: User) -> None:
    text = library.component(created_by=reviewer.pk)
    [in_list] = rest("get", ENTITIES)["results"]
    [by_key] = rest("get", f"{V1}entities/", query_params={"key": key(text)})["results"]
    assert rest("get", entity(text)) == in_list == by_key
    may = {"allowed": False, "reason": "own_change", "changed_at": in_list["changed_at"]}
    assert in_list["may_review"] == may


def test_of_ones_own_change_that_is_live_there_is_nothing_to_review(
    rest: Api, library: Library, reviewer: User
) -> None:
    text = library.component(created_by=reviewer.pk)
    make_live(library)
    assert rest("get", entity(text))["may_review"]["reason"] == "nothing_to_review"


def test_an_entity_names_the_version_that_a_difference_since_my_last_review_starts_from(
    rest: Api, library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    make_live(library)
    assert rest("get", entity(text))["my_last_version"] is None
    library.edit(text)
    rest("put", entity(text, "review/"), seen(text))
    library.edit(text)
    rest("put", entity(text, "review/"), seen(text))
    rest("delete", entity(text, "review/"))
    library.edit(text)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    library.delete(text)
    rest("put", entity(text, "review/"), seen(text))
    # The deletion has no version; the verdict before it was withdrawn, and counts.
    assert rest("get", entity(text))["my_last_version"] == 3
    difference = api.get_difference(text.id, since_review_by=reviewer.pk)
    assert difference.old
    assert difference.old.version_num == 3


def test_nobody_in_particular_has_no_change_of_their_own() -> None:
    text = Library.create("lib:Test:No-author").component()
    [overview] = api.get_entity_overviews([text.id], viewer_id=None)
    assert (overview.changed_by, overview.is_own_change) == (None, False)


def test_a_site_may_allow_to_review_ones_own_change(rest: Api, library: Library, reviewer: User, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    text = library.component(created_by=reviewer.pk)
    assert rest("get", entity(text))["may_review"]["allowed"]
    rest("put", entity(text, "review/"), seen(text))


@pytest.mark.parametrize(
    "wrong",
    [
        "lb:Test:Gated:html:nothing",
        "lb:Test:Gated:problem:salt",
        "lb:Test:Nothing:html:salt",
        "lct:Test:Gated:unit:nothing",
        "lct:Test:Gated:section:{unit}",
        "lib:Test:Gated",
        "course-v1:a+b+c",
        "salt",
        "lb:",
        "lct:Test:Gated:unit",
        "💥",
        "lb:Test:Gated:html:SALT",
    ],
)
def test_a_wrong_key_is_not_found(wrong: str, rest: Api, library: Library) -> None:
    library.component("salt")
    wrong = wrong.format(unit=library.unit().container_code)
    assert rest("get", f"{V1}entities/{wrong}/", status=404)["code"] == "not_found"
    [missing] = rest("get", f"{V1}entities/", query_params={"key": wrong})["missing"]
    assert missing["key"] == wrong


# --- Many by key ------------------------------------------------------------------------------------------------------


def test_entities_by_key_come_in_order_and_once(rest: Api, library: Library) -> None:
    items = [library.component(), library.unit(), library.component()]
    wanted = [key(item) for item in items]
    answer = rest("get", f"{V1}entities/", query_params={"key": [*wanted, wanted[0]]})
    assert keys(answer) == wanted
    assert answer["missing"] == []
    assert answer["results"][1] == rest("get", entity(items[1]))


def test_unknown_keys_are_reported_one_by_one(rest: Api, library: Library) -> None:
    text = library.component("salt")
    wanted = ["nonsense", key(text), "lb:Test:Gated:html:nothing"]
    answer = rest("get", f"{V1}entities/", query_params={"key": wanted})
    assert keys(answer) == [key(text)]
    assert answer["missing"] == [
        {"key": "nonsense", "code": "invalid_key"},
        {"key": "lb:Test:Gated:html:nothing", "code": "not_found"},
    ]


@pytest.mark.parametrize("number", [0, 101])
def test_one_asks_for_1_to_100_keys(number: int, rest: Api, library: Library) -> None:
    wanted = [f"lb:Test:Gated:html:text-{n}" for n in range(number)]
    answer = rest("get", f"{V1}entities/", query_params={"key": wanted}, status=400)
    assert answer["detail"].endswith(f"Name 1 to 100 keys, not {number}.")
    assert len(rest("get", f"{V1}entities/", query_params={"key": wanted[:100] or ["x"]})["missing"]) in (1, 100)
