"""Publishing without a review over REST, and what publishers read in advisory mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import rules
from django.contrib.auth.models import User
from openedx_content import api as content_api

from sample_plugin.reviews import api
from sample_plugin.reviews.models import Basis, PublishJudgement
from sample_plugin.reviews.rules import CAN_MANAGE_POLICY, CAN_PUBLISH_REVIEWED

from .content import Library, live_versions, publish_state
from .rest import LIBRARY, Api, key

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]

ALL = f"{LIBRARY}publish-unreviewed/"


def test_everything_is_published_for_a_reason_that_is_put_on_record(
    rest: Api, library: Library, review: Review, reviewer: User
) -> None:
    reviewed, deleted, unreviewed = library.component(), library.component(title="Salt"), library.component(title="Rye")
    review(reviewed, deleted)
    library.publish(deleted)
    library.delete(deleted)
    planned = rest("post", ALL, {"dry_run": True})
    assert live_versions().keys() == {deleted.id}
    done = rest("post", ALL, {"reason": " The exam is today "})
    judgement = PublishJudgement.objects.latest("pk")
    assert (judgement.basis, judgement.reason, judgement.decided_by) == (
        Basis.BYPASSED,
        "The exam is today",
        reviewer,
    )
    assert judgement.unreviewed == [deleted.id, unreviewed.id]
    assert judgement.publish_log.published_by == reviewer
    assert live_versions()[deleted.id] is None
    assert live_versions().keys() == {reviewed.id, deleted.id, unreviewed.id}
    # Unreviewed first.
    expected = [(key(deleted), "deleted", True), (key(unreviewed), "new", True), (key(reviewed), "new", False)]
    assert [(item["key"], item["change"], item["is_unreviewed"]) for item in done["published"]] == expected
    assert (done["published_count"], done["unreviewed_count"]) == (3, 2)
    assert planned == {**done, "dry_run": True, "publish_log_id": None}
    assert done["publish_log_id"] == judgement.publish_log_id


def test_the_dry_run_counts_a_reviewed_container_with_an_unreviewed_pin_as_the_gate_does(
    rest: Api, library: Library, review: Review
) -> None:
    pinned = library.component()
    unit = library.unit(pinned.versioning.draft)
    library.edit(pinned)
    review(unit, pinned)
    planned = rest("post", ALL, {"dry_run": True})
    assert [(item["key"], item["is_unreviewed"]) for item in planned["published"]] == [
        (key(unit), True),
        (key(pinned), False),
    ]
    assert rest("post", ALL, {"reason": "It is urgent"})["published"] == planned["published"]


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}, {"dry_run": False}])
@pytest.mark.django_db(transaction=True)
def test_without_a_reason_nothing_is_published(body: dict[str, str], rest: Api, library: Library) -> None:
    library.component()
    answer = rest("post", ALL, body, status=400)
    assert answer["details"] == {"reason": ["Say why this is published without a review; the reason is put on record."]}
    assert live_versions() == {}


def test_with_nothing_to_publish_there_is_no_publish(rest: Api, library: Library) -> None:
    before = publish_state()
    answer = rest("post", ALL, {"reason": "To be sure"})
    assert (answer["published_count"], answer["publish_log_id"]) == (0, None)
    assert publish_state() == before


@pytest.fixture(name="forbidden", params=[CAN_MANAGE_POLICY, CAN_PUBLISH_REVIEWED])
def _forbidden(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nobody has this permission, as if the platform had replaced its rule."""
    before = rules.permissions.permissions[request.param]
    rules.set_perm(request.param, rules.always_false)
    yield
    rules.set_perm(request.param, before)


@pytest.mark.usefixtures("forbidden")
@pytest.mark.django_db(transaction=True)
def test_it_takes_both_permissions(rest: Api, library: Library) -> None:
    library.component()
    assert rest("post", ALL, {"reason": "Now"}, status=403)["code"] == "permission_denied"
    assert live_versions() == {}


def test_in_advisory_mode_publishers_read_how_much_of_the_last_publish_was_unreviewed(
    rest: Api, library: Library, review: Review
) -> None:
    review(first := library.component())
    api.set_review_mode(library.package.id, "advisory", changed_by=None, reason="The first weeks")
    assert rest("get", LIBRARY)["last_publish"] is None
    library.component()
    content_api.publish_all_drafts(library.package.id)
    # A publish of nothing says nothing.
    library.publish(first)
    judgement = PublishJudgement.objects.get(change_count=2)
    told = rest("get", LIBRARY)["last_publish"]
    assert (told["publish_log_id"], told["change_count"], told["unreviewed_count"]) == (judgement.publish_log_id, 2, 1)
    api.set_review_mode(library.package.id, "required", changed_by=None, reason="")
    assert rest("get", LIBRARY)["last_publish"] is None
