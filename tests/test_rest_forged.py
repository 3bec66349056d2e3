"""
Requests that look right and mean no good. They change nothing, and tell nothing of another library.

With what is somebody else's, with more than was asked for, without the sender's knowledge, once more, or too late. Who
may do what is in test_permissions.py, and what is no request at all in test_rest_hostile.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sample_plugin.reviews import api
from sample_plugin.reviews.models import ReviewedStatus

from .authz import needs_authz
from .content import Library, draft_record
from .database import everything
from .hostile import CONTENT_TYPES, HIDDEN, MINE, UNKNOWN, Scene, _scene, log_in, sender  # noqa: F401, a fixture
from .rest import LIBRARY, MANY, PUBLISH, V1, Api, entity, key, seen

pytestmark = [pytest.mark.django_db, pytest.mark.any_core, pytest.mark.any_database]

type Review = Callable[..., None]


# --- Another library --------------------------------------------------------------------------------------------------


def about(library: str, record_id: int, mine: int) -> Iterator[tuple[str, str, Any]]:
    """Yield everything that can be asked of a library and its ``salt``, by itself and mixed with what is one's own."""
    library_path, item = f"libraries/lib:Test:{library}/", f"lb:Test:{library}:html:salt"
    seen, seen_of_mine = {"draft_change_log_record_id": record_id}, {"draft_change_log_record_id": mine}
    for path in (library_path, f"entities/{item}/"):
        for method in ("GET", "OPTIONS", "HEAD"):
            yield method, path, b""
    yield "PATCH", library_path, {"review_required": False}
    yield "PATCH", library_path, {"review_required": "x"}
    yield "PATCH", library_path, {"mode": "off", "reason": "Mine"}
    yield "GET", f"{library_path}policy-history/", b""
    yield "GET", f"{library_path}entities/?text=Secret&page=2", b""
    yield "POST", f"{library_path}reviews/", {"items": [{"key": item, **seen}]}
    yield "POST", f"{library_path}reviews/", {"items": [{"key": "lb:Test:Mine:html:salt", **seen_of_mine}]}
    yield "POST", "libraries/lib:Test:Mine/reviews/", {"items": [{"key": item, **seen}]}
    yield "POST", "libraries/lib:Test:Mine/reviews/", {"items": [{"key": item, **seen_of_mine}]}
    yield "POST", "libraries/lib:Test:Mine/reviews/", {"items": [{"key": "lb:Test:Mine:html:salt", **seen}]}
    yield "POST", f"{library_path}publish-reviewed/", {"dry_run": True}
    yield "POST", f"{library_path}publish-reviewed/", {}
    yield "GET", f"{library_path}publish-reviewed/{UNKNOWN}/", b""
    yield "PUT", f"entities/{item}/review/", seen
    yield "PUT", f"entities/{item}/review/", seen_of_mine
    yield "PUT", "entities/lb:Test:Mine:html:salt/review/", seen
    yield "DELETE", f"entities/{item}/review/", {"id": 1, "reviewer": 1}
    yield "GET", f"entities/{item}/reviews/", b""
    yield "GET", f"entities/?key={item}&key=lb:Test:Mine:html:salt", b""
    yield "GET", f"entities/versions/?version={item}@1&version=lb:Test:Mine:html:salt@1", b""


@pytest.mark.parametrize("who", ["nobody", "admin elsewhere"])
def test_a_hidden_library_is_answered_about_like_one_that_is_not_there(who: str, scene: Scene) -> None:
    """To the letter, also where keys and record ids are right: so no answer tells anything of it."""
    send = sender(log_in(who), who, scene.secrets)
    before = everything()
    record_id, mine = draft_record(scene.hidden).pk, draft_record(scene.mine).pk
    for (method, path, body), nowhere in zip(
        about("Hidden", record_id, mine), about("Nowhere", 10**6, mine), strict=True
    ):
        answer, expected = send(method, path, body), send(*nowhere)
        assert answer.status_code == expected.status_code, (method, path)
        assert answer.content.replace(b"Hidden", b"Nowhere") == expected.content, (method, path)
        assert set(answer.headers) == set(expected.headers), (method, path)
    assert everything() == before


