"""The queue: every change of a library in a light row, what waits for the viewer, and answers that a browser keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.transaction import atomic, set_rollback
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from openedx_content import api as content_api
from openedx_content.models_api import Component, DraftChangeLog, DraftChangeLogRecord, LearningPackage
from rest_framework.request import Request
from rest_framework.settings import api_settings

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus
from sample_plugin.reviews.rest_api.v1 import conditional
from sample_plugin.reviews.rules import CAN_REVIEW

from .content import Library, draft_record, make_live, now
from .history import write_components
from .rest import ENTITIES, LIBRARY, QUEUE, V1, Api, entity, key, keys, seen

pytestmark = pytest.mark.django_db

type People = dict[str, User]


@pytest.fixture(name="people")
def _people(author: User, reviewer: User, other_reviewer: User) -> People:
    """Everybody who writes or reviews."""
    return {"author": author, "reviewer": reviewer, "other": other_reviewer}


@pytest.fixture(name="everything")
def _everything(library: Library, people: People, settings: Any) -> list[Any]:
    """Items written by each of three people, alone and together, in each state that verdicts can bring about."""
    pk = {name: person.pk for name, person in people.items()}
    # Lets everybody review everything; each test sets the rule that it asks about.
    settings.SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW = "anybody"
    live = [library.component(title="Live") for _ in range(4)]
    make_live(library)
    written: list[tuple[str, ...]] = [("author",), ("reviewer",), ("reviewer", "author"), ("author", "reviewer")]
    given: list[tuple[str, ...]] = [(), ("+reviewer",), ("+other",), ("+reviewer", "+other"), ("-reviewer",)]
    given += [("-other", "+reviewer"), ("+other", "edit"), ("-other", "edit"), ("+reviewer", "save")]
    items: list[Any] = []
    for writers, verdicts in product(written, given):
        item = library.component(title="Text", created_by=pk[writers[0]])
        for writer in writers[1:]:
            library.edit(item, by=pk[writer])
        for verdict in verdicts:
            match verdict[0], verdict[1:]:
                case "+", name:
                    api.mark_reviewed(item.id, reviewer_id=pk[name])
                case "-", name:
                    api.request_changes(item.id, reviewer_id=pk[name], note="Salt")
                case "e", _:
                    library.edit(item, by=pk[writers[-1]])
                case _:  # a save that changes nothing, whose author is nobody's
                    library.edit(item, title=item.versioning.draft.title, by=pk["other"])
        items.append(item)
    library.edit(live[0], by=pk["reviewer"])
    for text in live[1:3]:
        library.delete(text, by=pk["reviewer"])
    api.mark_reviewed(live[2].id, reviewer_id=pk["other"])
    for _time in (1, 2):  # twice, and each deletion needs a review of its own
        library.delete(live[3])
        if _time == 1:
            api.mark_reviewed(live[3].id, reviewer_id=pk["reviewer"])
            library.set_draft(live[3], live[3].versioning.published.pk)
    with content_api.bulk_draft_changes_for(library.package.id):
        of_creator = library.component(created_by=None)
    type(of_creator.publishable_entity).objects.filter(pk=of_creator.id).update(created_by=pk["reviewer"])
    no_record = library.component()
    DraftChangeLogRecord.objects.filter(entity=no_record.id).delete()
    discarded = library.component(created_by=pk["reviewer"])
    library.delete(discarded)
    inner = library.unit(items[0], items[1])
    outer = library.subsection(inner)
    return [*items, *live, of_creator, no_record, discarded, inner, outer]


def load(library: Library, viewer: User, *, may_review: bool = True) -> list[api.QueueRow]:
    """Return all rows, newest first."""
    found = api.find_changes(library.package.id, order=api.ChangeOrder.CHANGED, descending=True)
    return api.get_queue(
        library.package.id, list(found.values_list("pk", flat=True)), viewer_id=viewer.pk, may_review=may_review
    )


# --- Rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_a_row_says_what_a_screen_needs(
    rest: Api, library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    User.objects.filter(pk=author.pk).update(first_name="Mei", last_name="Lin")
    text = library.component("salt", title="Salt")
    unit = library.unit(text, title="Taste")
    section = library.section(library.subsection(unit, title="Cooking"), title="Food")
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    answer = rest("get", f"{QUEUE}?inside={key(unit)}")
    assert {name: answer[name] for name in ("count", "num_pages", "current_page", "start", "next", "previous")} == {
        "count": 2, "num_pages": 1, "current_page": 1, "start": 0, "next": None, "previous": None,
    }  # fmt: skip
    _unit, row = answer["results"]
    assert row.pop("changed_at") == rest("get", entity(text))["changed_at"]
    subsection = row["path"][1]["key"]
    assert row == {
        "key": "lb:Test:Gated:html:salt",
        "title": "Salt",
        "kind": "component",
        "block_type": "html",
        "change": "new",
        "draft_change_log_record_id": draft_record(text).pk,
        "draft_version_num": 1,
        "published_version_num": None,
        "changed_by": {"username": "author", "name": "Mei Lin"},
        "state": "unreviewed",
        "is_outdated": False,
        "review_count": 1,
        "my_verdict": None,
        "is_mine": False,
        "may_review": {"allowed": True, "reason": None, "changed_at": None},
        "waits_for_me": "review",
        "review_request": None,
        "path": [
            {"key": key(section), "title": "Food"},
            {"key": subsection, "title": "Cooking"},
            {"key": key(unit), "title": "Taste"},
        ],
    }


def in_each_policy(library: Library, people: People) -> Iterator[User]:
    """Yield each person as the viewer, with every policy in turn."""
    for rule, required in product(api.WhoMayReview.values, (1, 2)):
        api.set_who_may_review(library.package.id, rule, changed_by=None)
        api.set_required_reviewers(library.package.id, required, changed_by=None)
        yield from people.values()


def test_a_row_agrees_with_the_overview_of_the_entity(everything: list[Any], library: Library, people: People) -> None:
    same = ["title", "kind", "block_type", "change", "draft_change_log_record_id", "draft_version_num"]
    same += ["published_version_num", "changed_by", "changed_at", "is_outdated", "own_change_at"]
    for viewer in in_each_policy(library, people):
        rows = load(library, viewer)
        overviews = api.get_entity_overviews([row.entity_id for row in rows], viewer_id=viewer.pk)
        assert len(rows) == len(overviews) == len(everything) - 1  # one was deleted before it was live
        for row, overview in zip(rows, overviews, strict=True):
            assert {name: getattr(row, name) for name in same} == {name: getattr(overview, name) for name in same}
            assert row.review_count == overview.reviewer_count
            assert row.is_mine == overview.is_own_change
            verdicts = {given.reviewer_id: given.verdict for given in (*overview.reviews, *overview.requests)}
            assert row.my_verdict == verdicts.get(viewer.pk)
            state = "changes_requested" if overview.requests else "reviewed" if overview.is_reviewed else "unreviewed"
            assert row.state == state


def test_what_waits_for_the_viewer_is_the_same_in_rows_and_counts(
    everything: list[Any], library: Library, people: People
) -> None:
    found = set()
    for viewer in in_each_policy(library, people):
        for may_review in (True, False):
            rows = load(library, viewer, may_review=may_review)
            # In words, and from other fields.
            for row in rows:
                may = may_review and row.own_change_at is None and row.draft_change_log_record_id is not None
                if row.state == "changes_requested" and row.changed_by == viewer:
                    assert row.waits_for_me == "answer"
                elif row.state == "unreviewed" and may and row.my_verdict is None:
                    assert row.waits_for_me == "review"
                else:
                    assert row.waits_for_me is None
            waiting = [row.waits_for_me for row in rows]
            counts = api.WaitingCounts(
                to_review=waiting.count(api.WaitsFor.REVIEW), to_answer=waiting.count(api.WaitsFor.ANSWER)
            )
            counted = api.get_package_overview(library.package.id, viewer_id=viewer.pk, may_review=may_review)
            assert counted.waits_for_me == counts
            assert_my_reviews_agree(library, viewer, rows, may_review=may_review)
            found.add(counts)
    assert len(found) > 10


def assert_my_reviews_agree(library: Library, viewer: User, rows: list[api.QueueRow], *, may_review: bool) -> None:
    """Find the same changes in the viewer's list as in the queue."""
    package = LearningPackage.objects.get(pk=library.package.id)
    mine = api.MyLibrary(learning_package=package, may_review=may_review, may_manage_policy=False)
    kept: dict[str, Any] = {
        "as_of": now().replace(minute=0, second=0, microsecond=0),
        "fingerprint": api.get_fingerprint(package.id),
    }
    api.get_my_reviews(viewer.pk, [mine], **kept)
    groups = api.get_my_reviews(viewer.pk, [mine], **kept)
    shown = {group: {review.entity.id for review in groups[group][0:100]} for group in api.MyGroup}
    # The queue tells only those who may review whether they may not, because they changed it.
    own = {row.entity_id for row in load(library, viewer) if row.own_change_at}
    expected: dict[api.MyGroup, set[int]] = {group: set() for group in api.MyGroup}
    for row in rows:
        if row.waits_for_me:
            expected[api.MyGroup(f"to_{row.waits_for_me}")].add(row.entity_id)
        elif row.state != "reviewed" and (row.is_mine or row.my_verdict or row.entity_id in own):
            expected[api.MyGroup.WITH_OTHERS].add(row.entity_id)
    assert shown == expected
    same = ["title", "kind", "block_type", "change", "state"]
    by_id = {row.entity_id: row for row in rows}
    for group in api.MyGroup:
        for review in groups[group][0:100]:
            row = by_id[review.entity.id]
            assert {name: getattr(review, name) for name in same} == {name: getattr(row, name) for name in same}
            assert review.state == "changes_requested" or review.waiting_since == row.changed_at


