"""
What openedx-authz expects to find of the platform, a model for libraries and one for courses; and the clipboard.

openedx-authz keeps a row for each library or course in which a user has a role, and points it at these (see
``OPENEDX_AUTHZ_CONTENT_LIBRARY_MODEL`` and ``OPENEDX_AUTHZ_COURSE_OVERVIEW_MODEL``).
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocatorV2
from openedx_content.models_api import LearningPackage


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
    A course. There are none in the workbench.

    .. no_pii:
    """

    id = CourseKeyField(primary_key=True, max_length=255)

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def get_from_id(cls, course_key: CourseKey) -> Self:
        """Return the course ``course-v1:…``."""
        return cls.objects.get(id=course_key)


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