@needs_authz
@pytest.mark.django_db(transaction=True)
def test_a_publish_of_another_library_is_nobody_elses(scene: Scene, reviewer: User, settings: Any) -> None:
    """Neither through the other library nor through one's own."""
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    admin, send = log_in("admin"), sender(log_in("admin elsewhere"), "admin elsewhere", scene.secrets)
    queued = admin.post(f"{V1}libraries/{HIDDEN}/publish-reviewed/", {}, "application/json").json()
    assert admin.get(queued["status_url"]).json()["state"] == "succeeded"
    for library_key in (HIDDEN, MINE):
        hidden = send("GET", f"libraries/{library_key}/publish-reviewed/{queued['id']}/")
        nothing = send("GET", f"libraries/{library_key}/publish-reviewed/{UNKNOWN}/")
        assert (hidden.status_code, hidden.content) == (404, nothing.content)


@needs_authz
def test_who_has_anothers_email_address_for_a_username_may_do_nothing(library: Library, settings: Any) -> None:
    """openedx-authz looks people up by username or e-mail address, and crashes where that finds two (1.35 does)."""
    User.objects.create_superuser("boss", "boss@example.com")
    forger = User.objects.create_user("boss@example.com")
    text = library.component()
    client = Client()
    client.force_login(forger, backend="django.contrib.auth.backends.ModelBackend")
    for path in (LIBRARY, entity(text)):
        response = client.get(path)
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
    [missing] = client.get(f"{V1}entities/", {"key": key(text)}).json()["missing"]
    assert missing["code"] == "not_found"


# --- More than was asked for ------------------------------------------------------------------------------------------


def test_what_else_is_sent_with_a_review_is_passed_over(
    rest: Api, library: Library, reviewer: User, other_reviewer: User
) -> None:
    text, other = library.component(), library.component()
    forged = {
        "id": 1,
        "pk": 1,
        "reviewer": other_reviewer.pk,
        "reviewer_id": other_reviewer.pk,
        "created": "2001-01-01T00:00:00Z",
        "in_force": None,
        "withdrawn_at": "2001-01-01T00:00:00Z",
        "withdrawn_by": other_reviewer.pk,
        "carried_over_from": 1,
        "entity": other.id,
        "entity_id": other.id,
        "version": 1,
        "version_num": 99,
        "learning_package": 1,
        "key": key(other),
    }
    rest("put", entity(text, "review/"), {**forged, **seen(text)})
    rest("post", MANY, {**forged, "items": [{**forged, "key": key(other), **seen(other), "note": "not this one"}]})
    given = {review.entity_id: review for review in ReviewedStatus.objects.all()}
    assert set(given) == {text.id, other.id}
    for review in given.values():
        assert (review.reviewer, review.version_num, review.note) == (reviewer, 1, "")
        assert (review.in_force, review.withdrawn_at, review.withdrawn_by, review.carried_over_from) == (
            True,
            None,
            None,
            None,
        )
        assert review.created.year > 2001
        assert review.version == review.entity.draft.version


def test_what_else_is_sent_with_a_policy_or_a_publish_is_passed_over(
    rest: Api, library: Library, ungated_library: Library, review: Review, reviewer: User, other_reviewer: User
) -> None:
    text, _unreviewed = library.component(), library.component()
    review(text)
    forged = {
        "changed_by": other_reviewer.pk,
        "changed_at": "2001-01-01T00:00:00Z",
        "learning_package": ungated_library.package.id,
        "learning_package_id": ungated_library.package.id,
        "package_ref": "lib:Test:Ungated",
        "title": "Forged",
        "published_by": other_reviewer.pk,
        "published_at": "2001-01-01T00:00:00Z",
        "bypass": True,
        "reason": "Because",
        "publish_dependencies": True,
        "user_id": other_reviewer.pk,
    }
    answer = rest("patch", LIBRARY, {**forged, "review_required": True})
    assert (answer["title"], answer["key"]) == ("Library lib:Test:Gated", "lib:Test:Gated")
    policy = library.package.__class__.objects.get(pk=library.package.pk).review_policy
    assert (policy.changed_by, policy.changed_at and policy.changed_at.year > 2001) == (reviewer, True)
    assert not api.is_review_required(ungated_library.package.id)
    assert rest("post", PUBLISH, forged)["published_count"] == 1
    publish_log = text.publishable_entity.published.publish_log_record.publish_log
    assert (publish_log.published_by, publish_log.published_at.year > 2001) == (reviewer, True)


