"""
The known ways around a review: one test each, of what holds it, or of what happens where it is left open.

docs/robustness.rst has them in a table, with the reasons; a test below checks that the two agree. A way that is open by
decision has a test as well, so that it cannot open any further unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import pre_save
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from openedx_content import api as content_api
from openedx_content.applets.publishing import api as core_publishing
from openedx_content.models_api import Draft, DraftChangeLogRecord, PublishableEntityVersion, PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.gate import core, wrapper
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus, ReviewPolicy
from sample_plugin.reviews.pipeline import UnreviewedChanges
from sample_plugin.reviews.verdicts.carry_over import carry_over_reviews

from .authz import assign
from .content import (
    Item,
    Library,
    core_publish_from_drafts,
    draft_record,
    is_reviewed,
    live_versions,
    make_live,
    publish_state,
)
from .rest import LIBRARY, MANY, PUBLISH, V1, entity, key, seen

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]
type Send = Callable[..., Any]

ROBUSTNESS = Path(__file__).parents[1] / "docs/robustness.rst"


@pytest.fixture(name="text")
def _text(library: Library) -> Item:
    """A component by the author, never published."""
    return library.component("salt", title="Salt")


@pytest.fixture(name="send")
def _send() -> Send:
    """A function that sends a request in somebody's name, and returns the answer."""

    def send(user: User | None, method: str, path: str, body: Any = None) -> Any:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        data = {} if body is None else {"data": body, "content_type": "application/json"}
        response = getattr(client, method)(path, **data)
        # An error marks the transaction around the view for rollback; some views have none but the test's.
        if connection.in_atomic_block:
            transaction.set_rollback(False)
        return response

    return send


def may_see(user: User, *permissions: str) -> User:
    """Let the user see the library, and give them these of Django's permissions; in the admin, too."""
    assign(user, "library_author", "lib:Test:Gated")
    user.is_staff = False
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_reviewedstatus", *permissions]))
    return User.objects.get(pk=user.pk)


def refuse_everywhere(library: Library, item: Item, person: User, send: Send) -> None:
    """Check that this person, who may review here, gets no review of this item on record, wherever they try."""
    record = draft_record(item)
    for give in (
        lambda: api.mark_reviewed(item.id, reviewer_id=person.pk),
        lambda: api.mark_reviewed(item.id, reviewer_id=person.pk, draft_change_log_record_id=record.pk),
        lambda: api.mark_many_reviewed({item.id: record.pk}, reviewer_id=person.pk),
        lambda: api.mark_change_log_reviewed(record.draft_change_log_id, reviewer_id=person.pk),
    ):
        with pytest.raises((api.SelfReviewError, api.ManyReviewsError), match="You changed"):
            give()
    for path, method, body, status in (
        (entity(item, "review/"), "put", seen(item), 403),
        (MANY, "post", {"items": [{"key": key(item), **seen(item)}]}, 409),
        (f"{LIBRARY}change-logs/{record.draft_change_log_id}/reviews/", "post", {}, 403),
    ):
        answer = send(person, method, path, body)
        assert answer.status_code == status, answer.content.decode()
        assert "own_change" in answer.content.decode()
    ticked = {"action": "mark_reviewed", "_selected_action": [record.pk]}
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("admin:sample_plugin_reviews_draftchange_changelist"), ticked).status_code == 302
    assert not ReviewedStatus.objects.filter(reviewer=person).exists()
    assert not is_reviewed(library, item)


@pytest.fixture(name="boss")
def _boss() -> User:
    """A superuser, who may do anything that a permission allows."""
    return User.objects.create_superuser("boss")


# The ways, in the order of the table


def test_the_author_approves(library: Library, boss: User, send: Send) -> None:
    """Superusers included, by the Python API, over REST and in the admin."""
    refuse_everywhere(library, library.component(created_by=boss.pk), boss, send)


