"""What the lists have in common: what was ticked on them, and what was written beside it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

__all__ = ["NoteForm", "RecordAdmin", "note_of", "user_id_of"]


class NoteForm(ActionForm):
    """The line in which an action is chosen, with room for what there is to say."""

    # No CharField: what that refuses, Django tells as "No action selected". The API says what is wrong with a note.
    note = forms.Field(
        label=gettext_lazy("Note or reason:"), required=False, widget=forms.Textarea({"rows": 1, "cols": 40})
    )


class RecordAdmin(ReadOnlyModelAdmin):
    """What the lists have in common."""

    # The number of all rows says nothing, and counting them is slow on a large site.
    show_full_result_count = False

    def ticked(self, request: HttpRequest) -> set[str]:
        """Return the ids of what was ticked on the page; what is on other pages nobody has looked at."""
        if request.POST.get("select_across") == "1":
            text = _("Only what is on this page was taken: nobody has looked at the others.")
            self.message_user(request, text, messages.WARNING)
        return set(request.POST.getlist(ACTION_CHECKBOX_NAME))


def note_of(request: HttpRequest) -> str:
    """Return what was written beside the action."""
    # Browsers send line breaks as two characters.
    return request.POST.get("note", "").replace("\r\n", "\n").strip()


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person who is logged in."""
    assert request.user.pk is not None  # noqa: S101, the admin has no anonymous users
    return request.user.pk