def test_what_waits_for_a_review_can_be_reviewed(library: Library, people: People, everything: list[Any]) -> None:
    api.set_who_may_review(library.package.id, "not_contributors", changed_by=None)
    reviewer = people["reviewer"]
    waiting = [row.entity_id for row in load(library, reviewer) if row.waits_for_me == api.WaitsFor.REVIEW]
    assert waiting
    for entity_id in waiting:
        api.mark_reviewed(entity_id, reviewer_id=reviewer.pk)
    counted = api.get_package_overview(library.package.id, viewer_id=reviewer.pk).waits_for_me
    assert counted is not None
    assert counted.to_review == 0


def test_a_path_is_one_of_several_and_of_drafts(library: Library, reviewer: User) -> None:
    text, alone = library.component(), library.component()
    left, first, second = library.unit(text), library.unit(text, title="First"), library.unit(text)
    library.edit(left, entities=[])
    library.edit(first, title="Renamed")
    library.subsection(second)
    paths = {row.entity_id: row.path for row in load(library, reviewer)}
    assert paths[text.id] == ((f"lct:Test:Gated:unit:{first.container_code}", "Renamed"),)
    assert paths[alone.id] == paths[left.id] == ()


def test_rows_keep_the_order_and_leave_out_what_has_no_change(library: Library, reviewer: User) -> None:
    published = library.component()
    make_live(library)
    elsewhere = Library.create("lib:Test:Elsewhere").component()
    one, two = library.component(), library.component()
    ids: Any = [two.id, published.id, 999_999, elsewhere.id, one.id]
    rows = api.get_queue(library.package.id, ids, viewer_id=reviewer.pk, may_review=True)
    assert [row.entity_id for row in rows] == [two.id, one.id]
    nowhere: Any = 999_999
    with pytest.raises(LearningPackage.DoesNotExist, match="LearningPackage matching query"):
        api.get_queue(nowhere, [], viewer_id=reviewer.pk, may_review=True)


