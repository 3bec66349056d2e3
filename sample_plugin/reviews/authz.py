"""
The interface to openedx-authz: who may do what in a content library. No other module imports openedx-authz.

The platform may run without it, and it does not support Django 6, so it is imported only where it is installed. If an
import or a look-up fails there, the exception goes up: a failure never counts as a yes.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from importlib.util import find_spec
from typing import Any

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
    "one_moment",
    "one_moment_of_many_libraries",
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


@cache  # Django looks through all apps each time.
def is_installed() -> bool:
    """Return whether openedx-authz decides about libraries here."""
    return apps.is_installed("openedx_authz")


def is_allowed(username: str, action: str, library_key: LibraryLocatorV2) -> bool:
    """
    Return whether openedx-authz allows the action. It allows everything to global staff and to superusers.

    Returns False for a user whose username is the e-mail address of another user: openedx-authz looks users up by
    either, and fails if it finds two. Two queries; fewer within :func:`one_moment`.
    """
    return (_moment.get() or _Moment()).is_allowed(username, action, library_key)


# Many questions at once


@contextmanager
def one_moment() -> Iterator[None]:
    """
    Answer :func:`is_allowed` inside from the roles of one moment, and each question once.

    For a request, which asks for several permissions, and for some of them again. Each time, openedx-authz would look
    whether its roles have changed. Here that is one query, at the first question. So what a user loses meanwhile is
    lost from the next request on, as if that had come a moment earlier.
    """
    with _within(_Moment):
        yield


@contextmanager
def one_moment_of_many_libraries() -> Iterator[None]:
    """
    Answer :func:`is_allowed` as above, with one question for all libraries that are alike to openedx-authz.

    openedx-authz takes some milliseconds for each library. Its rule looks at a library only to find the roles and
    policies that apply there: where these are the same, so is the answer. If it has another rule one day, or the site
    has given it one (``CASBIN_MODEL``), it is asked about each library.
    """
    with _within(_MomentOfMany):
        yield


@contextmanager
def _within(kind: Callable[[], _Moment]) -> Iterator[None]:
    token = _moment.set(kind()) if is_installed() else None
    try:
        yield
    finally:
        if token:
            _moment.reset(token)


class _Moment:
    """The roles of one moment, and the answers so far."""

    def __init__(self) -> None:
        self._answers: dict[object, bool] = {}

    def is_allowed(self, username: str, action: str, library_key: LibraryLocatorV2) -> bool:
        asked = (username, action, self._place(username, library_key))
        if asked not in self._answers:
            self._answers[asked] = self._ask(username, action, library_key)
        return self._answers[asked]

    def _place(self, username: str, library_key: LibraryLocatorV2) -> object:
        """Return what the answer depends on, besides the user and the action."""
        return library_key

    def _ask(self, username: str, action: str, library_key: LibraryLocatorV2) -> bool:
        from openedx_authz.api.data import ActionData, ScopeData, UserData  # noqa: PLC0415, see above

        # What is_user_allowed() of openedx-authz does, which gets the enforcer anew each time.
        question = (UserData(external_key=username), ActionData(external_key=action))
        scope = ScopeData(external_key=str(library_key))
        try:
            return self._enforcer.enforce(*(one.namespaced_key for one in (*question, scope))) is True
        except MultipleObjectsReturned:
            log.warning("openedx-authz finds several people by the username “%s”, so they may do nothing.", username)
            return False

    @cached_property
    def _enforcer(self) -> Any:
        """openedx-authz's own, which has just made sure that it knows the roles of now."""
        from openedx_authz.engine.enforcer import AuthzEnforcer  # noqa: PLC0415

        return AuthzEnforcer.get_enforcer()


# In openedx-authz's engine/config/model.conf, from 1.11 to 1.35.
_RULE = (
    "is_staff_or_superuser(r_sub, r_act, r_scope) "
    '|| (g(r_sub, p_sub, r_scope) || g(r_sub, p_sub, "*")) '
    "&& keyMatch(r_scope, p_scope) && (r_act == p_act || g2(p_act, r_act))"
)


class _MomentOfMany(_Moment):
    """The roles and policies of one moment, by library."""

    def __init__(self) -> None:
        super().__init__()
        from openedx_authz.api.data import ScopeData, UserData  # noqa: PLC0415

        self._scope, self._user = ScopeData, UserData
        # What openedx-authz puts before the key of a library, once it has been asked for it: that takes as long as all
        # the rest.
        self._before_key = ""
        self._is_known = self._enforcer.get_model()["m"]["m"].value == _RULE
        self._roles = self._enforcer.get_grouping_policy()
        self._policies = _by_scope((scope, scope) for _role, _action, scope, *_ in self._enforcer.get_policy())
        self._roles_of: dict[str, Callable[[str], frozenset[object]]] = {}
        self._places: dict[tuple[str, LibraryLocatorV2], object] = {}

    def _place(self, username: str, library_key: LibraryLocatorV2) -> object:
        if not self._is_known:
            return library_key
        library = (username, library_key)
        if library not in self._places:
            self._places[library] = self._what_applies(username, library_key)
        return self._places[library]

    def _what_applies(self, username: str, library_key: LibraryLocatorV2) -> object:
        """Return the roles and policies that apply to this user in this library."""
        if username not in self._roles_of:
            user = self._user(external_key=username).namespaced_key
            # What another user has makes no difference. A role may stand in for another role.
            others = user.removesuffix(username)
            self._roles_of[username] = _by_scope(
                (scope, (subject, role))
                for subject, role, scope, *_ in self._roles
                if subject == user or not subject.startswith(others)
            )
        key = str(library_key)
        if not self._before_key:
            self._before_key = self._scope(external_key=key).namespaced_key.removesuffix(key)
        scope = f"{self._before_key}{key}"
        return self._roles_of[username](scope), self._policies(scope)


_moment: ContextVar[_Moment | None] = ContextVar("_moment", default=None)


def _by_scope[What](rows: Iterable[tuple[str, What]]) -> Callable[[str], frozenset[What]]:
    """
    Return a function that returns what applies in a scope.

    A row's scope may end with ``*``: all libraries of an organization, or all there are.
    """
    exact: dict[str, set[What]] = defaultdict(set)
    patterns: dict[str, set[What]] = defaultdict(set)
    for scope, what in rows:
        start, star, _rest = scope.partition("*")
        (patterns if star else exact)[start].add(what)

    def applying(scope: str) -> frozenset[What]:
        found = set(exact.get(scope, ()))
        for start, what in patterns.items():
            if scope.startswith(start):
                found |= what
        return frozenset(found)

    return applying


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

    wanted = {RoleData(external_key=role).namespaced_key for role in roles}
    people = _by_scope(
        (scope, UserData(namespaced_key=user).external_key)
        for user, role, scope, *_ in AuthzEnforcer.get_enforcer().get_grouping_policy()
        if role in wanted
    )
    return lambda library_key: sorted(people(ScopeData(external_key=str(library_key)).namespaced_key))
