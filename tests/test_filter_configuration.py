"""However the filter is configured, by whom and in which order: the gate stays closed, and the operator is told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import checks
from django.db import IntegrityError, connection
from django.db.models.signals import pre_save
from openedx_content import api as content_api
from openedx_content.models_api import PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.gate import core, wrapper
from sample_plugin.reviews.models import PublishJudgement
from sample_plugin.reviews.pipeline import RequireReview, UnreviewedChanges
from sample_plugin.reviews.settings import common, production

from .content import Library, core_publish_from_drafts, live_versions, publish_state

TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "sample_plugin.reviews.pipeline.RequireReview"

type Review = Callable[..., None]


def configured(config: Any) -> Any:
    """Return the filter's configuration after both settings functions, as Studio runs them around ``config``."""
    settings = SimpleNamespace()
    common.plugin_settings(settings)
    if config is not ...:
        settings.OPEN_EDX_FILTERS_CONFIG = config  # The operator's YAML replaces the setting whole.
    production.plugin_settings(settings)
    return settings.OPEN_EDX_FILTERS_CONFIG


def test_the_names_that_others_rely_on() -> None:
    assert EntityPrePublish.filter_type == common.FILTER_TYPE == TYPE
    assert f"{RequireReview.__module__}.{RequireReview.__name__}" == common.STEP == STEP


@pytest.mark.parametrize(
    ("config", "pipeline"),
    [
        pytest.param(..., [STEP], id="the operator sets nothing"),
        pytest.param({}, [STEP], id="emptied"),
        pytest.param(None, [STEP], id="null in the YAML"),
        pytest.param({TYPE: None}, [STEP], id="null for our filter"),
        pytest.param({TYPE: {"pipeline": ["a.B"]}}, [STEP, "a.B"], id="a dict"),
        pytest.param({TYPE: {"pipeline": "a.B"}}, [STEP, "a.B"], id="a dict with a string"),
        pytest.param({TYPE: {"pipeline": ["a.B", STEP, "c.D"]}}, [STEP, "a.B", "c.D"], id="ours in the middle"),
        pytest.param({TYPE: ["a.B", "c.D"]}, [STEP, "a.B", "c.D"], id="a list"),
        pytest.param({TYPE: ("a.B",)}, [STEP, "a.B"], id="a tuple"),
        pytest.param({TYPE: "a.B"}, [STEP, "a.B"], id="a string"),
    ],
)
def test_our_step_comes_first_and_others_keep_their_order(config: Any, pipeline: list[str]) -> None:
    assert configured(config)[TYPE] == {"pipeline": pipeline, "fail_silently": False}


def test_what_else_is_configured_stays() -> None:
    config = {TYPE: {"pipeline": [], "log_level": "debug", "fail_silently": True}, "another.filter": ["e.F"]}
    assert configured(config) == {
        TYPE: {"pipeline": [STEP], "log_level": "debug", "fail_silently": False},
        "another.filter": ["e.F"],
    }
    assert config[TYPE] == {"pipeline": [], "log_level": "debug", "fail_silently": True}


def test_what_the_operator_set_on_purpose_stays() -> None:
    settings = SimpleNamespace(SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT=False)
    common.plugin_settings(settings)
    assert settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT is False
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True  # in the YAML
    production.plugin_settings(settings)
    assert settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW is True


@pytest.fixture(name="configure")
def _configure(settings: Any) -> Callable[[Any], None]:
    """A function that configures the filter, past our settings functions."""

    def configure(config: Any) -> None:
        settings.OPEN_EDX_FILTERS_CONFIG = {} if config is None else {TYPE: config}

    return configure


