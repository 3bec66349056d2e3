"""Who may do what, as ``rules`` permissions. The platform imports the module of this name from every app."""

from __future__ import annotations

from typing import Any

import rules
from django.apps import apps
from opaque_keys import InvalidKeyError
from opaque_keys.edx.locator import LibraryLocatorV2
from openedx_content.models_api import LearningPackage

CAN_PROOFREAD = "house_rules.proofread"
ACTION = "content_libraries.proofread_library_content"


@rules.predicate
def may_proofread(user: Any, learning_package: LearningPackage | None = None) -> bool:
    """Ask openedx-authz about a library, where it is installed; anywhere else it is for global staff."""
    if learning_package is None:
        return False
    try:
        library_key = LibraryLocatorV2.from_string(learning_package.package_ref)
    except InvalidKeyError:
        return bool(user.is_staff)
    if not apps.is_installed("openedx_authz"):
        return bool(user.is_staff)
    from openedx_authz.api.users import is_user_allowed  # noqa: PLC0415, not installed everywhere

    return is_user_allowed(user.get_username(), ACTION, str(library_key)) is True


# Anonymous people and deactivated accounts are refused here, whatever the predicate says.
rules.add_perm(CAN_PROOFREAD, rules.is_authenticated & rules.is_active & may_proofread)
