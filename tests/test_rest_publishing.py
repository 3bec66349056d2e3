"""Publishing what is reviewed over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery, current_app
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from openedx_content.models_api import PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.rest_api.v1 import publishing

from .content import Library, live_versions, publish_state
from .rest import PUBLISH, Api, key

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]


def add_step(settings: Any, step: str) -> None:
    """Put another plugin's step behind ours."""
    config = settings.OPEN_EDX_FILTERS_CONFIG[EntityPrePublish.filter_type]
    settings.OPEN_EDX_FILTERS_CONFIG = {
        EntityPrePublish.filter_type: {**config, "pipeline": [*config["pipeline"], step]}
    }


def test_publish_reviewed_publishes_what_is_reviewed_and_says_so(
    rest: Api, library: Library, review: Review, reviewer: User
) -> None:
    reviewed, _unreviewed, inside = (
        library.component(title="Salt"),
        library.component(),
        library.component(title="Yeast"),
    )
    unit = library.unit(inside, title="Dough")
    review(reviewed, unit)
    planned = rest("post", PUBLISH, {"dry_run": True})
    assert live_versions() == {}
    done = rest("post", PUBLISH, {"message": "Week one"})
    assert (
        {**planned, "dry_run": False}
        == done
        == {
            "dry_run": False,
            "steps_asked": True,
            "published_count": 1,
            "skipped_count": 1,
            "published": [{"key": key(reviewed), "title": "Salt", "change": "new"}],
            "skipped": [
                {
                    "key": key(unit),
                    "title": "Dough",
                    "change": "new",
                    "reason": "It contains “Yeast”, which has no published version and is not published with it.",
                    "code": "",
                }
            ],
        }
    )
    assert set(live_versions()) == {reviewed.id}
    publish_log = reviewed.publishable_entity.published.publish_log_record.publish_log
    assert (publish_log.message, publish_log.published_by) == ("Week one", reviewer)


def test_with_nothing_reviewed_nothing_is_published(rest: Api, library: Library) -> None:
    library.component()
    before = publish_state()
    assert rest("post", PUBLISH, {})["published_count"] == 0
    assert publish_state() == before


@pytest.mark.parametrize("body", [{"message": "x" * 501}, {"dry_run": "perhaps"}, {"message": None}, []])
@pytest.mark.django_db(transaction=True)
def test_a_wrong_publish_is_refused(body: Any, rest: Api, library: Library) -> None:
    assert rest("post", PUBLISH, body, status=400)["code"] == "invalid"