def other_step_first(step: str, fail_silently: bool) -> Any:
    """Return a configuration in which another step comes before ours."""
    return {"pipeline": [f"tests.steps.{step}", STEP], "fail_silently": fail_silently}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "config",
    [
        pytest.param(None, id="nothing at all"),
        pytest.param([], id="an empty list"),
        pytest.param(["tests.steps.Passes"], id="only another step, as a list"),
        pytest.param("tests.steps.Passes", id="only another step, as a string"),
        pytest.param({"pipeline": ["tests.steps.Passes"]}, id="only another step, as a dict"),
        pytest.param(other_step_first("ReturnsNone", False), id="one that returns None before ours"),
        pytest.param(["tests.steps.ReturnsNone", STEP], id="one that returns None before ours, as a list"),
        pytest.param(other_step_first("Crashes", True), id="one that crashes before ours, passed over"),
        pytest.param(["tests.steps.Crashes", STEP], id="one that crashes before ours, as a list"),
        pytest.param(other_step_first("Missing", True), id="one that cannot be imported before ours"),
        pytest.param(["tests.steps.Missing", STEP], id="one that cannot be imported before ours, as a list"),
        pytest.param(other_step_first("Swaps", False), id="one that hands ours another publish"),
        pytest.param({"pipeline": [STEP.replace("Require", "Request")]}, id="ours misspelt"),
    ],
)
def test_no_configuration_opens_the_gate(library: Library, review: Review, configure: Any, config: Any) -> None:
    configure(config)
    reviewed, unreviewed = library.component(), library.component()
    review(reviewed)
    before = publish_state()
    with pytest.raises(UnreviewedChanges):
        library.publish(unreviewed)
    assert publish_state() == before
    # And what was reviewed can be published all the same.
    library.publish(reviewed)
    assert live_versions().keys() == {reviewed.id}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "error"), [("Crashes", ZeroDivisionError), ("Missing", ImportError)], ids=["crash", "import error"]
)
def test_a_broken_step_stops_the_publish_where_it_must_not_be_passed_over(
    library: Library, review: Review, configure: Any, step: str, error: type[Exception]
) -> None:
    configure(other_step_first(step, False))
    review(library.component())
    before = publish_state()
    with pytest.raises(error):
        library.publish()
    assert publish_state() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pipeline",
    [[STEP, "tests.steps.Vetoes"], ["tests.steps.Vetoes", STEP], ["tests.steps.Vetoes"]],
    ids=["after ours", "before ours", "without ours"],
)
def test_another_plugins_veto_works_and_is_reported_as_such(
    library: Library, review: Review, configure: Any, pipeline: list[str]
) -> None:
    configure({"pipeline": pipeline, "fail_silently": True})
    review(library.component())
    before = publish_state()
    with pytest.raises(EntityPrePublish.PreventPublish) as veto:
        library.publish()
    assert publish_state() == before
    assert not isinstance(veto.value, UnreviewedChanges)
    assert (veto.value.status_code, veto.value.detail) == (
        409,
        {"code": "publish_prevented", "detail": "Nothing is published on Sundays."},
    )


@pytest.mark.django_db
def test_another_plugins_veto_also_holds_where_no_review_is_required(ungated_library: Library, configure: Any) -> None:
    configure({"pipeline": [STEP, "tests.steps.Vetoes"], "fail_silently": False})
    ungated_library.component()
    with pytest.raises(EntityPrePublish.PreventPublish, match="Sundays"):
        ungated_library.publish()
    assert live_versions() == {}


@pytest.mark.django_db
def test_other_steps_run_once_and_after_ours(library: Library, review: Review, configure: Any) -> None:
    from . import steps  # noqa: PLC0415

    seen: list[int] = []
    configure({"pipeline": [STEP, "tests.steps.Passes"], "fail_silently": False})
    original = steps.Passes.run_filter

    def run_filter(self: Any, publish_log: PublishLog) -> dict[str, Any]:
        seen.append(publish_log.records.count())
        return original(self, publish_log)

    steps.Passes.run_filter = run_filter  # type: ignore[method-assign]
    try:
        component = library.component()
        with pytest.raises(UnreviewedChanges):
            library.publish()
        assert seen == []
        review(component)
        library.publish()
        assert seen == [1]
    finally:
        steps.Passes.run_filter = original  # type: ignore[method-assign]


