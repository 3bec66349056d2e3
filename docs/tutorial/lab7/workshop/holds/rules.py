"""
Who may do what: ask ``user.has_perm(CAN_HOLD, learning_package)``.

The platform imports the module of this name from every app.
"""

from typing import Any

import rules
from openedx_authz.api.users import is_user_allowed
from openedx_content.models_api import LearningPackage

__all__ = ["CAN_HOLD", "CAN_VIEW"]

CAN_VIEW = "holds.view"
CAN_HOLD = "holds.hold"


def allowed_by_authz(action: str) -> Any:
    """Return the predicate: openedx-authz allows this action in the library. It says yes to global staff."""

    @rules.predicate(name=action)
    def predicate(user: Any, library: LearningPackage | None = None) -> bool:
        return library is not None and is_user_allowed(user.username, action, library.package_ref)

    return predicate


rules.add_perm(CAN_VIEW, rules.is_authenticated & rules.is_active & allowed_by_authz("content_libraries.view_library"))
rules.add_perm(
    CAN_HOLD, rules.is_authenticated & rules.is_active & allowed_by_authz("content_libraries.hold_library_content")
)