def test_what_studio_has_no_key_for_is_in_the_queue_without_one(rest: Api, library: Library) -> None:
    content_api.create_component_and_version(
        library.package.id,
        component_type=content_api.get_or_create_component_type("other.v1", "html"),
        component_code="salt",
        title="",
        created=now(),
        created_by=None,
    )
    [row] = rest("get", QUEUE)["results"]
    [shown] = rest("get", ENTITIES)["results"]
    assert {name: row[name] for name in ("key", "title", "kind", "changed_by")} == {
        name: shown[name] for name in ("key", "title", "kind", "changed_by")
    }
    assert row["key"] is None


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_queue_comes_newest_first_in_pages_of_500(rest: Api, library: Library) -> None:
    change_log = write_components(library, 1001)
    newest = library.component()
    unit = library.unit(newest)
    listed, sizes, address = [], [], QUEUE
    while address:
        page = rest("get", address)
        listed += keys(page)
        sizes.append(len(page["results"]))
        address = page["next"]
    assert sizes == [500, 500, 3]
    assert len(set(listed)) == 1003
    assert listed[:2] == [key(unit), key(newest)]
    assert len(rest("get", f"{QUEUE}?page_size=1000")["results"]) == 500
    assert rest("get", f"{QUEUE}?change_log={change_log.pk}&page_size=1")["count"] == 1001
    assert keys(rest("get", f"{QUEUE}?inside={key(unit)}")) == [key(unit), key(newest)]


