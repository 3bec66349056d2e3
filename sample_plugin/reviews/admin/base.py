"""Shared by the lists: the ticked rows, and the note beside an action."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

__all__ = ["NoteForm", "RecordAdmin", "TickedRowsAdmin", "note_of", "user_id_of"]


class NoteForm(ActionForm):
    """The form with the actions, and a field for the note or reason."""

    # Not a CharField: if it refuses a note, Django says "No action selected". The API says what is wrong with the note.
    note = forms.Field(
        label=gettext_lazy("Note or reason:"), required=False, widget=forms.Textarea({"rows": 1, "cols": 40})
    )


# The maximum of a BigAutoField. A larger number is an error in SQLite.
_MAX_ID = 2**63 - 1


class TickedRowsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Runs actions on valid ids only: Django crashes on an id that is not a number."""

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Leave out ids that cannot exist, and report their number."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        possible = [row for row in ticked if re.fullmatch("[0-9]{1,19}", row) and int(row) <= _MAX_ID]
        wrong = len(ticked) - len(possible)
        if wrong:
            text = ngettext(
                "{count} of the rows that you ticked does not exist. Reload the page.",
                "{count} of the rows that you ticked do not exist. Reload the page.",
                wrong,
            )
            self.message_user(request, text.format(count=wrong), messages.ERROR)
            post = request.POST.copy()
            post.setlist(ACTION_CHECKBOX_NAME, possible)
            request.POST = post  # type: ignore[assignment]
        # Since 6.1 Django says on which page the action was chosen.
        return super().response_action(request, queryset, *args, **kwargs)


class RecordAdmin(TickedRowsAdmin, ReadOnlyModelAdmin):
    """A read-only list of records."""

    # The number of all rows is not needed, and counting them is slow on a large site.
    show_full_result_count = False

    def ticked(self, request: HttpRequest) -> set[str]:
        """Return the ids of the ticked rows of this page. Other pages are left out: the user has not seen them."""
        if request.POST.get("select_across") == "1":
            text = _("The action ran on this page only. Repeat it on the other pages, after you have looked at them.")
            self.message_user(request, text, messages.WARNING)
        return set(request.POST.getlist(ACTION_CHECKBOX_NAME))


def note_of(request: HttpRequest) -> str:
    """Return the note beside the action."""
    # Browsers send line breaks as two characters.
    return request.POST.get("note", "").replace("\r\n", "\n").strip()


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the user who is logged in."""
    assert request.user.pk is not None  # noqa: S101, the admin has no anonymous users
    return request.user.pk