@pytest.mark.parametrize("again", ["note", "draft_change_log_record_id"])
def test_of_a_name_that_is_there_twice_the_last_counts(again: str, rest: Api, library: Library) -> None:
    """As for everybody who reads JSON with Python; nobody sees the one and stores the other."""
    text = library.component()
    values = {"note": ("First", "Last"), "draft_change_log_record_id": (10**6, draft_record(text).pk)}
    body = {"note": '"Last"', "draft_change_log_record_id": str(draft_record(text).pk)}
    first = json.dumps(values[again][0])
    pairs = ",".join([f'"{again}": {first}', *(f'"{name}": {value}' for name, value in body.items())])
    rest("put", entity(text, "review/"), data=f"{{{pairs}}}", content_type="application/json")
    assert ReviewedStatus.objects.get().note == "Last"


# --- Without the token ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
@pytest.mark.parametrize("token", [None, "x", "x" * 32, "x" * 64])
def test_a_forged_page_changes_nothing(
    content_type: str, token: str | None, library: Library, review: Review, reviewer: User
) -> None:
    """The browser sends the cookies along, and the page whatever body and type it likes; the token it does not know."""
    User.objects.filter(pk=reviewer.pk).update(is_staff=True)
    reviewed, text = library.component(), library.component()
    review(reviewed)
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = "y" * 32
    before = everything()
    send = sender(client, "admin", [])
    form = f"csrfmiddlewaretoken={token}&" if token else ""
    for method, path, body in (
        ("PATCH", LIBRARY, {"review_required": False}),
        ("PUT", entity(text, "review/"), seen(text)),
        ("DELETE", entity(reviewed, "review/"), {}),
        ("POST", MANY, {"items": [{"key": key(text), **seen(text)}]}),
        ("POST", PUBLISH, {}),
    ):
        data = form + "a=b" if "form" in content_type else json.dumps(body)
        response = send(
            method, path.removeprefix(V1), data, content_type, headers={"X-CSRFToken": token} if token else {}
        )
        assert response.status_code in (403, 415)
    assert everything() == before


# --- Once more, and out of turn ---------------------------------------------------------------------------------------


def test_requests_that_come_twice_or_late_do_what_the_first_did(rest: Api, library: Library, reviewer: User) -> None:
    text, path = library.component(), "review/"
    looked_at = {**seen(text), "note": "Checked"}
    rest("put", entity(text, path), looked_at)
    after_the_first = everything()
    rest("put", entity(text, path), looked_at)
    rest("post", MANY, {"items": [{"key": key(text), **seen(text)}] * 3, "note": "Again"})
    assert everything() == after_the_first

    library.edit(text)
    edited = everything()
    rest("put", entity(text, path), looked_at, status=409)
    rest("post", MANY, {"items": [{"key": key(text), **looked_at}]}, status=409)
    rest("post", PUBLISH, {})
    assert everything() == edited  # nobody has reviewed the edit, so there was nothing to publish

    rest("delete", entity(text, path))
    withdrawn = everything()
    rest("delete", entity(text, path), status=404)
    rest("put", entity(text, path), looked_at, status=409)
    assert everything() == withdrawn

    rest("put", entity(text, path), seen(text))
    rest("post", PUBLISH, {})
    published = everything()
    assert rest("post", PUBLISH, {})["published_count"] == 0
    rest("put", entity(text, path), seen(text), status=409)
    rest("put", entity(text, path), looked_at, status=409)
    assert everything() == published


def test_a_late_review_of_a_deletion_is_not_one_of_the_next_deletion(rest: Api, library: Library) -> None:
    text = library.component()
    with api.bypass_review(reason="To begin with"):
        library.publish()
    live = text.versioning.published.pk
    library.delete(text)
    looked_at = seen(text)
    library.set_draft(text, live)
    rest("put", entity(text, "review/"), looked_at, status=409)
    library.delete(text)
    before = everything()
    rest("put", entity(text, "review/"), looked_at, status=409)
    rest("post", PUBLISH, {})
    assert everything() == before
