"""Forget the name of a reviewer whose account the platform retires."""

from __future__ import annotations

from typing import Any

from . import api

__all__ = ["forget", "listen"]


def listen() -> None:
    """Connect to the LMS's signal. Elsewhere there is none, and accounts are not retired there."""
    # Not in plugin_app: a path to a module that is missing would be an error.
    try:
        from openedx.core.djangoapps.user_api.accounts.signals import USER_RETIRE_LMS_MISC  # noqa: PLC0415
    except ModuleNotFoundError:
        return
    USER_RETIRE_LMS_MISC.connect(forget, dispatch_uid=f"{__name__}.forget")


def forget(user: Any, **_kwargs: Any) -> None:
    """Delete the name."""
    api.set_name(user.pk, None)