@pytest.mark.parametrize("query", ["change_log=x", "change_log=0", "inside=lct:Test:Gated:unit:nothing"])
@pytest.mark.any_database
def test_a_wrong_part_of_the_queue_is_refused(query: str, rest: Api, library: Library) -> None:
    assert rest("get", f"{QUEUE}?{query}", status=400)["code"] == "invalid"


@pytest.mark.any_database
def test_without_the_permission_nothing_waits_for_a_review(client: Client, library: Library) -> None:
    viewer = User.objects.create_user("viewer")
    package = Library.create("lib:Test:Gated-too").package  # not to be seen
    viewer.user_permissions.add(Permission.objects.get(codename="view_reviewedstatus"))
    assert not viewer.has_perm(CAN_REVIEW, package)
    library.component()
    [row] = load(library, viewer, may_review=False)
    assert (row.may_review, row.waits_for_me) == (False, None)


def test_the_queue_takes_the_same_queries_for_any_number(library: Library, reviewer: User) -> None:
    numbers = []
    for more in (1, 40):
        texts = [library.component() for _ in range(more)]
        own = library.component(created_by=reviewer.pk)
        library.subsection(library.unit(*texts, own))
        api.mark_reviewed(texts[0].id, reviewer_id=reviewer.pk)
        with CaptureQueriesContext(connection) as queries:
            load(library, reviewer)
        with CaptureQueriesContext(connection) as more_queries:
            api.get_package_overview(library.package.id, viewer_id=reviewer.pk)
        numbers.append((len(queries), len(more_queries)))
    assert numbers[0] == numbers[1]


def test_a_viewer_who_has_touched_nothing_takes_no_histories(library: Library, reviewer: User, author: User) -> None:
    for _ in range(3):
        library.component()
    counts = {}
    for viewer in (reviewer, author):
        with CaptureQueriesContext(connection) as queries:
            load(library, viewer)
        with CaptureQueriesContext(connection) as more_queries:
            api.get_package_overview(library.package.id, viewer_id=viewer.pk)
        counts[viewer.username] = (len(queries), len(more_queries))
    # The ids, the package, the rows, their edits, verdicts, containers, requests and people; whether the viewer has
    # touched any.
    assert counts["reviewer"] == (10, 3)
    assert counts["author"] == (12, 6)


# --- What a browser keeps ---------------------------------------------------------------------------------------------


def ask(client: Client, path: str, tag: str = "", **headers: str) -> Any:
    """Ask again with the tag of the last answer."""
    return client.get(path, headers={"if-none-match": tag, **headers} if tag else headers)


