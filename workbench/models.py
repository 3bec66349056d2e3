"""
What plugins expect to find of the platform: libraries, courses and what these took from libraries. And the clipboard.

openedx-authz keeps a row for each library or course in which a user has a role, and points it at these (see
``OPENEDX_AUTHZ_CONTENT_LIBRARY_MODEL`` and ``OPENEDX_AUTHZ_COURSE_OVERVIEW_MODEL``).
"""

from __future__ import annotations

from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocatorV2
from openedx_content.models_api import Component, Container, LearningPackage


class ContentLibraryManager(models.Manager["ContentLibrary"]):
    """Finds libraries by their keys, as the platform's manager does."""

    def get_by_key(self, library_key: LibraryLocatorV2) -> ContentLibrary:
        """Return the library ``lib:…``."""
        return self.get(package_ref=str(library_key))


class ContentLibrary(LearningPackage):
    """
    A library. The platform keeps a row of its own beside the learning package; here the one is the other.

    .. no_pii:
    """

    objects: ClassVar[ContentLibraryManager] = ContentLibraryManager()

    class Meta:
        proxy = True
        verbose_name_plural = "content libraries"

    @property
    def library_key(self) -> LibraryLocatorV2:
        """The key of the library."""
        return LibraryLocatorV2.from_string(self.package_ref)


class CourseOverview(models.Model):
    """
    A course, in the platform's table.

    .. no_pii:
    """

    id = CourseKeyField(primary_key=True, max_length=255)

    class Meta:
        db_table = "course_overviews_courseoverview"

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def get_from_id(cls, course_key: CourseKey) -> Self:
        """Return the course ``course-v1:…``."""
        return cls.objects.get(id=course_key)


class EntityLink(models.Model):
    """A block of a course that was copied from a library: what the platform's two models share."""

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)
    upstream_context_key = models.CharField(max_length=500, db_index=True)
    downstream_usage_key = UsageKeyField(unique=True, max_length=255)
    downstream_context_key = CourseKeyField(db_index=True, max_length=255)
    top_level_parent = models.ForeignKey("ContainerLink", on_delete=models.SET_NULL, null=True, blank=True)
    version_synced = models.IntegerField()
    version_declined = models.IntegerField(null=True, blank=True)
    downstream_customized = models.JSONField(default=list)
    created = models.DateTimeField(default=now)
    updated = models.DateTimeField(default=now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.downstream_usage_key}"


class ComponentLink(EntityLink):
    """
    A component in a course, in the table of Studio's contentstore.

    .. no_pii:
    """

    upstream_block = models.ForeignKey(
        Component, on_delete=models.SET_NULL, related_name="links", null=True, blank=True
    )
    upstream_usage_key = UsageKeyField(max_length=255)

    class Meta:
        db_table = "contentstore_componentlink"


class ContainerLink(EntityLink):
    """
    A unit, subsection or section in a course, in the table of Studio's contentstore.

    .. no_pii:
    """

    upstream_container = models.ForeignKey(
        Container, on_delete=models.SET_NULL, related_name="links", null=True, blank=True
    )
    # The platform has a ContainerKeyField, which older opaque-keys do not.
    upstream_container_key = models.CharField(max_length=255)

    class Meta:
        db_table = "contentstore_containerlink"


class Clipboard(models.Model):
    """
    What a user has copied last. clipboard.py says what is in it.

    .. no_pii:
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    content = models.JSONField()
    created = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"The clipboard of {self.user}"
