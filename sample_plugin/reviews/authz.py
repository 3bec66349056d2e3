"""
The interface to openedx-authz: who may do what in a content library. No other module imports openedx-authz.

The platform may run without it, and it does not support Django 6, so it is imported only where it is installed. If an
import or a look-up fails there, the exception goes up: a failure never counts as a yes.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import MultipleObjectsReturned
from opaque_keys.edx.locator import LibraryLocatorV2

from .conf import REVIEW_ACTION

__all__ = [
    "EDIT",
    "MANAGE_TEAM",
    "PUBLISH",
    "VIEW",
    "get_people_with_roles",
    "get_roles_that_allow",
    "is_allowed",
    "is_defined",
    "is_installed",
    "review_action",
    "takes_roles_of_plugins",
]

log = logging.getLogger(__name__)

# Defined by openedx-authz, in its constants/permissions.py.
VIEW = "content_libraries.view_library"
EDIT = "content_libraries.edit_library_content"
PUBLISH = "content_libraries.publish_library_content"
MANAGE_TEAM = "content_libraries.manage_library_team"


def review_action() -> str:
    """Return the action that a reviewer needs: ours, unless the site has configured another."""
    return REVIEW_ACTION.read()


def is_installed() -> bool:
    """Return whether openedx-authz decides about libraries here."""
    return apps.is_installed("openedx_authz")


def is_allowed(username: str, action: str, library_key: LibraryLocatorV2) -> bool:
    """
    Return whether openedx-authz allows the action. It allows everything to global staff and to superusers.

    Returns False for a user whose username is the e-mail address of another user: openedx-authz looks users up by
    either, and fails if it finds two.
    """
    from openedx_authz.api.users import is_user_allowed  # noqa: PLC0415, see above

    try:
        return is_user_allowed(username, action, str(library_key)) is True
    except MultipleObjectsReturned:
        log.warning("openedx-authz finds several people by the username “%s”, so they may do nothing.", username)
        return False


def is_defined(action: str) -> bool:
    """
    Return whether openedx-authz, or a plugin's schema file, defines this action. No query.

    Does not check whether the files have been loaded into the database (``load_authz_schema``).
    """
    try:
        from openedx_authz.engine.schema.discovery import SchemaDiscovery  # noqa: PLC0415
    except ImportError:
        # Before 1.24 the actions are constants, and plugins cannot add to them.
        from openedx_authz.constants import permissions  # noqa: PLC0415

        return action in {getattr(constant, "identifier", None) for constant in vars(permissions).values()}
    import yaml  # noqa: PLC0415, comes with openedx-authz

    # openedx-authz's own loader takes a second, and every start of Django would wait for it.
    name = action.rpartition(".")[2].encode()
    return any(
        f"{permission['namespace']}.{permission['name']}" == action
        for contents in (resource.read_bytes() for resource in SchemaDiscovery().discover())
        if name in contents
        for permission in yaml.safe_load(contents).get("permissions") or ()
    )


# What reviews_doctor asks


def takes_roles_of_plugins() -> bool:
    """Return whether this release of openedx-authz, 1.24 or newer, loads roles and actions from plugins."""
    return find_spec("openedx_authz.engine.schema") is not None


def get_roles_that_allow(action: str) -> set[str]:
    """
    Return the roles, as they are loaded in the database, that allow this action.

    A few queries if the roles have changed since openedx-authz has read them.
    """
    from openedx_authz.api.data import ActionData, RoleData  # noqa: PLC0415
    from openedx_authz.engine.enforcer import AuthzEnforcer  # noqa: PLC0415

    enforcer = AuthzEnforcer.get_enforcer()
    wanted = ActionData(external_key=action).namespaced_key
    # Some actions imply others.
    actions = {wanted, *(more for more, less, *_ in enforcer.get_named_grouping_policy("g2") if less == wanted)}
    return {
        RoleData(namespaced_key=role).external_key
        for role, one, _scope, effect, *_ in enforcer.get_policy()
        if one in actions and effect == "allow"
    }


def get_people_with_roles(roles: set[str]) -> Callable[[LibraryLocatorV2], list[str]]:
    """
    Return a function that returns the usernames of the people who have one of these roles in a library, sorted.

    Queries as above; the function itself runs none. The accounts may be gone or inactive.
    """
    from openedx_authz.api.data import RoleData, ScopeData, UserData  # noqa: PLC0415
    from openedx_authz.engine.enforcer import AuthzEnforcer  # noqa: PLC0415

    by_scope: dict[str, set[str]] = defaultdict(set)
    wanted = {RoleData(external_key=role).namespaced_key for role in roles}
    for user, role, scope, *_ in AuthzEnforcer.get_enforcer().get_grouping_policy():
        if role in wanted:
            by_scope[scope].add(UserData(namespaced_key=user).external_key)
    # A role can be given in all libraries of an organization, or everywhere.
    patterns = [scope for scope in by_scope if scope.endswith("*")]

    def people(library_key: LibraryLocatorV2) -> list[str]:
        scope = ScopeData(external_key=str(library_key)).namespaced_key
        found = set(by_scope.get(scope, ()))
        for pattern in patterns:
            if scope.startswith(pattern.removesuffix("*")):
                found |= by_scope[pattern]
        return sorted(found)

    return people