@pytest.mark.parametrize("path", [LIBRARY, QUEUE])
@pytest.mark.any_database
def test_what_has_not_changed_is_a_304(path: str, client: Client, rest: Api, library: Library) -> None:
    library.component()
    first = ask(client, path)
    again = ask(client, path, first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    for answer in (first, again):
        assert answer["ETag"] == first["ETag"]
        assert answer["ETag"].startswith('W/"')
        assert answer["Cache-Control"] == "private, no-cache"
        assert {"Cookie", "Authorization", "Accept-Language"} <= set(answer["Vary"].split(", "))
    # Several tags, a strong one as some proxies make them, and what nobody can have.
    strong = first["ETag"].removeprefix("W/")
    assert ask(client, path, f'"x", {strong}').status_code == 304
    for unknown in ('"x"', "*", "nonsense"):
        assert ask(client, path, unknown).status_code == 200


@pytest.mark.parametrize("path", [LIBRARY, QUEUE])
@pytest.mark.any_database
def test_who_may_not_see_it_any_more_gets_no_304(
    path: str, client: Client, rest: Api, library: Library, reviewer: User
) -> None:
    tag = ask(client, path)["ETag"]
    User.objects.filter(pk=reviewer.pk).update(is_staff=False)
    gone = ask(client, path, tag)
    assert (gone.status_code, gone["Cache-Control"], gone.has_header("ETag")) == (404, "no-store", False)
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    assert ask(client, path, tag).status_code == 401
    assert ask(Client(), path, tag).status_code == 401


@pytest.mark.any_database
def test_an_answer_to_a_change_of_the_policy_is_not_kept(client: Client, rest: Api, library: Library) -> None:
    answer = client.patch(LIBRARY, {"required_reviewers": 2}, content_type="application/json")
    assert (answer["Cache-Control"], answer.has_header("ETag")) == ("no-store", False)


@pytest.fixture(name="text")
def _text(library: Library) -> Any:
    """A component that awaits review, beside one that is live."""
    text = library.component("salt", title="Salt")
    make_live(library)
    library.edit(text)
    return text


def publish_one(library: Library) -> None:
    """Publish what nobody has reviewed, so that the log of it is all that is new."""
    yeast = Component.objects.get(component_code="yeast")
    with api.bypass_review(reason="To publish"):
        library.publish(yeast)


# What changes, and how, by name. Each gets the library, the component and the people.
CHANGES: dict[str, Callable[[Library, Any, People], object]] = {
    "an edit": lambda library, text, people: library.edit(text),
    "a new item": lambda library, text, people: library.component(),
    "a deletion": lambda library, text, people: library.delete(text),
    "a discard": lambda library, text, people: content_api.reset_drafts_to_published(library.package.id),
    "a container around it": lambda library, text, people: library.unit(text),
    "a publish": lambda library, text, people: publish_one(library),
    "a review": lambda library, text, people: api.mark_reviewed(text.id, reviewer_id=people["other"].pk),
    "a request": lambda library, text, people: api.request_changes(
        text.id, reviewer_id=people["other"].pk, note="Less"
    ),
    "a request for a review": lambda library, text, people: api.request_review(
        text.id, requested_by_id=people["author"].pk
    ),
    "a withdrawal of a request for a review": lambda library, text, people: api.withdraw_review_request(
        Component.objects.get(component_code="yeast").id, withdrawn_by_id=people["author"].pk
    ),
    "a withdrawal": lambda library, text, people: api.withdraw_review(text.id, reviewer_id=people["reviewer"].pk),
    "another verdict": lambda library, text, people: api.request_changes(
        text.id, reviewer_id=people["reviewer"].pk, note="Less"
    ),
    "the account of a reviewer": lambda library, text, people: people["third"].delete(),
    "the account of an author": lambda library, text, people: people["author"].delete(),
    "a name": lambda library, text, people: User.objects.filter(username="author").update(first_name="Ada"),
    "the state of an account": lambda library, text, people: User.objects.filter(username="author").update(
        is_active=False
    ),
    "a username": lambda library, text, people: User.objects.filter(username="author").update(username="retired-1"),
    "the switch": lambda library, text, people: api.set_review_required(library.package.id, False, changed_by=None),
    "required reviewers": lambda library, text, people: api.set_required_reviewers(
        library.package.id, 2, changed_by=None
    ),
    "who may review": lambda library, text, people: api.set_who_may_review(
        library.package.id, "anybody", changed_by=None
    ),
    "when a review starts": lambda library, text, people: api.change_policy(
        library.package.id, changed_by=None, reason="", review_starts="when_asked"
    ),
    "the title": lambda library, text, people: content_api.update_learning_package(library.package.id, title="New"),
    "the key": lambda library, text, people: LearningPackage.objects.filter(pk=library.package.id).update(
        package_ref="lib:Test:Other"
    ),
}


@pytest.fixture(name="four")
def _four(people: People, library: Library, text: Any) -> People:
    """One more, who has reviewed the component, as the reviewer has. One verdict is withdrawn, by a wrong clock."""
    third = User.objects.create_user("third")
    api.request_review(library.component("yeast").id, requested_by_id=people["author"].pk)
    for reviewer in (third, people["reviewer"]):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(text.id, reviewer_id=people["other"].pk)
    api.withdraw_review(text.id, reviewer_id=people["other"].pk)
    ReviewedStatus.objects.filter(reviewer=people["other"]).update(withdrawn_at=now() + timedelta(days=1))
    return {**people, "third": third}


@pytest.mark.parametrize("name", CHANGES)
def test_the_fingerprint_changes_with(name: str, library: Library, text: Any, four: People) -> None:
    before = api.get_fingerprint(library.package.id)
    assert api.get_fingerprint(library.package.id) == before
    viewers = [four[name].pk for name in ("author", "reviewer")]
    for viewer_id in viewers:
        overview_of(library, viewer_id, before)
    CHANGES[name](library, text, four)
    after = api.get_fingerprint(library.package.id)
    assert after != before
    for viewer_id in viewers:
        assert overview_of(library, viewer_id, after) == overview_of(library, viewer_id, None)


def overview_of(library: Library, viewer_id: int, fingerprint: str | None) -> api.PackageOverview:
    return api.get_package_overview(library.package.id, viewer_id=viewer_id, fingerprint=fingerprint)


def test_the_fingerprint_changes_with_authors_whom_only_core_knows(library: Library, author: User) -> None:
    """The author of a version, and of an entity, where the log has none."""
    maker, creator = User.objects.create_user("maker"), User.objects.create_user("creator")
    with content_api.bulk_draft_changes_for(library.package.id):
        library.component(created_by=maker.pk)
        unknown = library.component(created_by=None)
    type(unknown.publishable_entity).objects.filter(pk=unknown.id).update(created_by=creator.pk)
    tags = [api.get_fingerprint(library.package.id)]
    for person in (maker, creator):
        User.objects.filter(pk=person.pk).update(last_name="Lin")
        tags.append(api.get_fingerprint(library.package.id))
        person.delete()
        tags.append(api.get_fingerprint(library.package.id))
    assert len(set(tags)) == 5


def test_the_fingerprint_changes_with_verdicts_on_what_a_container_pins(library: Library, reviewer: User) -> None:
    """Also if the pinned item has no unpublished change itself."""
    text = library.component()
    make_live(library)
    live = text.versioning.published.pk
    library.edit(text)
    pinned = draft_record(text)
    library.unit(text.versioning.draft)
    library.set_draft(text, live)
    before = api.get_fingerprint(library.package.id)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=pinned.pk)
    assert api.get_fingerprint(library.package.id) != before


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DEFAULT_MODE", "advisory"),
        ("REQUIRED_BY_DEFAULT", False),
        ("REQUIRED_REVIEWERS", 3),
        ("WHO_MAY_REVIEW", "anybody"),
        ("ALLOW_SELF_REVIEW", True),
        ("REVIEW_STARTS", "when_asked"),
    ],
)
def test_the_fingerprint_changes_with_a_setting(setting: str, value: Any, library: Library, settings: Any) -> None:
    before = api.get_fingerprint(library.package.id)
    setattr(settings, f"SAMPLE_PLUGIN_REVIEWS_{setting}", value)
    assert api.get_fingerprint(library.package.id) != before


