"""Django admin: the outbox and the preferences, to read."""

from __future__ import annotations

from django.contrib import admin
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

from .models import Notification, Preference


@admin.register(Notification)
class NotificationAdmin(ReadOnlyModelAdmin):
    """What people were told about, and what became of it."""

    list_display = ["id", "person", "kind", "learning_package", "state", "dropped_because", "send_after", "sent_at"]
    list_select_related = ["person", "learning_package"]
    list_filter = ["state", "kind", "dropped_because"]
    search_fields = ["person__username", "learning_package__package_ref"]
    ordering = ["-pk"]
    show_full_result_count = False


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyModelAdmin):
    """When people want to be told, if they have decided."""

    list_display = ["person", "kind", "timing"]
    list_select_related = ["person"]
    list_filter = ["kind", "timing"]
    search_fields = ["person__username"]
    ordering = ["person", "kind"]
