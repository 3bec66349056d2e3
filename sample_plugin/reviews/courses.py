"""
The interface to the platform's courses: what a course has taken from libraries, and who may read the course.

No other module knows these tables or imports the platform's code. Studio and the LMS share the tables, but only Studio
has the models, so this module describes the columns that it reads (docs/decisions/0033). It never writes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps
from django.db import DatabaseError, connection, models
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import CourseLocator
from openedx_content.models_api import PublishableEntity

__all__ = [
    "VIEW_COURSE",
    "CourseLink",
    "NoCourseLinksError",
    "course_exists",
    "find_links",
    "find_synced",
    "may_read",
    "parse_course_key",
]

# Defined by openedx-authz, in its constants/permissions.py.
VIEW_COURSE = "courses.view_course"


class NoCourseLinksError(Exception):
    """Raised where the platform keeps no record of what courses take from libraries."""


class _Course(models.Model):  # noqa: DJ008, no person sees it
    """A course, as the platform's ``CourseOverview`` knows it."""

    key = models.CharField(db_column="id", max_length=255, primary_key=True)

    class Meta:
        # A registry of its own, as Django's MigrationRecorder has one: Django makes no migration, no permissions and no
        # check for a table that is another's.
        apps = Apps()
        app_label = "course_overviews"
        db_table = "course_overviews_courseoverview"
        managed = False


class _Link(models.Model):
    """A block of a course and what it was copied from: the columns that the platform's two tables share."""

    usage_key = models.CharField(db_column="downstream_usage_key", max_length=255)
    course_key = models.CharField(db_column="downstream_context_key", max_length=255)
    library_key = models.CharField(db_column="upstream_context_key", max_length=500)
    version_num = models.IntegerField(db_column="version_synced")

    class Meta:
        abstract = True


class _ComponentLink(_Link):  # noqa: DJ008, no person sees it
    """A component that was copied from a library."""

    key = models.CharField(db_column="upstream_usage_key", max_length=255)
    # The primary key of a component is that of its entity.
    entity = models.ForeignKey(
        PublishableEntity, models.DO_NOTHING, db_column="upstream_block_id", null=True, related_name="+"
    )
    # The names of the fields that the course team has changed.
    customized = models.JSONField(db_column="downstream_customized")
    # When the course got this version, in its draft.
    updated = models.DateTimeField()

    class Meta:
        apps = Apps()
        app_label = "contentstore"
        db_table = "contentstore_componentlink"
        managed = False


class _ContainerLink(_Link):  # noqa: DJ008, no person sees it
    """A unit, subsection or section that was copied from a library."""

    key = models.CharField(db_column="upstream_container_key", max_length=255)
    entity_id = models.BigIntegerField(db_column="upstream_container_id", null=True)

    class Meta:
        apps = Apps()
        app_label = "contentstore"
        db_table = "contentstore_containerlink"
        managed = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseLink:
    """One block of a course that was copied from a library."""

    usage_key: str
    """The block in the course."""
    key: str
    """The item in the library."""
    library_key: str
    entity_id: PublishableEntity.ID | None
    """None if the item is not in openedx-core: the library is on another site, or the item is gone for good."""
    version_num: int
    """The version that was copied, or last synced."""


def parse_course_key(key: str) -> CourseLocator:
    """Return the key ``course-v1:…``. Raises ``InvalidKeyError``. No query."""
    parsed = CourseKey.from_string(key)
    # Older libraries and courses of coaches (CCX) are courses to opaque-keys, too.
    if type(parsed) is not CourseLocator or str(parsed) != key:
        raise InvalidKeyError(CourseKey, key)
    return parsed


def course_exists(course_key: CourseKey) -> bool:
    """Return whether the site has this course. One query."""
    # MySQL also finds keys that differ in case.
    return str(course_key) in _read(_Course, "key", key=str(course_key))


def find_links(course_key: CourseKey) -> list[CourseLink]:
    """
    Return the blocks of the course that were copied from libraries, by their keys in the course. Two queries.

    Raises :class:`NoCourseLinksError`.
    """
    links = [
        CourseLink(usage_key=usage_key, key=key, library_key=library_key, entity_id=entity_id, version_num=version_num)
        for model in (_ComponentLink, _ContainerLink)
        for usage_key, key, library_key, entity_id, version_num in _read(
            model, "usage_key", "key", "library_key", "entity_id", "version_num", course_key=str(course_key)
        )
    ]
    return sorted(links, key=lambda link: link.usage_key)


def find_synced(usage_keys: Collection[str], /, *conditions: models.Q) -> models.QuerySet[Any]:
    """
    Return those of these blocks that have a version of a library's component, to build a query on. No query yet.

    ``usage_key`` is the block's, ``entity__versions`` that one version, ``customized`` says what the course team has
    changed, and ``updated`` when the course got this version. The conditions have to be given here, because Django
    joins a second ``versions`` for a second ``filter``.
    """
    synced = models.Q(usage_key__in=usage_keys, entity__versions__version_num=models.F("version_num"))
    return _ComponentLink._default_manager.filter(synced, *conditions)


def _read(model: type[models.Model], *columns: str, **conditions: str) -> list[Any]:
    rows = model._default_manager.filter(**conditions).values_list(*columns, flat=len(columns) == 1)
    try:
        return list(rows)
    except DatabaseError as exc:
        table = model._meta.db_table
        if table in connection.introspection.table_names():
            raise
        raise NoCourseLinksError(f"This site has no table {table}, so it does not know what courses use.") from exc


def may_read(user: Any, course_key: CourseKey) -> bool:
    """
    Return whether the platform lets the user read the course in Studio; in the LMS, its staff. A few queries.

    False where the platform cannot be asked.
    """
    # The platform's own modules, which neither Studio nor the LMS can import before all apps are loaded.
    try:
        from common.djangoapps.student.auth import has_studio_read_access  # noqa: PLC0415
    except ModuleNotFoundError:
        return False
    try:
        from openedx.core.djangoapps.authz.constants import LegacyAuthoringPermission  # noqa: PLC0415
        from openedx.core.djangoapps.authz.decorators import user_has_course_permission  # noqa: PLC0415
    except ModuleNotFoundError:  # before roles in courses could be given in openedx-authz
        return has_studio_read_access(user, course_key) is True
    legacy = LegacyAuthoringPermission.READ
    return user_has_course_permission(user, VIEW_COURSE, course_key, legacy) is True
