"""
Permissions in a library.

As in Studio, openedx-authz decides by the roles of a user in the library, and global staff may do everything. If
openedx-authz is not installed, every user may do everything.
"""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from openedx_content.models_api import LearningPackage

from .library import is_library

if apps.is_installed("openedx_authz"):
    from openedx_authz.api.users import is_user_allowed
else:

    def is_user_allowed(*args: str) -> bool:
        """Allow everything."""
        return True


# The permissions that Studio's endpoints check.
VIEW = "content_libraries.view_library"
EDIT = "content_libraries.edit_library_content"
PUBLISH = "content_libraries.publish_library_content"
REUSE = "content_libraries.reuse_library_content"


def is_allowed(user: Any, action: str, library: LearningPackage) -> bool:
    """Return whether the user, who is logged in, may do this in the library."""
    allowed: bool = is_user_allowed(user.get_username(), action, library.package_ref)
    return allowed


def get_libraries(user: Any) -> list[LearningPackage]:
    """Return the libraries that the user, who is logged in, may see."""
    packages = LearningPackage.objects.order_by("title", "package_ref")
    return [package for package in packages if is_library(package) and is_allowed(user, VIEW, package)]


def require(user: Any, action: str, library: LearningPackage) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may do this in the library."""
    if not is_allowed(user, action, library):
        raise PermissionDenied(f"You need the permission “{action}” in {library.package_ref}.")
