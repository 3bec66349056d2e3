"""Django admin: shows what libraries and reviewers decided. A name that should not be seen can be deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

from .models import NamedReviewer, ShownLibrary


@admin.register(ShownLibrary)
class ShownLibraryAdmin(ReadOnlyModelAdmin):
    """Which libraries show their reviews, and who decided it."""

    list_display = ["learning_package", "is_shown", "changed_by", "changed_at"]
    list_select_related = ["learning_package", "changed_by"]
    list_filter = ["is_shown"]
    search_fields = ["learning_package__package_ref"]
    ordering = ["-changed_at"]


@admin.register(NamedReviewer)
class NamedReviewerAdmin(ReadOnlyModelAdmin):
    """Under which names learners see reviewers."""

    list_display = ["user", "name", "agreed_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "name"]
    ordering = ["user"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it to users with Django's permission: reviewers type the names themselves."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
