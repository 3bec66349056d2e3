"""What the plugin needs from the platform: that it loads the plugin, and a few settings of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from crum import CurrentRequestUserMiddleware
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_backends
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from rules.permissions import ObjectPermissionBackend

from .findings import Check, Finding, listed, ok, problem, warning

__all__ = ["CHECKS", "entry_points"]


def entry_points(group: str) -> list[metadata.EntryPoint]:
    """Return the entry points by which the platform finds this app."""
    config = type(apps.get_app_config("sample_plugin_reviews"))
    value = f"{config.__module__}:{config.__qualname__}"
    return [point for point in metadata.entry_points(group=group) if point.value == value]


def check_entry_points() -> Iterator[Finding]:
    """An app that is only in ``INSTALLED_APPS`` has no settings, no URLs and no receivers of events."""
    missing = [group for group in ("cms.djangoapp", "lms.djangoapp") if not entry_points(group)]
    if missing:
        yield problem(
            f"The platform does not find the plugin by its entry points: {listed(missing)}. Nothing sets its settings.",
            "Install the package with pip, in the environment of Studio and of the LMS.",
        )
    else:
        yield ok("Studio and the LMS find the plugin by its entry points.")


def check_addresses() -> Iterator[Finding]:
    """Only Studio has the whole REST API."""
    try:
        address = reverse("sample_plugin_reviews:v1:entities")
        yield ok(f"The REST API is there, such as {address}.")
    except NoReverseMatch:
        yield warning(
            "The REST API is not among the addresses of this process, so the review screens cannot reach it.",
            "Run this command in Studio (manage.py cms): the LMS has only the part about courses. If this is Studio, "
            "let its URLs include those of its plugins.",
        )


def check_current_user() -> Iterator[Finding]:
    """Where Studio does not tell core who made a change, the plugin asks this middleware."""
    if any(_is_subclass(path, CurrentRequestUserMiddleware) for path in settings.MIDDLEWARE):
        yield ok("The plugin knows which user makes a request.")
    else:
        yield problem(
            "The plugin does not know which user makes a request: where Studio does not tell core who made a change, "
            "that person can review it.",
            "Put crum.CurrentRequestUserMiddleware back into MIDDLEWARE, after Django's AuthenticationMiddleware.",
        )


def _is_subclass(path: str, cls: type[Any]) -> bool:
    middleware = import_string(path)
    return isinstance(middleware, type) and issubclass(middleware, cls)


def check_permissions() -> Iterator[Finding]:
    """Without this backend nobody but superusers has the plugin's permissions."""
    if any(isinstance(backend, ObjectPermissionBackend) for backend in get_backends()):
        yield ok("Django asks the plugin's rules who may review.")
    else:
        yield problem(
            "Django does not ask the plugin's rules who may review: nobody may, except superusers.",
            "Put rules.permissions.ObjectPermissionBackend back into AUTHENTICATION_BACKENDS.",
        )


def check_cache() -> Iterator[Finding]:
    """The limit on expensive requests counts in the cache."""
    if isinstance(caches["default"], LocMemCache | DummyCache):
        yield warning(
            "The default cache is not shared by processes, so each counts expensive requests for itself, or none does.",
            "Configure a cache such as Redis or Memcached as CACHES[“default”].",
        )
    else:
        yield ok("All processes count expensive requests in one cache.")


def check_logs() -> Iterator[Finding]:
    """A refused publish and a policy that gets weaker leave a warning in the logs."""
    silent = [
        name
        for name in ("sample_plugin.reviews.gate.refusals", "sample_plugin.reviews.policy")
        if not logging.getLogger(name).isEnabledFor(logging.WARNING)
    ]
    if silent:
        yield warning(
            f"Warnings are not logged: {listed(silent)}. Nothing shows what was refused and who opened the gate.",
            "Set the level of these loggers to WARNING in LOGGING.",
        )
    else:
        yield ok("What was refused, and who opened the gate, is in the logs.")


CHECKS = (
    Check("site.entry_points", check_entry_points),
    Check("site.addresses", check_addresses),
    Check("site.current_user", check_current_user),
    Check("site.permissions", check_permissions),
    Check("site.cache", check_cache),
    Check("site.logs", check_logs),
)
