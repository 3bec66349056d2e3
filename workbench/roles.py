"""
Give roles in libraries, which openedx-authz stores. If it is not installed, nothing here has an effect.

Roles are defined by openedx-authz and, since 1.24, by plugins, in files that are loaded into the database on every
deployment.
"""

from collections.abc import Callable
from importlib.util import find_spec
from io import StringIO
from threading import Lock

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpRequest, HttpResponseBase

INSTALLED = apps.is_installed("openedx_authz")
# Before, its roles were the only ones.
PLUGINS_MAY_BRING_ROLES = INSTALLED and find_spec("openedx_authz.models.schema") is not None

if INSTALLED:
    from openedx_authz.api.users import assign_role_to_user_in_scope
    from openedx_authz.engine.enforcer import AuthzEnforcer
if PLUGINS_MAY_BRING_ROLES:
    from openedx_authz.models.schema import AuthzRoleDefinition


def load_roles() -> None:
    """Load the definitions of the roles into the database, as every deployment does. Safe to call again."""
    if PLUGINS_MAY_BRING_ROLES:
        call_command("load_authz_schema", stdout=StringIO())
    elif INSTALLED:
        call_command("load_policies")


def get_roles_of_plugins() -> list[str]:
    """Return the roles for libraries that installed plugins bring."""
    if not PLUGINS_MAY_BRING_ROLES:
        return []
    roles = AuthzRoleDefinition.objects.exclude(sources__distribution="openedx-authz").order_by("role_id")
    # A list in JSON, and not every database can be asked what is in it.
    return [role.role_id for role in roles if "lib" in role.scopes]


def give_role(user: User, role: str, library_key: str) -> None:
    """Give the user a role in a library that exists. Does nothing to a user who has it."""
    if INSTALLED:
        assign_role_to_user_in_scope(user.username, role, library_key)


def first_question_alone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """
    Have openedx-authz read the roles before any request asks about them.

    It reads them at the first check. If two requests check at once, as when a page has just been opened, one may erase
    the roles that the other has read. Then every user lacks all permissions until the server is restarted (seen with
    openedx-authz 1.35).
    """
    lock = Lock()
    is_read = not INSTALLED

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonlocal is_read
        if not is_read:
            with lock:
                if not is_read:  # those who have waited need not ask again
                    AuthzEnforcer.get_enforcer()
                    is_read = True
        return get_response(request)

    return middleware
