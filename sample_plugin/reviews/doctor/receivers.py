"""Whether the plugin's receivers are connected: to Django's signals, and to core's events."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from weakref import ReferenceType

from django.apps import apps
from django.db.models.signals import post_save, pre_save
from django.dispatch import Signal
from django.utils.module_loading import import_string
from edx_django_utils.plugins import PluginSignals
from openedx_content.models_api import DraftChangeLog, LearningPackage

from .findings import Check, Finding, ok, problem, warning

__all__ = ["CHECKS"]

_HINT = "Find the code that disconnects receivers, or that keeps the plugin's AppConfig.ready() from running."


def _check_signal(signal: Signal, sender: type[Any], uid: str, *, works: str, otherwise: Finding) -> Iterator[Finding]:
    is_connected = (uid, id(sender)) in (receiver[0] for receiver in signal.receivers)
    yield ok(works) if is_connected else otherwise


def check_events() -> Iterator[Finding]:
    """The platform connects these, from the list in ``apps.py``."""
    config: Any = apps.get_app_config("sample_plugin_reviews")
    plan = config.plugin_app[PluginSignals.CONFIG]["cms.djangoapp"]
    for planned in plan[PluginSignals.RECEIVERS]:
        path, name = planned[PluginSignals.SIGNAL_PATH], planned[PluginSignals.RECEIVER_FUNC_NAME]
        receiver = import_string(f"{config.name}.{plan[PluginSignals.RELATIVE_PATH]}.{name}")
        if any(_function(connected[1]) is receiver for connected in import_string(path).receivers):
            yield ok(f"{name} receives {path.rpartition('.')[2]}.")
        else:
            yield warning(
                f"{name} does not receive {path.rpartition('.')[2]}: every save needs a new review, even one that has "
                "changed nothing.",
                "The platform connects it when it starts, by the plugin's entry point: install the package with pip. "
                "If it is installed, find the code that disconnects receivers.",
            )


def _function(receiver: Any) -> Any:
    return receiver() if isinstance(receiver, ReferenceType) else receiver


CHECKS = (
    Check(
        "receivers.new_library",
        partial(
            _check_signal,
            post_save,
            LearningPackage,
            "sample_plugin.reviews.policy",
            works="Every new library gets the row on which its publishes queue.",
            otherwise=warning(
                "New libraries do not get the row on which publishes queue: the first publish makes it, and publishes "
                "that wait for it may fail.",
                _HINT,
            ),
        ),
    ),
    Check(
        "receivers.author",
        partial(
            _check_signal,
            pre_save,
            DraftChangeLog,
            "sample_plugin.reviews.receivers",
            works="Where Studio does not tell core who made a change, the plugin fills in the person.",
            otherwise=problem(
                "Where Studio does not tell core who made a change, nobody does: that person can review the change.",
                _HINT,
            ),
        ),
    ),
    Check(
        "receivers.imports",
        partial(
            _check_signal,
            post_save,
            DraftChangeLog,
            "sample_plugin.reviews.receivers",
            works="Imports are marked, so that each can be reviewed as one thing.",
            otherwise=warning("Imports are not marked: their content has to be reviewed item by item.", _HINT),
        ),
    ),
    Check("receivers.events", check_events),
)