@pytest.mark.django_db
def test_the_gate_steps_aside_where_core_has_run_the_filter_itself(
    library: Library, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As core may do one day: then the filter must not run twice."""
    runs: list[PublishLog] = []
    run_filter: Any = EntityPrePublish.run_filter

    def counted(publish_log: PublishLog) -> Any:
        runs.append(publish_log)
        return run_filter(publish_log)

    def core_publish(*args: Any, **kwargs: Any) -> Any:
        publish_log = core_publish_from_drafts(*args, **kwargs)
        EntityPrePublish.run_filter(publish_log)
        return publish_log

    monkeypatch.setattr(EntityPrePublish, "run_filter", counted)
    monkeypatch.setattr(content_api, "publish_from_drafts", wrapper.gated(core_publish))
    component = library.component()
    review(component)
    publish_log = library.publish(component)
    assert runs == [publish_log]


@pytest.mark.django_db
@pytest.mark.parametrize("fail_silently", [True, False])
def test_a_step_that_fails_in_the_database_does_not_pass_for_a_success(
    library: Library, review: Review, configure: Any, fail_silently: bool
) -> None:
    """Passed over by openedx-filters, it would still roll everything back: the caller must hear of it."""
    configure({"pipeline": [STEP, "tests.steps.FailsInTheDatabase"], "fail_silently": fail_silently})
    component = library.component()
    review(component)
    before = publish_state()
    with pytest.raises(EntityPrePublish.PreventPublish if fail_silently else IntegrityError):
        library.publish()
    assert publish_state() == before
    with pytest.raises(EntityPrePublish.PreventPublish if fail_silently else IntegrityError):
        api.publish_reviewed_items(library.package.id)
    assert publish_state() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pipeline", [[STEP, STEP], ["tests.steps.FetchesAnew", STEP]], ids=["ours twice", "ours asked about a copy"]
)
def test_a_publish_that_is_judged_twice_is_put_on_record_once(
    library: Library, configure: Any, pipeline: list[str]
) -> None:
    configure({"pipeline": pipeline, "fail_silently": False})
    library.component()
    with api.bypass_review(reason="The exam is in an hour"):
        publish_log = library.publish()
    judgement = PublishJudgement.objects.get()
    assert (judgement.publish_log, judgement.basis, judgement.unreviewed_count) == (publish_log, "bypassed", 1)


# What the operator is told


def found() -> set[str | None]:
    """Return the ids of what our checks find."""
    return {m.id for m in checks.run_checks() if (m.id or "").startswith("sample_plugin_reviews.")}


def test_the_checks_have_nothing_to_say_about_the_default() -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("config", "ids"),
    [
        pytest.param(None, {"W001", "W003"}, id="missing"),
        pytest.param(["tests.steps.Passes"], {"W001", "W003"}, id="a list without ours"),
        pytest.param([STEP], {"W003"}, id="a list"),
        pytest.param({"pipeline": [STEP]}, {"W003"}, id="fail_silently not set"),
        pytest.param({"pipeline": [STEP], "fail_silently": True}, {"W003"}, id="fail_silently"),
        pytest.param({"pipeline": ["tests.steps.Passes", STEP], "fail_silently": False}, {"W002"}, id="not first"),
    ],
)
def test_the_checks_tell_when_the_filter_could_pass_us_over(configure: Any, config: Any, ids: set[str]) -> None:
    configure(config)
    assert found() == {f"sample_plugin_reviews.{id}" for id in ids}


def test_the_checks_tell_when_the_tripwire_is_gone() -> None:
    pre_save.disconnect(sender=PublishLog, dispatch_uid=core.TRIPWIRE)
    try:
        assert found() == {"sample_plugin_reviews.E002"}
    finally:
        core.install()


def test_the_checks_tell_when_somebody_has_replaced_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_api, "publish_from_drafts", core_publish_from_drafts)
    assert found() == {"sample_plugin_reviews.E001"}


def test_the_checks_have_nothing_to_say_about_a_function_that_calls_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = content_api.publish_from_drafts

    @functools.wraps(gate)
    def traced(*args: Any, **kwargs: Any) -> Any:
        return gate(*args, **kwargs)

    monkeypatch.setattr(content_api, "publish_from_drafts", traced)
    assert found() == set()


@pytest.mark.parametrize(
    "name", ["SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT", "SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW"]
)
def test_the_checks_tell_when_a_switch_is_no_boolean(settings: Any, name: str) -> None:
    setattr(settings, name, "false")
    assert found() == {"sample_plugin_reviews.W004"}


@pytest.mark.parametrize("value", [None, "2", 0, 21, 1.5, True])
def test_the_checks_tell_when_no_number_of_reviewers_is_asked_for(settings: Any, value: object) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = value
    assert found() == {"sample_plugin_reviews.E003"}
    settings.SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS = 20
    assert found() == set()


@pytest.mark.skipif(connection.vendor != "mysql", reason="Other databases have no such level, or no such default.")
@pytest.mark.parametrize("level", ["repeatable read", "read uncommitted", None])
def test_the_checks_tell_when_a_transaction_does_not_see_what_was_withdrawn(
    monkeypatch: pytest.MonkeyPatch, level: str | None
) -> None:
    assert found() == set()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "isolation_level", level)
    assert found() == {"sample_plugin_reviews.W009"}


@pytest.mark.skipif(connection.vendor != "mysql", reason="Other databases have one character set.")
def test_the_checks_tell_when_the_connection_cannot_send_every_character(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found() == set()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "charset", "utf8")
    assert found() == {"sample_plugin_reviews.W010"}


def test_each_finding_is_a_sentence_with_a_hint(configure: Any) -> None:
    configure(["tests.steps.Passes", STEP])
    for message in checks.run_checks():
        assert str(message.msg).endswith(".")
        assert message.hint