def test_a_contributor_approves(library: Library, text: Item, boss: User, author: User, send: Send) -> None:
    """Who wrote an earlier part of what is not live yet, or only added a full stop, or brought it back."""
    library.edit(text, "Salt.", by=boss.pk)
    newest = library.edit(text, "Salt. And pepper", by=author.pk)
    refuse_everywhere(library, text, boss, send)
    content_api.soft_delete_draft(text.id, deleted_by=author.pk)
    library.set_draft(text, newest)
    refuse_everywhere(library, text, boss, send)


def test_an_edit_after_the_approval(library: Library, text: Item, review: Review) -> None:
    review(text)
    library.edit(text, "Pepper")
    before = publish_state()
    for publish in (library.publish, lambda: library.publish(text)):
        with pytest.raises(UnreviewedChanges):
            publish()
    assert api.publish_reviewed_items(library.package.id).published == ()
    assert publish_state() == before


def test_a_save_without_changes_moves_the_authorship(library: Library, text: Item, boss: User, send: Send) -> None:
    """The boss writes, and somebody else saves it as it is: the boss is its author still."""
    library.edit(text, "Salt, by the boss", by=boss.pk)
    saver = User.objects.create_user("saver")
    for _ in range(2):
        library.edit(text, "Salt, by the boss", by=saver.pk)
        carry_over_reviews(draft_record(text).draft_change_log_id)
    refuse_everywhere(library, text, boss, send)
    assert saver.pk not in api.get_contributors([text.id])[text.id]


def test_two_names_for_one_thing(library: Library, text: Item, boss: User, send: Send) -> None:
    """A key in another spelling leads to the same item, or nowhere; and everything is kept by id, not by name."""
    own = library.component("pepper", created_by=boss.pk)
    spellings = [
        *("lb:test:gated:html:pepper", "lb:Test:Gated:HTML:pepper", "lb:Test:Gated:html:Pepper"),
        *("LB:Test:Gated:html:pepper", "lb:Test:Gated:html:pepper%20", "lb:Test:Gated:html:pepper+", "%20" + key(own)),
        *("lb:Test:Gated:html:pepper@1", "lb:Test:Gated:problem:pepper", "lct:Test:Gated:html:pepper"),
        *("xblock.v1:html:pepper", str(own.id), own.entity_ref, key(own).replace(":", "%3A")),
    ]
    for spelling in spellings:
        answer = send(boss, "put", f"{V1}entities/{spelling}/review/", seen(own))
        assert answer.status_code in (403, 404), spelling
    items = [{"key": key(own), **seen(own)}, {"key": key(own), **seen(text)}]
    assert send(boss, "post", MANY, {"items": items}).status_code == 400
    assert not ReviewedStatus.objects.exists()
    # Policy and reviews stay with a library that gets another name, as after a restore.
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    api.mark_reviewed(text.id, reviewer_id=boss.pk)
    content_api.update_learning_package(library.package.id, package_ref="lib:Test:Renamed")
    assert api.get_required_reviewers(library.package.id) == 2
    with pytest.raises(UnreviewedChanges):
        library.publish(text)


def test_an_old_or_crafted_record_id(library: Library, text: Item, boss: User, author: User, send: Send) -> None:
    """A verdict names what was looked at. Anything else than what the draft shows is refused."""
    old = draft_record(text).pk
    library.edit(text, "Pepper")
    elsewhere = Library.create("lib:Test:Other", author.pk).component()
    other = library.component()
    crafted = [old, draft_record(other).pk, draft_record(elsewhere).pk, 0, -1, 2**31, 2**63 - 1]
    for record in crafted:
        with pytest.raises(api.StaleReviewError):
            api.mark_reviewed(text.id, reviewer_id=boss.pk, draft_change_log_record_id=record)
        with pytest.raises(api.ManyReviewsError):
            api.mark_many_reviewed({text.id: record}, reviewer_id=boss.pk)
    for raw in (*crafted, 2**63, 10**400, "1 OR 1=1", [old], True, None, ""):
        answer = send(boss, "put", entity(text, "review/"), {"draft_change_log_record_id": raw})
        assert answer.status_code in (400, 409), raw
        items = [{"key": key(text), "draft_change_log_record_id": raw}]
        assert send(boss, "post", MANY, {"items": items}).status_code in (400, 409), raw
    # Of another library not even whether there is such a change log is told.
    theirs = draft_record(elsewhere).draft_change_log_id
    for unknown in (theirs, 0, -1, 2**63, "x"):
        assert send(boss, "post", f"{LIBRARY}change-logs/{unknown}/reviews/", {}).status_code == 404
        if unknown != "x":
            assert send(boss, "post", PUBLISH, {"draft_change_log_id": unknown}).status_code in (400, 404)
    assert not ReviewedStatus.objects.exists()


