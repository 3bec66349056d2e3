"""
Who may do what, as ``rules`` permissions: ask ``user.has_perm(CAN_REVIEW, learning_package)``.

For a library openedx-authz answers, where it is installed. Everywhere else it is global staff, and who holds Django's
permission for the model in question. Asked through ``has_perm``, so that a site can replace a rule with
``rules.set_perm``; superusers pass all of them, as everywhere in Django. None of this lets anybody review a change of
their own: that is no permission but a rule of :func:`.api.mark_reviewed`.

The REST API also asks about libraries that do not exist, with a ``LearningPackage`` that has a ``package_ref`` and no
id.

(The module is called ``rules`` because the platform imports the module of that name from every app.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from openedx_content.models_api import LearningPackage

from . import authz
from .keys import library_key_of

__all__ = ["CAN_MANAGE_POLICY", "CAN_PUBLISH_REVIEWED", "CAN_REVIEW", "CAN_VIEW"]

#: To see what is reviewed. Asks for ``content_libraries.view_library`` in a library, and elsewhere for
#: ``sample_plugin_reviews.view_reviewedstatus``.
CAN_VIEW = "sample_plugin_reviews.view"

#: To review, and to ask for changes. Asks for ``content_libraries.review_library_content`` in a library, or for what
#: the setting ``SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION`` names, and elsewhere for
#: ``sample_plugin_reviews.add_reviewedstatus``.
CAN_REVIEW = "sample_plugin_reviews.review"

#: To publish what is reviewed. Asks for ``content_libraries.publish_library_content`` in a library, and elsewhere for
#: ``openedx_content.add_publishlog``.
CAN_PUBLISH_REVIEWED = "sample_plugin_reviews.publish_reviewed"

#: To decide whether a review is required and by how many, and to dismiss somebody's request for changes. Asks for
#: ``content_libraries.manage_library_team`` in a library, and elsewhere for
#: ``sample_plugin_reviews.change_reviewpolicy``.
CAN_MANAGE_POLICY = "sample_plugin_reviews.manage_policy"


def _is_allowed(library_action: Callable[[], str], model_permission: str) -> Any:
    """Return the predicate: this action in a library, this permission of Django's anywhere else."""

    @rules.predicate(name=model_permission)  # type: ignore[untyped-decorator]
    def predicate(user: Any, learning_package: LearningPackage | None = None) -> bool:
        if learning_package is None:
            return False  # Nobody may do any of this everywhere.
        library_key = library_key_of(learning_package)
        if library_key and authz.is_installed():
            return authz.is_allowed(user.get_username(), library_action(), library_key)
        return bool(user.is_staff or user.has_perm(model_permission))

    return predicate


for _permission, _predicate in {
    CAN_VIEW: _is_allowed(lambda: authz.VIEW, "sample_plugin_reviews.view_reviewedstatus"),
    CAN_REVIEW: _is_allowed(authz.review_action, "sample_plugin_reviews.add_reviewedstatus"),
    # Whoever may add a PublishLog may publish; core has this permission, and we need none of our own.
    CAN_PUBLISH_REVIEWED: _is_allowed(lambda: authz.PUBLISH, "openedx_content.add_publishlog"),
    CAN_MANAGE_POLICY: _is_allowed(lambda: authz.MANAGE_TEAM, "sample_plugin_reviews.change_reviewpolicy"),
}.items():
    # Anonymous people and deactivated accounts are refused here, whatever view or predicate comes after.
    rules.add_perm(_permission, rules.is_authenticated & rules.is_active & _predicate)
