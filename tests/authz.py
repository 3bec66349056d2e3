"""
Roles in libraries, for tests. All of it does nothing where openedx-authz is not installed.

For a conftest: ``from .authz import _django_db_setup, _forget_roles``. Then every test finds the roles that
openedx-authz and the plugins define, as after a deployment, and nobody has one from an earlier test.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import metadata
from typing import Any

import pytest
from django.contrib.auth.models import User
from edx_django_utils.cache import RequestCache

from workbench.roles import INSTALLED, PLUGINS_MAY_BRING_ROLES, give_role, load_roles

from .database import remember_rows

if INSTALLED:
    from openedx_authz.engine.enforcer import AuthzEnforcer

# To load its roles, openedx-authz asks five times which distributions are installed, and each time takes a second.
metadata.packages_distributions = cache(metadata.packages_distributions)

needs_authz = pytest.mark.skipif(not INSTALLED, reason="openedx-authz is not installed here")
needs_roles_of_plugins = pytest.mark.skipif(
    not PLUGINS_MAY_BRING_ROLES, reason="there is no openedx-authz here to which plugins can add roles"
)


@pytest.fixture(name="django_db_setup", scope="session")
def _django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, with the roles in it: to load them takes a second, which is too long for each test."""
    with django_db_blocker.unblock():
        load_roles()
        remember_rows()


@pytest.fixture(name="forget_roles", autouse=True)
def _forget_roles() -> Iterator[None]:
    """
    Have the next test find only what is in the database.

    openedx-authz keeps all roles in the memory of the process, and reads them again when a version in the database is
    not the one it has read. A test that is rolled back puts the old version back. Whether somebody is staff it keeps
    until the end of the request, and not every test makes one.
    """
    yield
    RequestCache.clear_all_namespaces()
    if INSTALLED:
        AuthzEnforcer._last_policy_loaded_version = None


def assign(user: User, role: str, library_key: Any) -> None:
    """Give the user a role in a library that exists."""
    give_role(user, role, str(library_key))