@pytest.mark.parametrize(
    "rule", [{"review_required": False}, {"mode": "advisory"}, {"required_reviewers": 1}, {"who_may_review": "anybody"}]
)
def test_a_rule_is_switched_off_by_who_may_not(
    rule: dict[str, Any], library: Library, author: User, send: Send
) -> None:
    """It takes a permission that neither authors nor reviewers have, over REST and in the admin."""
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    reviewing = may_see(author, "add_reviewedstatus", "view_reviewpolicy")
    before = list(ReviewPolicy.objects.values())
    assert send(reviewing, "patch", LIBRARY, rule).status_code == 403
    assert send(None, "patch", LIBRARY, rule).status_code == 401
    assert send(User.objects.create_user("stranger"), "patch", LIBRARY, rule).status_code == 404
    User.objects.filter(pk=author.pk).update(is_staff=True)
    page = reverse("admin:sample_plugin_reviews_reviewpolicy_change", args=[library.package.id])
    in_admin = User.objects.get(pk=author.pk)
    assert send(in_admin, "get", page).status_code == 200
    client = Client()
    client.force_login(in_admin, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(page, {**rule, "mode": "off", "reason": "Mine"}).status_code == 403
    assert list(ReviewPolicy.objects.values()) == before


def test_a_rule_is_weakened_and_restored_after_a_publish(
    library: Library, text: Item, boss: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Open, by decision: who manages the policy may. But the publish and the policy's history tell."""
    api.set_review_required(library.package.id, False, changed_by=boss.pk)
    library.publish(text)
    api.set_review_required(library.package.id, True, changed_by=boss.pk)
    assert live_versions().keys() == {text.id}
    # What went live then is shown for what it is: its version is not reviewed.
    assert [version.is_reviewed for version in api.get_version_overviews([(text.id, 1)])] == [False]
    policy = ReviewPolicy.objects.get()
    assert (policy.review_required, policy.changed_by) == (True, boss)
    told = [record.getMessage() for record in caplog.records if "review is" in record.getMessage()]
    assert told == [
        f"Learning package {library.package.id}: review is {what} from now on (set by user {boss.pk})."
        for what in ("NOT required", "required")
    ]
    judgement = PublishJudgement.objects.get()
    assert (judgement.basis, judgement.mode, judgement.unreviewed) == (Basis.NOT_REQUIRED, "off", [text.id])
    assert [(change.new_value, change.changed_by) for change in api.get_policy_history(library.package.id)] == [
        ("required", boss),
        ("off", boss),
    ]


def test_a_robot_approves(library: Library, text: Item, author: User, send: Send) -> None:
    """Over REST it takes the permission to review. Code in the server has the Python API: open, by decision."""
    robot = may_see(User.objects.create_user("robot"))
    assert send(robot, "put", entity(text, "review/"), seen(text)).status_code == 403
    assert send(None, "put", entity(text, "review/"), seen(text)).status_code == 401
    # A robot that writes, be it in the name of an author, approves nothing of that.
    with content_api.bulk_draft_changes_for(library.package.id, changed_by=robot.pk):
        library.edit(text, "Salt, by a robot")
    for contributor in (robot, author):
        with pytest.raises(api.SelfReviewError):
            api.mark_reviewed(text.id, reviewer_id=contributor.pk)
    assert not ReviewedStatus.objects.exists()
    another = User.objects.create_user("another-robot")
    given = api.mark_reviewed(text.id, reviewer_id=another.pk)
    assert (given.reviewer, is_reviewed(library, text)) == (another, True)


@pytest.mark.parametrize(
    "config", [{}, None, {"pipeline": []}, ["tests.steps.Passes"], "tests.steps.ReturnsNone", ["no.such.Step"]]
)
def test_the_checker_is_missing(config: Any, library: Library, text: Item, settings: Any) -> None:
    """Whatever is configured, the gate asks itself; and who goes around it meets the tripwire."""
    settings.OPEN_EDX_FILTERS_CONFIG = {EntityPrePublish.filter_type: config} if config != {} else {}
    before = publish_state()
    for publish in (library.publish, lambda: library.publish(text)):
        with pytest.raises((UnreviewedChanges, ImportError)):
            publish()
    with pytest.raises(wrapper.UngatedPublish):
        core_publish_from_drafts(library.package.id, Draft.objects.all())
    assert publish_state() == before
    pre_save.disconnect(sender=PublishLog, dispatch_uid=core.TRIPWIRE)
    try:
        assert "sample_plugin_reviews.E002" in {error.id for error in checks.run_checks()}
    finally:
        core.install()


@pytest.mark.parametrize("value", [None, "", "False", 0, [], "nobody"])
def test_no_rule_counts_as_approved(value: Any, library: Library, text: Item, author: User, settings: Any) -> None:
    """Where nothing is said, or nonsense, the strict side holds."""
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT = value
    settings.SAMPLE_PLUGIN_REVIEWS_WHO_MAY_REVIEW = value
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = value
    settings.SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS = value
    assert not ReviewPolicy.objects.exclude(changed_at=None).exists()
    assert not is_reviewed(library, text)
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(text.id, reviewer_id=author.pk)
    with pytest.raises(UnreviewedChanges):
        library.publish(text)
    # Nor is there a rule that asks for nobody's review.
    with pytest.raises(ValidationError):
        api.set_required_reviewers(library.package.id, 0, changed_by=None)
    api.set_required_reviewers(library.package.id, 1, changed_by=None)
    with pytest.raises(IntegrityError), atomic():
        ReviewPolicy.objects.update(required_reviewers=0)
    with pytest.raises(IntegrityError), atomic():
        ReviewPolicy.objects.update(who_may_review="nobody")


def test_a_second_endpoint(library: Library, text: Item, boss: User, send: Send) -> None:
    """All that takes something live comes through the one function that the gate is around."""
    unit = library.unit(text)
    before = publish_state()
    publishing = {name for name in dir(content_api) if re.match(r"publish_(?!log)", name)}
    assert publishing == {"publish_all_drafts", "publish_from_drafts"}
    for module in (content_api, core_publishing):
        for attempt in (
            lambda module=module: module.publish_all_drafts(library.package.id),
            lambda module=module: module.publish_from_drafts(library.package.id, library.drafts(text)),
            lambda module=module: module.publish_from_drafts(
                library.package.id, Draft.objects.all(), "", None, boss.pk
            ),
        ):
            with pytest.raises(UnreviewedChanges):
                attempt()
    studio = "/api/libraries/v2/"
    for path in (
        f"{studio}lib:Test:Gated/commit/",
        f"{studio}blocks/{key(text)}/publish/",
        f"{studio}containers/{key(unit)}/publish/",
    ):
        assert send(boss, "post", path, {}).status_code == 409
    assert send(boss, "post", PUBLISH, {}).json()["published"] == []
    # The admin of openedx-core only shows what was published.
    assert send(boss, "post", reverse("admin:openedx_content_publishlog_add")).status_code == 403
    assert publish_state() == before


def test_a_race(library: Library, text: Item, reviewer: User, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The draft moves on between the judgement and the commit, or while a reviewer looks at it.

    What was judged is what is committed, and what was looked at is what is reviewed. (Races of real threads:
    tests/races/, on MariaDB.)
    """
    looked_at = draft_record(text).pk
    library.edit(text, "Pepper")
    with pytest.raises(api.StaleReviewError):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk, draft_change_log_record_id=looked_at)

    def core_publish(*args: Any, **kwargs: Any) -> Any:
        publish_log = core_publish_from_drafts(*args, **kwargs)
        library.edit(text, "Oil")
        review(text)
        return publish_log

    monkeypatch.setattr(content_api, "publish_from_drafts", wrapper.gated(core_publish))
    with pytest.raises(UnreviewedChanges):
        library.publish(text)
    assert live_versions() == {}


def test_an_account_is_made_anew_under_an_old_name(library: Library, text: Item, author: User, reviewer: User) -> None:
    """Open, by decision: the platform knows people by their accounts, and a new account is a new person to us."""
    name = author.username
    with pytest.raises(api.SelfReviewError):
        api.mark_reviewed(text.id, reviewer_id=author.pk)
    author.delete()
    again = User.objects.create_user(name)
    assert api.get_contributors([text.id]) == {text.id: frozenset()}
    api.mark_reviewed(text.id, reviewer_id=again.pk)
    assert is_reviewed(library, text)
    # Among reviewers it is a second person, too; but all accounts that were deleted count as one.
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    again.delete()
    third = User.objects.create_user(name)
    api.mark_reviewed(text.id, reviewer_id=third.pk)
    assert is_reviewed(library, text)
    third.delete()
    assert not is_reviewed(library, text)


def test_reading_through_a_comparison_or_the_history(library: Library, text: Item, reviewer: User, send: Send) -> None:
    """Who may not see a library learns nothing of it, and not whether it exists, from what the plugin adds."""
    make_live(library)
    library.edit(text, "Pepper-zyx", files={"static/zyx.png": b"zyx"})
    request = api.request_changes(text.id, reviewer_id=reviewer.pk, note="Note-zyx")
    stranger = User.objects.create_user("stranger")
    number = PublishableEntityVersion.objects.filter(entity=text.id).count()
    record = DraftChangeLogRecord.objects.latest("pk")
    for path in (
        *(LIBRARY, f"{LIBRARY}entities/", f"{LIBRARY}imports/"),
        *(entity(text), entity(text, "difference/"), entity(text, "reviews/")),
        entity(text, f"versions/{number}/images/") + "?path=static/zyx.png",
    ):
        answer = send(stranger, "get", path)
        assert answer.status_code == 404, path
        assert "zyx" not in answer.content.decode()
        unknown = path.replace("Gated", "Nowhere")
        assert {**send(stranger, "get", unknown).json(), "detail": ""} == {**answer.json(), "detail": ""}
    for path, name in (
        (f"{V1}entities/?key={key(text)}", "key"),
        (f"{V1}entities/versions/?version={key(text)}@2", "version"),
    ):
        answer = send(stranger, "get", path)
        assert (answer.status_code, answer.json()["results"]) == (200, [])
        assert answer.json()["missing"][0]["code"] == "not_found"
        assert name in answer.json()["missing"][0]
        assert "zyx" not in answer.content.decode()
    for path, body in (
        (entity(text, f"reviews/{request.pk}/dismissal/"), {"reason": "zyx"}),
        (f"{LIBRARY}change-logs/{record.draft_change_log_id}/reviews/", {}),
    ):
        assert send(stranger, "post", path, body).status_code == 404


# The table


def test_the_table_names_each_way_with_its_test() -> None:
    table = ROBUSTNESS.read_text(encoding="utf-8").partition("Ways around a review")[2]
    named = re.findall(r"^ *[*-] ``(test_\w+)``$", table, re.MULTILINE)
    source = Path(__file__).read_text(encoding="utf-8").partition("# The ways, in the order of the table")[2]
    tests = re.findall(r"^def (test_\w+)", source, re.MULTILINE)
    assert named == tests[:-1]
    assert len(named) == 15
    for name in named:
        # What is said to be open here, its test calls so as well.
        row = table.partition(f"``{name}``")[0].rpartition("* - ")[2]
        says = source.partition(f"def {name}")[2].partition("\ndef ")[0]
        assert ("open, by decision" in row.lower()) is ("open, by decision" in says.lower()), name
