"""
The interface to openedx-authz: who may do what in a content library. No other module imports openedx-authz.

The platform may run without it, and it does not support Django 6, so it is imported only where it is installed. If an
import or a look-up fails there, the exception goes up: a failure never counts as a yes.
"""

from __future__ import annotations

import logging

from django.apps import apps
from django.core.exceptions import MultipleObjectsReturned
from opaque_keys.edx.locator import LibraryLocatorV2

from .conf import REVIEW_ACTION

__all__ = ["MANAGE_TEAM", "PUBLISH", "VIEW", "is_allowed", "is_defined", "is_installed", "review_action"]

log = logging.getLogger(__name__)

# Defined by openedx-authz, in its constants/permissions.py.
VIEW = "content_libraries.view_library"
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
