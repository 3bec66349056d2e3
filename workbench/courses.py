"""
Who may read a course: stands in for the platform's ``common.djangoapps.student.auth``.

There, roles in courses decide. Here it is a group of Django's for each course, which is how the platform began.
"""

import sys
from typing import Any

from django.contrib.auth.models import Group
from opaque_keys.edx.keys import CourseKey

_PLATFORMS_NAME = "common.djangoapps.student.auth"


def install() -> None:
    """Let this module be imported under the name that the platform's has."""
    sys.modules.setdefault(_PLATFORMS_NAME, sys.modules[__name__])


def get_staff(course_key: CourseKey) -> Group:
    """Return the group of the course's staff."""
    return Group.objects.get_or_create(name=f"staff of {course_key}")[0]


def has_studio_read_access(user: Any, course_key: CourseKey) -> bool:
    """Return whether the user is on the course's staff, or on that of the whole site. As there, for any key."""
    if not user.is_active:
        return False
    return bool(user.is_staff or user.groups.filter(name=f"staff of {course_key}").exists())