@pytest.mark.django_db(transaction=True)
def test_another_plugins_veto_is_a_409_with_its_sentence(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    review(library.component())
    add_step(settings, "tests.steps.Vetoes")
    assert rest("post", PUBLISH, {}, status=409) == {
        "code": "publish_prevented",
        "detail": "Nothing is published on Sundays.",
        "details": {},
    }
    assert live_versions() == {}


class Refuses(PipelineStep):
    """Another plugin's step that raises what Django raises, with no field to blame."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Refuse the publish."""
        raise ValidationError("Not like this.")


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_with_no_field_is_a_400_with_its_sentence(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    review(library.component())
    add_step(settings, "tests.test_rest_publishing.Refuses")
    assert rest("post", PUBLISH, {}, status=400) == {
        "code": "invalid",
        "detail": "The request is not valid. Not like this.",
        "details": {"non_field_errors": ["Not like this."]},
    }
    assert live_versions() == {}


@pytest.mark.django_db(transaction=True)
def test_a_publish_that_cannot_be_queued_is_a_503_and_does_not_happen(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    review(library.component())
    before = current_app._get_current_object()
    down = Celery("down", broker="amqp://127.0.0.1:1//")
    down.conf.task_publish_retry, down.conf.broker_transport_options = False, {"max_retries": 0}
    try:
        answer = rest("post", PUBLISH, {}, status=503)
    finally:
        before.set_current()
    assert (answer["code"], answer["details"]) == ("unavailable", {})
    assert answer["detail"].startswith("Nothing was published")
    assert live_versions() == {}


@pytest.mark.django_db(transaction=True)
def test_a_publish_in_the_background_is_in_the_name_of_who_asked_and_keeps_the_message(
    rest: Api, library: Library, review: Review, reviewer: User, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    text = library.component()
    review(text)
    queued = rest("post", PUBLISH, {"message": "All of it"}, status=202)
    assert queued["status_url"] == f"http://testserver{PUBLISH}{queued['id']}/"
    publish_log = text.publishable_entity.published.publish_log_record.publish_log
    assert (publish_log.message, publish_log.published_by) == ("All of it", reviewer)


@pytest.mark.django_db(transaction=True)
def test_a_publish_in_the_background_that_fails_says_why(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    review(library.component())
    add_step(settings, "tests.steps.Vetoes")
    status = rest("get", rest("post", PUBLISH, {}, status=202)["status_url"])
    assert (status["state"], status["total"], status["done"], status["result"]) == ("failed", 1, 0, None)
    assert status["error"] == "Nothing is published on Sundays."


@pytest.mark.django_db(transaction=True)
def test_it_is_what_is_reviewed_that_goes_to_the_background(rest: Api, library: Library, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    library.component()
    assert rest("post", PUBLISH, {})["published_count"] == 0


def test_the_first_are_named_and_all_are_counted(
    rest: Api, library: Library, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MAX_NAMED", 2)
    texts, never_published = [library.component() for _ in range(3)], library.component()
    units = [library.unit(never_published) for _ in range(3)]
    review(*texts, *units)
    planned = rest("post", PUBLISH, {"dry_run": True})
    assert (planned["published_count"], planned["skipped_count"]) == (3, 3)
    assert [item["key"] for item in planned["published"]] == [key(text) for text in texts[:2]]
    assert [item["key"] for item in planned["skipped"]] == [key(unit) for unit in units[:2]]


@pytest.mark.django_db(transaction=True)
def test_a_large_publish_goes_to_the_background(
    rest: Api, client: Client, library: Library, review: Review, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 2
    texts = [library.component() for _ in range(2)]
    review(*texts)
    response = client.post(PUBLISH, {"message": "All of it"}, content_type="application/json")
    assert response.status_code == 202
    queued = response.json()
    assert response["Location"] == queued["status_url"]
    status = rest("get", queued["status_url"])
    assert (status["state"], status["total"], status["done"], status["error"]) == ("succeeded", 2, 2, None)
    assert status["result"]["published"] == [
        {"key": key(text), "title": text.versioning.draft.title, "change": "new"} for text in texts
    ]
    assert set(live_versions()) == {text.id for text in texts}


def test_a_dry_run_is_answered_at_once_and_asks_other_steps_unless_it_is_large(
    rest: Api, library: Library, review: Review, settings: Any
) -> None:
    review(library.component())
    add_step(settings, "tests.steps.Vetoes")
    with override_settings(SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM=1):
        answer = rest("post", PUBLISH, {"dry_run": True})
    assert (answer["published_count"], answer["steps_asked"]) == (1, False)
    assert rest("post", PUBLISH, {"dry_run": True}, status=409)["detail"] == "Nothing is published on Sundays."


@pytest.mark.parametrize("publish_id", ["00000000-0000-0000-0000-000000000000", "nonsense"])
def test_an_unknown_publish_is_not_found(publish_id: str, rest: Api, library: Library) -> None:
    assert rest("get", f"{PUBLISH}{publish_id}/", status=404)["code"] == "not_found"


@pytest.mark.django_db(transaction=True)
def test_a_publish_of_another_library_is_not_found(rest: Api, library: Library, review: Review, settings: Any) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM = 1
    review(library.component())
    queued = rest("post", PUBLISH, {}, status=202)
    Library.create("lib:Test:Other")
    rest("get", queued["status_url"].replace("Gated", "Other"), status=404)
