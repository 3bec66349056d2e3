"""Which versions were reviewed, and by whom: what a course says of the blocks that it has taken from libraries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openedx_content.models_api import Published

from sample_plugin.reviews import api
from sample_plugin.reviews.gate import exemptions
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus

from .content import Library, core_publish_from_drafts, is_reviewed, make_live, now
from .rest import V1, Api, entity, key

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]
type Ask = Callable[..., Any]

VERSIONS = f"{V1}entities/versions/"


@pytest.fixture(name="ask")
def _ask(rest: Api) -> Ask:
    """A function that asks for versions by name, and returns the answer."""

    def ask(*versions: str, **kwargs: Any) -> Any:
        return rest("get", VERSIONS, query_params={"version": versions}, **kwargs)

    return ask


def shown(answer: Any) -> dict[str, bool]:
    """Return what is shown, by its name, and whether it is reviewed."""
    return {f"{result['key']}@{result['version_num']}": result["is_reviewed"] for result in answer["results"]}


def test_the_address_is_the_one_that_clients_know() -> None:
    assert reverse("sample_plugin_reviews:v1:versions") == VERSIONS


def test_a_version_says_what_a_screen_needs(
    ask: Ask, rest: Api, library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component("salt", title="Salt")
    for person in (other_reviewer, reviewer):
        api.mark_reviewed(text.id, reviewer_id=person.pk, note=f"by {person.username}")
    history = rest("get", entity(text, "reviews/"))["results"]
    assert [(given["reviewer"]["username"], given["note"]) for given in history] == [
        ("reviewer", "by reviewer"),
        ("other-reviewer", "by other-reviewer"),
    ]
    assert ask(f"{key(text)}@1") == {
        "results": [
            {
                "key": "lb:Test:Gated:html:salt",
                "title": "Salt",
                "version_num": 1,
                "is_reviewed": True,
                "reviews": history[::-1],
                "reviewer_count": 2,
                "judgement": None,
            }
        ],
        "missing": [],
    }


def test_a_version_of_a_container_is_asked_for_like_any_other(ask: Ask, library: Library, review: Review) -> None:
    text = library.component()
    unit = library.unit(text, title="Taste")
    review(unit)
    answer = ask(f"{key(unit)}@1", f"{key(text)}@1")
    assert shown(answer) == {f"{key(unit)}@1": True, f"{key(text)}@1": False}
    assert answer["results"][0]["title"] == "Taste"


def test_each_version_has_its_own_title_and_reviews(ask: Ask, library: Library, review: Review) -> None:
    text = library.component("salt", title="Salt")
    review(text)
    library.edit(text, title="Sea salt")
    library.edit(text, title="Rock salt")
    review(text)
    answer = ask(*(f"{key(text)}@{number}" for number in (1, 2, 3)))
    assert [(result["title"], result["is_reviewed"], len(result["reviews"])) for result in answer["results"]] == [
        ("Salt", True, 1),
        ("Sea salt", False, 0),
        ("Rock salt", True, 1),
    ]
    assert [result["reviews"][0]["version_num"] for result in answer["results"] if result["reviews"]] == [1, 3]


def test_a_version_stays_reviewed_whatever_becomes_of_the_draft(ask: Ask, library: Library, review: Review) -> None:
    text = library.component()
    name = f"{key(text)}@1"
    review(text)
    assert shown(ask(name)) == {name: True}
    library.publish()
    assert shown(ask(name)) == {name: True}
    library.edit(text)
    assert shown(ask(name)) == {name: True}
    make_live(library)
    library.delete(text)
    make_live(library)
    assert shown(ask(name, f"{key(text)}@2")) == {name: True, f"{key(text)}@2": False}


def test_what_went_live_without_a_review_is_not_reviewed(ask: Ask, library: Library) -> None:
    text = library.component()
    make_live(library)
    assert shown(ask(f"{key(text)}@1")) == {f"{key(text)}@1": False}


def test_the_draft_is_reviewed_where_its_version_is(ask: Ask, library: Library, review: Review) -> None:
    text = library.component()
    for number in (1, 2):
        name = f"{key(text)}@{number}"
        assert shown(ask(name))[name] is is_reviewed(library, text) is False
        review(text)
        assert shown(ask(name))[name] is is_reviewed(library, text) is True
        library.edit(text)


def test_a_review_of_a_deletion_is_of_no_version(ask: Ask, library: Library, review: Review) -> None:
    text = library.component()
    make_live(library)
    library.delete(text)
    review(text)
    assert ReviewedStatus.objects.in_force().filter(entity=text.id).exists()
    answer = ask(f"{key(text)}@0", f"{key(text)}@1")
    assert shown(answer) == {f"{key(text)}@1": False}
    assert answer["results"][0]["reviews"] == []
    assert answer["missing"] == [{"version": f"{key(text)}@0", "code": "not_found"}]


def test_withdrawn_reviews_neither_count_nor_are_listed(
    ask: Ask, rest: Api, library: Library, review: Review, other_reviewer: User
) -> None:
    text = library.component()
    review(text)
    api.mark_reviewed(text.id, reviewer_id=other_reviewer.pk)
    rest("delete", entity(text, "review/"))
    [result] = ask(f"{key(text)}@1")["results"]
    assert [given["reviewer"]["username"] for given in result["reviews"]] == ["other-reviewer"]
    assert result["is_reviewed"] is True
    api.withdraw_review(text.id, reviewer_id=other_reviewer.pk)
    [result] = ask(f"{key(text)}@1")["results"]
    assert (result["is_reviewed"], result["reviews"]) == (False, [])


def test_withdrawing_leaves_what_was_said_of_the_version_that_is_live(
    ask: Ask, library: Library, reviewer: User, review: Review
) -> None:
    """Courses use it, and it was reviewed when it went live."""
    text = library.component()
    review(text)
    library.publish()
    library.edit(text)
    review(text)
    api.withdraw_review(text.id, reviewer_id=reviewer.pk)
    assert shown(ask(f"{key(text)}@1", f"{key(text)}@2")) == {f"{key(text)}@1": True, f"{key(text)}@2": False}
    with pytest.raises(ReviewedStatus.DoesNotExist):
        api.withdraw_review(text.id, reviewer_id=reviewer.pk)
    # A version that once was live can be withdrawn from if it is the draft again: it must not go live again. But it
    # was reviewed when it did.
    first = ReviewedStatus.objects.in_force().get().version_id
    review(text)
    library.publish()
    library.set_draft(text, first)
    api.withdraw_review(text.id, reviewer_id=reviewer.pk)
    assert not is_reviewed(library, text)
    [result] = ask(f"{key(text)}@1")["results"]
    [withdrawn] = result["reviews"]
    assert (result["is_reviewed"], withdrawn["withdrawn_by"]["username"]) == (True, "reviewer")
    # What counts is the last time.
    make_live(library)
    [result] = ask(f"{key(text)}@1")["results"]
    assert (result["is_reviewed"], result["reviews"], result["judgement"]["basis"]) == (False, [], "bypassed")


def test_a_version_that_went_live_is_shown_as_it_was_judged_then(
    ask: Ask, rest: Api, library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    """Whatever the policy is today, and whoever has left."""
    package_id: Any = library.package.id

    class Unzipper:
        learning_package_id = package_id

    names = ["reviewed", "bypassed", "off", "unexplained", "before", "restored", "draft", "taken-live"]
    texts = {name: library.component(name) for name in names}
    for name in ("reviewed", "before", "draft"):
        api.mark_reviewed(texts[name].id, reviewer_id=other_reviewer.pk)
    with exemptions.restoring(Unzipper()):
        library.publish(texts["restored"])
    library.publish(texts["reviewed"])
    with api.bypass_review(reason="The exam is today", user_id=author.pk):
        library.publish(texts["bypassed"])
    api.set_review_required(package_id, False, changed_by=None)
    library.publish(texts["off"])
    for name in ("unexplained", "before"):
        publish_log = core_publish_from_drafts(package_id, library.drafts(texts[name]))
    PublishJudgement.objects.create(publish_log=publish_log, basis=Basis.BEFORE_PLUGIN, created=now())
    # Core's rows, changed by other code: no record says how it went live.
    pointer = texts["taken-live"].versioning.draft.publishable_entity_version
    Published.objects.create(
        entity_id=texts["taken-live"].id, version=pointer, publish_log_record=publish_log.records.get()
    )
    api.set_review_required(package_id, True, changed_by=None)
    api.set_required_reviewers(package_id, 2, changed_by=None)
    other_reviewer.delete()

    answer = ask(*(f"{key(text)}@1" for text in texts.values()))["results"]
    told = {
        name: (
            version["is_reviewed"],
            version["judgement"] and (version["judgement"]["basis"], version["judgement"]["required_reviewers"]),
            [review["reviewer"] for review in version["reviews"]],
        )
        for name, version in zip(texts, answer, strict=True)
    }
    assert told == {
        "reviewed": (True, ("reviewed", 1), [None]),
        "bypassed": (False, ("bypassed", 1), []),
        "off": (False, ("not_required", 1), []),
        "unexplained": (False, ("unexplained", None), []),
        "before": (False, ("before_plugin", None), [None]),
        "restored": (False, ("restored", 1), []),
        "draft": (False, None, [None]),
        "taken-live": (False, ("unexplained", None), []),
    }
    assert answer[1]["judgement"] == {
        "publish_log_id": answer[1]["judgement"]["publish_log_id"],
        "basis": "bypassed",
        "unreviewed": True,
        "mode": "required",
        "required_reviewers": 1,
        "decided_by": {"username": "author", "name": "", "is_active": True},
        "reason": "The exam is today",
    }
    # The item itself says the same of a draft that is live.
    items = rest("get", f"{V1}entities/", query_params={"key": [key(text) for text in texts.values()]})["results"]
    assert [item["is_reviewed"] for item in items] == [is_reviewed for is_reviewed, *_rest in told.values()]


def test_what_was_carried_over_counts(
    ask: Ask, library: Library, review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    text = library.component(title="Salt")
    review(text)
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(text, title="Salt")
    answer = ask(f"{key(text)}@1", f"{key(text)}@2")
    assert shown(answer) == {f"{key(text)}@1": True, f"{key(text)}@2": True}
    assert [result["reviews"][0]["is_carried_over"] for result in answer["results"]] == [False, True]


def test_reviews_come_oldest_first_whatever_their_ids(
    ask: Ask, library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    first, second = (api.mark_reviewed(text.id, reviewer_id=person.pk) for person in (reviewer, other_reviewer))
    earlier = first.created - timedelta(days=1)
    ReviewedStatus.objects.filter(pk=second.pk).update(created=earlier)
    [result] = ask(f"{key(text)}@1")["results"]
    assert [given["id"] for given in result["reviews"]] == [second.pk, first.pk]
    ReviewedStatus.objects.update(created=earlier)
    [result] = ask(f"{key(text)}@1")["results"]
    assert [given["id"] for given in result["reviews"]] == [first.pk, second.pk]


def test_versions_come_in_the_order_asked_for_and_once(ask: Ask, library: Library) -> None:
    one, two = library.component(), library.unit()
    library.edit(one)
    wanted = [f"{key(one)}@2", f"{key(two)}@1", f"{key(one)}@1"]
    answer = ask(*wanted, wanted[0], f"{key(one)}@01")
    assert list(shown(answer)) == wanted
    assert len(answer["results"]) == 3
    assert answer["missing"] == []


def test_only_what_is_asked_for_is_shown(ask: Ask, library: Library) -> None:
    """The numbers of one item are not asked of another."""
    one, two = library.component(), library.component()
    for item in (one, two):
        library.edit(item)
    wanted = [f"{key(one)}@2", f"{key(two)}@1"]
    assert list(shown(ask(*wanted))) == wanted


@pytest.mark.parametrize(
    "number",
    ["", "@", "@x", "@-1", "@+1", "@1.0", "@1_0", "@ 1", "@1 ", "@1\n", "@²", "@١", "@2147483648", "@" + "9" * 5000],
)
def test_what_is_no_version_number_is_an_invalid_key(number: str, ask: Ask, library: Library) -> None:
    text = library.component("salt")
    wrong = key(text) + number
    answer = ask(wrong, f"{key(text)}@1")
    assert answer["missing"] == [{"version": wrong, "code": "invalid_key"}]
    assert list(shown(answer)) == [f"{key(text)}@1"]


@pytest.mark.parametrize(
    "wrong", ["", "salt", "lib:Test:Gated", "course-v1:a+b+c", "lct:Test:Gated:unit", "lb:Test:Gated:html:salt@1", "💥"]
)
def test_what_is_no_key_is_an_invalid_key(wrong: str, ask: Ask, library: Library) -> None:
    library.component("salt")
    assert ask(f"{wrong}@1") == {"results": [], "missing": [{"version": f"{wrong}@1", "code": "invalid_key"}]}


@pytest.mark.parametrize(
    "wrong",
    [
        "lb:Test:Gated:html:salt@0",
        "lb:Test:Gated:html:salt@3",
        "lb:Test:Gated:html:salt@2147483647",
        "lb:Test:Gated:html:SALT@1",
        "lb:Test:Gated:problem:salt@1",
        "lb:Test:Gated:html:nothing@1",
        "lb:Test:Nothing:html:salt@1",
        "lct:Test:Gated:unit:salt@1",
    ],
)
def test_what_does_not_exist_is_not_found(wrong: str, ask: Ask, library: Library) -> None:
    text = library.component("salt")
    library.edit(text)
    other = library.component()
    for _ in range(2):
        library.edit(other)
    answer = ask(wrong, f"{key(other)}@3")
    assert answer["missing"] == [{"version": wrong, "code": "not_found"}]
    assert list(shown(answer)) == [f"{key(other)}@3"]


@pytest.mark.parametrize("number", [0, 101])
def test_one_asks_for_1_to_100_versions(number: int, ask: Ask, library: Library) -> None:
    wanted = [f"lb:Test:Gated:html:text@{n}" for n in range(number)]
    answer = ask(*wanted, status=400)
    assert answer["code"] == "invalid"
    assert answer["detail"].endswith(f"Name 1 to 100 versions, not {number}.")
    assert "version" in answer["details"]


def test_a_hundred_are_not_too_many(ask: Ask, library: Library, review: Review) -> None:
    items = [library.component() for _ in range(50)]
    review(*items)
    for item in items:
        library.edit(item)
    wanted = [f"{key(item)}@{number}" for item in items for number in (1, 2)]
    answer = ask(*wanted)
    assert shown(answer) == {name: name.endswith("@1") for name in wanted}
    assert answer["missing"] == []


def test_any_number_takes_the_same_queries(
    ask: Ask, library: Library, review: Review, other_reviewer: User, django_assert_num_queries: Any
) -> None:
    requests = []
    for more in (1, 25):
        items: list[Any] = [library.component() for _ in range(more)]
        items += [library.unit(item) for item in items]
        review(*items)
        for item in items:
            api.mark_reviewed(item.id, reviewer_id=other_reviewer.pk)
        library.publish(*items)
        for item in items:
            library.edit(item)
        versions = [(item.id, number) for item in items for number in (1, 2)]
        with django_assert_num_queries(9):
            overviews = api.get_version_overviews(versions)
            said = [[review.reviewer and review.reviewer.username for review in one.reviews] for one in overviews]
        assert said == [["reviewer", "other-reviewer"], []] * len(items)
        names = [f"{key(item)}@{number}" for item in items for number in (1, 2)]
        ask(*names)
        with CaptureQueriesContext(connection) as queries:
            assert len(ask(*names)["results"]) == len(names)
        requests.append(len(queries))
    assert requests[0] == requests[1]


def test_no_query_names_more_than_was_asked_for(library: Library) -> None:
    """However many versions there are of what is asked for: SQLite refuses a query with too many parameters."""
    items = [library.component() for _ in range(5)]
    for item in items:
        for _ in items:
            library.edit(item)
    with CaptureQueriesContext(connection) as queries:
        overviews = api.get_version_overviews([(item.id, number) for number, item in enumerate(items, 1)])
    assert [said.version_num for said in overviews] == [1, 2, 3, 4, 5]
    lists = [named for query in queries for named in re.findall(r" IN \(([^()]*)\)", query["sql"])]
    assert [len(named.split(",")) for named in lists] == [5, 5, 5, 5, 5]


def test_the_python_api_leaves_out_what_does_not_exist_and_keeps_the_order(library: Library, review: Review) -> None:
    one, two = library.component(title="One"), library.component(title="Two")
    review(two)
    nowhere: Any = 999_999
    overviews = api.get_version_overviews([(two.id, 1), (nowhere, 1), (one.id, 1), (one.id, 2), (two.id, 1)])
    assert [(said.entity.id, said.title, said.version_num, said.is_reviewed) for said in overviews] == [
        (two.id, "Two", 1, True),
        (one.id, "One", 1, False),
    ]
    assert api.get_version_overviews([]) == []
