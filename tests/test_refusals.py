"""A refused publish, in Studio's answer and in the log: a sentence for a person, and nothing that is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.views import exception_handler as drf_exception_handler

from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, core_publish_from_drafts

try:
    from edx_rest_framework_extensions.errors import standardized_error_exception_handler
except ImportError:

    def standardized_error_exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
        """Do what the later one does: of the body it keeps the sentence, and of the exception ``user_message``."""
        response = drf_exception_handler(exc, context)
        assert response is not None
        response.data = {"detail": str(response.data["detail"]), "user_message": exc.user_message}  # type: ignore[attr-defined]
        return response


pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]
type Configure = Callable[..., None]

STEP = "sample_plugin.reviews.pipeline.RequireReview"


@pytest.fixture(name="configure")
def _configure(settings: Any) -> Configure:
    """A function that configures the filter with these steps."""

    def configure(*pipeline: str) -> None:
        config = {"pipeline": list(pipeline), "fail_silently": False}
        settings.OPEN_EDX_FILTERS_CONFIG = {EntityPrePublish.filter_type: config}

    return configure


@pytest.mark.parametrize("step", [STEP, "tests.steps.Vetoes"], ids=["ours", "another plugin's"])
def test_the_platforms_standard_exception_handler_keeps_the_sentence(
    library: Library, review: Review, configure: Configure, rf: RequestFactory, step: str
) -> None:
    configure(step)
    text = library.component()
    if step != STEP:
        review(text)

    class PublishView(APIView):
        def post(self, request: Any) -> Response:
            library.publish(text)
            return Response()

        def get_exception_handler(self) -> Any:
            return standardized_error_exception_handler

    with pytest.raises(EntityPrePublish.PreventPublish) as refusal:
        library.publish(text)
    response = PublishView.as_view()(rf.post("/"))
    assert response.status_code == 409
    assert response.data["user_message"] == str(refusal.value)


def _by_our_step(library: Library, review: Review, configure: Configure) -> None:
    library.publish(library.component(title="Wicked \x1b[2J\nERROR salt"))


def _early(library: Library, review: Review, configure: Configure) -> None:
    library.component(title="Wicked \x1b[2J\nERROR salt")
    library.publish()


def _by_another_step(library: Library, review: Review, configure: Configure) -> None:
    configure(STEP, "tests.steps.Vetoes")
    review(library.component())
    library.publish()


def _behind_the_filter(library: Library, review: Review, configure: Configure) -> None:
    configure("tests.steps.Passes")
    library.publish(library.component())


def _around_the_gate(library: Library, review: Review, configure: Configure) -> None:
    core_publish_from_drafts(library.package.id, library.drafts(library.component()))


@pytest.mark.parametrize(
    "publish",
    [_by_our_step, _early, _by_another_step, _behind_the_filter, _around_the_gate],
    ids=lambda way: way.__name__,
)
def test_a_refusal_is_logged_once_as_a_warning_without_a_traceback(
    publish: Callable[..., None],
    library: Library,
    review: Review,
    configure: Configure,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(EntityPrePublish.PreventPublish) as refusal:
        publish(library, review, configure)
    (record,) = caplog.records
    assert (record.levelname, record.exc_info, record.exc_text) == ("WARNING", None, None)
    text = caplog.handler.format(record)
    assert refusal.value.message.partition("Wicked")[0] in text
    assert not {"\n", "\x1b"} & set(text)


def test_a_crash_is_still_an_error_with_a_traceback(
    library: Library, review: Review, configure: Configure, caplog: pytest.LogCaptureFixture
) -> None:
    configure(STEP, "tests.steps.Crashes")
    text = library.component()
    review(text)
    with pytest.raises(ZeroDivisionError):
        library.publish(text)
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.exc_info


def test_a_plugin_may_have_other_words_for_the_person_than_for_the_log() -> None:
    assert UnreviewedChanges([], 0, 0).user_message.startswith("Nothing was published")
    assert EntityPrePublish.PreventPublish("Rule 5", user_message="Not on Sundays.").user_message == "Not on Sundays."
