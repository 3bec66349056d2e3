"""Our settings, for every environment. The platform reads the operator's configuration after this, so that it wins."""

from typing import Any

FILTER_TYPE = "org.openedx.content_authoring.entity.pre_publish.v1"
STEP = "holds.pipeline.RefuseHeld"


def plugin_settings(settings: Any) -> None:
    """Set our defaults, and add our step to the filter that runs before a publish."""
    settings.HOLDS_REASON_MAX_LENGTH = 200
    add_step(settings)


def add_step(settings: Any) -> None:
    """
    Add our step behind those that are there. Safe to call again.

    openedx-filters takes a dict, a list or a single string; we leave a dict, in which a step that crashes stops the
    publish. By default it would be passed over.
    """
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    config = filters.get(FILTER_TYPE) or {}
    if not isinstance(config, dict):
        config = {"pipeline": config}
    steps = config.get("pipeline") or []
    steps = [steps] if isinstance(steps, str) else steps
    filters[FILTER_TYPE] = {
        **config,
        "pipeline": [*(step for step in steps if step != STEP), STEP],
        "fail_silently": False,
    }
    settings.OPEN_EDX_FILTERS_CONFIG = filters