def test_a_transaction_that_is_committed_after_a_later_one_is_noticed(library: Library, text: Any) -> None:
    """Its log has a lower id than the newest one that was seen, so the largest id does not change."""
    version = text.versioning.latest
    earlier = DraftChangeLog.objects.create(learning_package=library.package, changed_at=now())
    earlier_id = earlier.pk
    earlier.delete()  # written, and not committed: nobody sees it
    other = library.component()
    assert draft_record(other).draft_change_log_id > earlier_id
    before = api.get_fingerprint(library.package.id)
    seen_last = DraftChangeLog.objects.latest("pk")
    log = DraftChangeLog.objects.create(
        pk=earlier_id,
        learning_package=library.package,
        changed_at=seen_last.changed_at,
        changed_by=seen_last.changed_by,
    )
    log.records.create(entity_id=text.id, old_version_id=version.pk, new_version=None)
    text.publishable_entity.draft.__class__.objects.filter(entity_id=text.id).update(version=None)
    assert api.get_fingerprint(library.package.id) != before


def test_a_bulk_edit_that_undoes_itself_changes_nothing(library: Library, text: Any, reviewer: User) -> None:
    """Core deletes the record that it has just written."""
    before, rows = api.get_fingerprint(library.package.id), load(library, reviewer)
    version_id = text.versioning.draft.pk
    with content_api.bulk_draft_changes_for(library.package.id):
        library.delete(text)
        library.set_draft(text, version_id)
    assert load(library, reviewer) == rows
    assert api.get_fingerprint(library.package.id) == before


