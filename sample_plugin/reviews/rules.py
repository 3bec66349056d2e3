"""
Permissions, defined with ``rules``: ask ``user.has_perm(CAN_REVIEW, learning_package)``.

In a library openedx-authz decides, where it is installed. Everywhere else global staff are allowed, and users with
Django's permission for the model in question. Ask through ``has_perm``, so that a site can replace a rule with
``rules.set_perm``. Superusers pass all of them, as everywhere in Django. No permission lets reviewers review their own
changes: a rule of :func:`.api.mark_reviewed` decides that, not a permission.

The REST API also asks about libraries that do not exist, with a ``LearningPackage`` that has a ``package_ref`` and no
id.

(The module is called ``rules`` because the platform imports the module of that name from every app.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from opaque_keys.edx.keys import CourseKey
from openedx_content.models_api import LearningPackage

from . import authz, courses
from .keys import library_key_of
from .reading.my_reviews import MyLibrary

__all__ = [
    "CAN_MANAGE_POLICY",
    "CAN_PUBLISH_REVIEWED",
    "CAN_REQUEST_REVIEW",
    "CAN_REVIEW",
    "CAN_VIEW",
    "CAN_VIEW_COURSE",
    "find_libraries",
]

#: To see what is reviewed. Asks for ``content_libraries.view_library`` in a library, and elsewhere for
#: ``sample_plugin_reviews.view_reviewedstatus``.
CAN_VIEW = "sample_plugin_reviews.view"

#: To review, and to request changes. Asks for ``content_libraries.review_library_content`` in a library, or for the
#: action in the setting ``SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION``, and elsewhere for
#: ``sample_plugin_reviews.add_reviewedstatus``.
CAN_REVIEW = "sample_plugin_reviews.review"

#: To ask for a review: an author says that a change is done, their own or a colleague's. Asks for
#: ``content_libraries.edit_library_content`` in a library, and elsewhere for
#: ``sample_plugin_reviews.add_reviewrequest``.
CAN_REQUEST_REVIEW = "sample_plugin_reviews.request_review"

#: To publish reviewed changes. Asks for ``content_libraries.publish_library_content`` in a library, and elsewhere for
#: ``openedx_content.add_publishlog``.
CAN_PUBLISH_REVIEWED = "sample_plugin_reviews.publish_reviewed"

#: To decide whether a review is required and by how many people, to dismiss a reviewer's request for changes, and to
#: withdraw another author's request for a review. With the permission to publish, also to publish without a review.
#: Asks for ``content_libraries.manage_library_team`` in a library, and elsewhere for
#: ``sample_plugin_reviews.change_reviewpolicy``.
CAN_MANAGE_POLICY = "sample_plugin_reviews.manage_policy"

#: To see which blocks of a course came from libraries, and how they were judged there: ask with the key of the course.
#: The platform decides, in the LMS as in Studio: it asks for ``courses.view_course`` if the course has its roles in
#: openedx-authz, and otherwise for a role on the course's staff. False where the platform cannot be asked.
CAN_VIEW_COURSE = "sample_plugin_reviews.view_course"


def _is_allowed(library_action: Callable[[], str], model_permission: str) -> Any:
    """Return the predicate: this action in a library, this Django permission anywhere else."""

    @rules.predicate(name=model_permission)  # type: ignore[untyped-decorator]
    def predicate(user: Any, learning_package: LearningPackage | None = None) -> bool:
        if learning_package is None:
            return False  # None of these permissions covers the whole site.
        library_key = library_key_of(learning_package)
        if library_key and authz.is_installed():
            return authz.is_allowed(user.get_username(), library_action(), library_key)
        return bool(user.is_staff or user.has_perm(model_permission))

    return predicate


for _permission, _predicate in {
    CAN_VIEW: _is_allowed(lambda: authz.VIEW, "sample_plugin_reviews.view_reviewedstatus"),
    CAN_REVIEW: _is_allowed(authz.review_action, "sample_plugin_reviews.add_reviewedstatus"),
    CAN_REQUEST_REVIEW: _is_allowed(lambda: authz.EDIT, "sample_plugin_reviews.add_reviewrequest"),
    # A user who may add a PublishLog may publish. Core has this permission, so the plugin does not add one.
    CAN_PUBLISH_REVIEWED: _is_allowed(lambda: authz.PUBLISH, "openedx_content.add_publishlog"),
    CAN_MANAGE_POLICY: _is_allowed(lambda: authz.MANAGE_TEAM, "sample_plugin_reviews.change_reviewpolicy"),
}.items():
    # Anonymous users and deactivated accounts are refused here, whatever view or predicate comes after.
    rules.add_perm(_permission, rules.is_authenticated & rules.is_active & _predicate)


@rules.predicate(name=CAN_VIEW_COURSE)  # type: ignore[untyped-decorator]
def _may_read_course(user: Any, course_key: CourseKey | None = None) -> bool:
    return course_key is not None and courses.may_read(user, course_key)


rules.add_perm(CAN_VIEW_COURSE, rules.is_authenticated & rules.is_active & _may_read_course)


def find_libraries(user: Any) -> list[MyLibrary]:
    """
    Return the libraries that this user may view, each with what else a list of reviews depends on.

    Asks ``user.has_perm`` about each library, so a replaced rule holds. One query, and the two of openedx-authz: see
    :func:`.authz.one_moment_of_many_libraries`. The time grows with the number of libraries on the site, and not with
    what is in them.
    """
    packages = LearningPackage.objects.select_related("review_policy").order_by("pk")
    with authz.one_moment_of_many_libraries():
        return [
            MyLibrary(
                learning_package=package,
                may_review=user.has_perm(CAN_REVIEW, package),
                may_manage_policy=user.has_perm(CAN_MANAGE_POLICY, package),
            )
            for package in packages
            if library_key_of(package) and user.has_perm(CAN_VIEW, package)
        ]
