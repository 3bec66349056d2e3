"""The seam with openedx-core: which of its functions the gate replaces. No other module touches core's internals."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from django.db.models.signals import pre_save
from openedx_content import api as content_api
from openedx_content.applets.backup_restore.zipper import LearningPackageUnzipper
from openedx_content.applets.publishing import api as core_publishing
from openedx_content.models_api import PublishLog

from . import exemptions
from .wrapper import gated, preflight, refuse_ungated_publish

__all__ = [
    "OFFERED_IN",
    "TRIPWIRE",
    "has_tripwire",
    "install",
    "knows_restores",
    "layers",
    "leads_through_gate",
    "wraps_core",
]

TRIPWIRE = "sample_plugin.reviews.gate.core"

# In both modules: publish_all_drafts finds the other function in its own module, and all other code finds it in the
# public one.
OFFERED_IN = (core_publishing, content_api)

_core_load = LearningPackageUnzipper.load


def install() -> None:
    """Put the gate in place. Safe to call again."""
    pre_save.connect(refuse_ungated_publish, sender=PublishLog, dispatch_uid=TRIPWIRE)
    for module in OFFERED_IN:
        # Another plugin may have replaced it before; then the replacement is wrapped.
        for name, wrap in (("publish_from_drafts", gated), ("publish_all_drafts", preflight)):
            if not leads_through_gate(getattr(module, name)):
                setattr(module, name, wrap(getattr(module, name)))
    # On the class, so that it also works for a load_learning_package that was imported before.
    LearningPackageUnzipper.load = load  # type: ignore[method-assign]


@functools.wraps(_core_load)
def load(self: LearningPackageUnzipper) -> dict[str, Any]:
    """Restore a backup as openedx-core does; what was live in the backup goes live again without a review."""
    with exemptions.restoring(self):
        return _core_load(self)


def wraps_core() -> bool:
    """Return whether every name under which core offers ``publish_from_drafts`` leads through the gate."""
    return all(leads_through_gate(module.publish_from_drafts) for module in OFFERED_IN)


def leads_through_gate(function: Any) -> bool:
    """Return whether this function is a gate, or wraps one."""
    return any(getattr(one, "_is_review_gate", False) for one in layers(function))


def layers(function: Any) -> Iterator[Any]:
    """Yield the function, the one that it wraps, and so on."""
    while function is not None:
        yield function
        function = getattr(function, "__wrapped__", None)


def has_tripwire() -> bool:
    """Return whether a publish that goes around the gate would be refused."""
    return (TRIPWIRE, id(PublishLog)) in (receiver[0] for receiver in pre_save.receivers)


def knows_restores() -> bool:
    """Return whether core's restore of a backup leads through :func:`load`."""
    return any(one is load for one in layers(LearningPackageUnzipper.load))