def test_a_database_that_was_restored_from_a_backup_is_noticed(library: Library, text: Any, reviewer: User) -> None:
    """Afterwards there are as many logs and verdicts as before, with the same ids."""
    found = set()
    for act in (lambda: library.edit(text), lambda: api.mark_reviewed(text.id, reviewer_id=reviewer.pk)):
        for _attempt in (1, 2):
            with atomic():
                act()
                found.add(api.get_fingerprint(library.package.id))
                set_rollback(True)
    assert len(found) == 4


def test_the_fingerprint_stays_as_it_is_whatever_happens_elsewhere(library: Library, text: Any) -> None:
    before = api.get_fingerprint(library.package.id)
    other = Library.create("lib:Test:Elsewhere", library.author_id)
    item = other.component()
    api.mark_reviewed(item.id, reviewer_id=User.objects.create_user("passer-by").pk)
    assert api.get_fingerprint(library.package.id) == before


def test_a_fingerprint_takes_two_queries_once_its_people_are_known(library: Library, text: Any) -> None:
    for more in (0, 20):
        library.unit(*(library.component() for _ in range(more)))
        counts = []
        for _time in (1, 2):
            with CaptureQueriesContext(connection) as queries:
                api.get_fingerprint(library.package.id)
            counts.append(len(queries))
        assert counts == [7, 2]


def tags(library: Library, viewer: User, rf: RequestFactory) -> Iterator[str]:
    """Yield the tag of the same content: as it is, and then with something else about the request each time."""

    def tag(path: str = QUEUE, *, user: User = viewer, may: bool = True, host: str = "localhost") -> str:
        request = Request(rf.get(path, headers={"host": host}))
        request.user = user
        return conditional.tag_of(request, "r", {"review": may})

    yield tag()
    yield tag(f"{QUEUE}?page=2")
    yield tag(LIBRARY)
    yield tag(host="127.0.0.1")
    yield tag(may=False)
    yield tag(user=User.objects.create_user("viewer"))
    with translation.override("de"):
        yield tag()
    with timezone.override("Asia/Tokyo"):
        yield tag()


def test_a_tag_changes_with_the_request(
    library: Library, reviewer: User, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(tags(library, reviewer, rf))
    assert found[0] == next(tags(library, reviewer, rf))
    assert len(set(found)) == len(found) == 8
    # After an upgrade, the same content may be written another way.
    monkeypatch.setattr(conditional, "_PROGRAMS", ("99", "99"))
    assert next(tags(library, reviewer, rf)) not in found
    monkeypatch.undo()
    monkeypatch.setattr(api_settings, "DATETIME_FORMAT", "%Y")
    assert next(tags(library, reviewer, rf)) not in found


def test_a_change_between_the_tag_and_the_answer_is_told_next_time(
    client: Client, rest: Api, library: Library, text: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = api.get_queue

    def edit_meanwhile(*args: Any, **kwargs: Any) -> Any:
        library.edit(text)
        return find(*args, **kwargs)

    monkeypatch.setattr(api, "get_queue", edit_meanwhile)
    tag = ask(client, QUEUE)["ETag"]
    monkeypatch.undo()
    assert ask(client, QUEUE, tag).status_code == 200


def test_a_304_takes_a_few_queries_for_any_number(client: Client, rest: Api, library: Library) -> None:
    for path in (LIBRARY, QUEUE):
        numbers = []
        for more in (1, 30):
            library.unit(*(library.component() for _ in range(more)))
            tag = ask(client, path)["ETag"]
            with CaptureQueriesContext(connection) as queries:
                assert ask(client, path, tag).status_code == 304
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]


def test_the_rows_of_the_queue_can_be_reviewed_as_they_are(rest: Api, library: Library, text: Any) -> None:
    [row] = rest("get", QUEUE)["results"]
    sent = {"key": row["key"], "draft_change_log_record_id": row["draft_change_log_record_id"]}
    assert sent["draft_change_log_record_id"] == seen(text)["draft_change_log_record_id"]
    assert rest("post", f"{V1}libraries/lib:Test:Gated/reviews/", {"items": [sent]})["reviewed"] == 1
    [row] = rest("get", QUEUE)["results"]
    assert (row["state"], row["my_verdict"], row["waits_for_me"]) == ("reviewed", "reviewed", None)
