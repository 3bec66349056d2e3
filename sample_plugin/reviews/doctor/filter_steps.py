"""The filter that runs before a publish, as it is after the operator's YAML and all plugins."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.module_loading import import_string

from ..filters import EntityPrePublish
from ..gate import checks
from ..settings.common import STEP
from .findings import Check, Finding, from_system_check, ok, problem, warning

__all__ = ["CHECKS"]

_WHERE = "Look for OPEN_EDX_FILTERS_CONFIG in the YAML, in your settings files and in the settings of other plugins."


def check_form() -> Iterator[Finding]:
    """openedx-filters reads a string in place of a list letter by letter."""
    steps, _fail_silently, _extra = EntityPrePublish.get_pipeline_configuration()
    if isinstance(steps, list | tuple) and all(isinstance(step, str) for step in steps):
        yield ok(f"The configuration of the filter can be read; its steps are: {', '.join(steps) or 'none'}.")
    else:
        yield problem(
            f"The steps of the filter {EntityPrePublish.filter_type} are {steps!r}, which is not a list of names: "
            "openedx-filters cannot run them.",
            f"Write a list, with a dash before each name in YAML. {_WHERE}",
        )


def check_steps() -> Iterator[Finding]:
    """A step that cannot run is skipped, with what it checks; or it stops every publish."""
    steps, fail_silently, _extra = EntityPrePublish.get_pipeline_configuration()
    broken = False
    for path in steps if isinstance(steps, list | tuple) else ():
        try:
            step = import_string(path)
            error = "" if callable(getattr(step, "run_filter", None)) else "it has no run_filter"
            is_skipped = bool(fail_silently)
        except Exception as exc:  # a module can raise anything while it is imported
            error = str(exc)
            # openedx-filters only skips what raises this.
            is_skipped = bool(fail_silently) and isinstance(exc, ImportError)
        if error:
            broken = True
            yield (warning if is_skipped else problem)(
                f"The step {path} cannot run ({error}): "
                + ("it is skipped, with all that it should check." if is_skipped else "nothing can be published."),
                f"Correct the name, install the plugin that it belongs to, or remove it. {_WHERE}",
            )
    if not broken:
        yield ok("Every step of the filter can be imported.")


CHECKS = (
    Check("filter.form", check_form),
    Check(
        "filter.step",
        from_system_check(
            checks.check_filter, "W001", "W002", otherwise=f"The step {STEP} is the first step of the filter."
        ),
    ),
    Check(
        "filter.fail_silently",
        from_system_check(checks.check_filter, "W003", otherwise="A step that crashes stops the publish."),
    ),
    Check("filter.steps", check_steps),
)
