"""Django admin: conversations and what libraries require of them, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

from .models import Comment, Conversation, ConversationPolicy, Resolution


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    """Rows of a conversation."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False


class CommentInline(ReadOnlyInline):
    """The comments of a conversation."""

    model = Comment


class ResolutionInline(ReadOnlyInline):
    """When a conversation was resolved and opened again."""

    model = Resolution


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyModelAdmin):
    """All conversations, with their comments."""

    list_display = ["entity", "version_num", "about", "place", "is_resolved", "learning_package"]
    list_select_related = ["entity__learning_package"]
    list_filter = ["about"]
    search_fields = ["entity__entity_ref", "entity__learning_package__package_ref", "comments__body"]
    ordering = ["-pk"]
    show_full_result_count = False
    fields = ["entity", "version_num", "about", "place", "is_resolved"]
    readonly_fields = ["place", "is_resolved"]
    inlines = [CommentInline, ResolutionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        """Load what the column “resolved” asks for."""
        return super().get_queryset(request).prefetch_related("resolutions")

    @admin.display(description=_("place"))
    def place(self, conversation: Conversation) -> SafeString | str:
        """What the conversation is about, with what was around it."""
        anchor = conversation.get_anchor()
        return format_html_join("", "<div>{}</div>", ((text,) for text in anchor.neighbours)) or "-"

    @admin.display(description=_("resolved"), boolean=True)
    def is_resolved(self, conversation: Conversation) -> bool:
        """Whether a resolution is in force."""
        return conversation.resolution is not None

    @admin.display(description=_("learning package"))
    def learning_package(self, conversation: Conversation) -> Any:
        """The learning package of the item."""
        return conversation.entity.learning_package


@admin.register(ConversationPolicy)
class ConversationPolicyAdmin(ReadOnlyModelAdmin):
    """The libraries that decided whether conversations must be resolved before a publish."""

    list_display = ["learning_package", "resolution_required", "changed_by", "changed_at"]
    list_select_related = ["learning_package", "changed_by"]
    search_fields = ["learning_package__package_ref"]
    ordering = ["learning_package"]
