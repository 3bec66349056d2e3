"""Holds in the Django admin."""

from django.contrib import admin

from .models import Hold


@admin.register(Hold)
class HoldAdmin(admin.ModelAdmin):
    """Shows what is on hold. To place a hold, and to lift it, there are other ways."""

    list_display = ("entity", "reason", "placed_by", "placed_at")
    list_select_related = ("entity", "placed_by")

    def has_add_permission(self, request):
        """Refuse, whoever asks."""
        return False

    def has_change_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False
