"""Whether openedx-authz knows the action that a reviewer needs, and has a role to give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.transaction import atomic, set_rollback

from .. import authz
from ..gate import checks
from .findings import Check, Finding, from_system_check, listed, ok, problem, warning

__all__ = ["CHECKS", "unchanged"]

_ROLE = "library_reviewer"
_LOAD = "Run manage.py cms load_authz_schema."


@contextmanager
def unchanged() -> Iterator[None]:
    """Undo what is written inside: openedx-authz notes in the database that it has read the roles."""
    with atomic():
        yield
        set_rollback(True)


def check_installed() -> Iterator[Finding]:
    """Without openedx-authz there are no roles in libraries."""
    if authz.is_installed():
        yield ok("openedx-authz decides who may do what in libraries.")
    else:
        yield ok(
            "openedx-authz is not installed: global staff can review, and people with Django's permission to do so."
        )


def check_roles() -> Iterator[Finding]:
    """Roles are in files, which a command loads into the database."""
    if not authz.is_installed():
        return
    action = authz.review_action()
    with unchanged():
        roles = authz.get_roles_that_allow(action)
    if roles:
        yield ok(f"The roles that allow {action}: {listed(sorted(roles))}.")
    else:
        yield problem(
            f"No role in the database allows {action}, which a reviewer needs: only global staff can review.",
            _LOAD
            if authz.takes_roles_of_plugins()
            else "Name an action that a role allows in SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION.",
        )


def check_role_of_reviewers() -> Iterator[Finding]:
    """The role that the plugin brings."""
    if not authz.is_installed():
        return
    if not authz.takes_roles_of_plugins():
        yield ok("This release of openedx-authz takes no roles from plugins: reviewers need one of its own.")
        return
    action = authz.review_action()
    with unchanged():
        missing = [one for one in (authz.VIEW, action) if _ROLE not in authz.get_roles_that_allow(one)]
    if missing:
        yield warning(
            f"The role {_ROLE} does not allow {listed(missing)}, so people with this role cannot review.",
            f"{_LOAD} If SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION names another action, give a role that allows it.",
        )
    else:
        yield ok(f"The role {_ROLE} allows all that a reviewer needs.")


CHECKS = (
    Check("authz.installed", check_installed),
    Check(
        "authz.action",
        from_system_check(checks.check_review_action, otherwise="The action that a reviewer needs is defined."),
    ),
    Check("authz.roles", check_roles),
    Check("authz.library_reviewer", check_role_of_reviewers),
)
