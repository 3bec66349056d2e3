"""Whether the gate is around core's functions, wherever code finds them."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Any

from ..gate import checks, core, wrapper
from .findings import Check, Finding, from_system_check, listed, ok, problem, warning

__all__ = ["CHECKS"]

_FIND_THE_CODE = "Find the code that assigns to {name}, and make it call the function that it found there."

# What a gate's code is called, in any copy of the plugin. The mark that a gate has cannot be counted: functools.wraps
# copies it to what other plugins put around a gate.
_GATES = {wrap(lambda *args: None).__code__.co_qualname for wrap in (wrapper.gated, wrapper.preflight)}  # type: ignore[arg-type]


def _functions(*names: str) -> dict[str, Any]:
    """Return core's functions with these names, by every name under which core offers them."""
    return {f"{module.__name__}.{name}": getattr(module, name) for module in core.OFFERED_IN for name in names}


def check_publish_all() -> Iterator[Finding]:
    """Core's ``publish_all_drafts`` must call the gate, and should refuse before it does any work."""
    functions = _functions("publish_all_drafts")
    ungated = [name for name, function in functions.items() if _calls_ungated(function)]
    for name in ungated:
        yield problem(
            f"{name} publishes without the review gate: the publish_from_drafts that it calls is not the gate's.",
            _FIND_THE_CODE.format(name=name),
        )
    late = [name for name, function in functions.items() if not core.leads_through_gate(function)]
    for name in late:
        yield warning(
            f"{name} is not the plugin's any more: the gate still refuses, but only after core has done all the work.",
            _FIND_THE_CODE.format(name=name),
        )
    if not ungated and not late:
        yield ok("“Publish everything” leads through the gate, and is refused before core does any work.")


def _calls_ungated(publish_all: Any) -> bool:
    """Return whether the function, inside of all that wraps it, finds a ``publish_from_drafts`` without the gate."""
    names = getattr(inspect.unwrap(publish_all), "__globals__", {})
    return "publish_from_drafts" in names and not core.leads_through_gate(names["publish_from_drafts"])


def check_once() -> Iterator[Finding]:
    """A second gate inside of the first judges every publish again, with the code of another copy or release."""
    functions = _functions("publish_from_drafts", "publish_all_drafts")
    twice = [name for name, function in functions.items() if sum(map(_is_gate, core.layers(function))) > 1]
    if twice:
        yield warning(
            f"The gate is there more than once: {listed(twice)}. Every publish is judged as often, and takes longer.",
            "Find the code that installs the gate again, such as a second copy of the plugin, and remove it.",
        )
    else:
        yield ok("The gate is there once.")


def _is_gate(function: Any) -> bool:
    return getattr(getattr(function, "__code__", None), "co_qualname", "") in _GATES


def check_earlier_imports() -> Iterator[Finding]:
    """Modules that imported core's function before the gate was there still have the one without the gate."""
    bare = {id(function) for function in _inside_of_the_gate()}
    found = sorted(
        f"{module_name}.{name}"
        for module_name, module in list(sys.modules.items())
        for name, value in list(getattr(module, "__dict__", {}).items())
        if id(value) in bare
    )
    for name in found:
        yield warning(
            f"{name} is core's publish_from_drafts without the gate, imported before the plugin was ready: where a "
            "review is required, its publishes are refused, reviewed or not.",
            "There, import the module (from openedx_content import api) and call api.publish_from_drafts.",
        )
    if not found:
        yield ok("No module that is loaded has kept core's publish_from_drafts from before the gate was in place.")


def _inside_of_the_gate() -> Iterator[Any]:
    """Yield core's own ``publish_from_drafts``, and what was around it before the gate."""
    for function in _functions("publish_from_drafts").values():
        for layer in core.layers(function):
            if _is_gate(layer):
                yield from (inner for inner in core.layers(layer.__wrapped__) if not _is_gate(inner))


def check_restore() -> Iterator[Finding]:
    """A restore passes the gate only if the plugin knows that it is one."""
    if core.knows_restores():
        yield ok("The plugin knows when core restores a backup.")
    else:
        yield warning(
            "The plugin does not know when core restores a backup, so a backup with live content cannot be restored.",
            _FIND_THE_CODE.format(name="LearningPackageUnzipper.load"),
        )


CHECKS = (
    Check(
        "gate.wrapper",
        from_system_check(
            checks.check_gate,
            "E001",
            otherwise="The gate is around core's publish_from_drafts, under both names by which code finds it.",
        ),
    ),
    Check("gate.publish_all", check_publish_all),
    Check("gate.once", check_once),
    Check("gate.earlier_imports", check_earlier_imports),
    Check("gate.restore", check_restore),
    Check(
        "gate.tripwire",
        from_system_check(
            checks.check_gate, "E002", otherwise="A publish that goes around the gate is noticed and refused."
        ),
    ),
)
