"""
The page of what is live and why: the report of ``get_live_evidence``, by library, reviewer and time.

Not one of Django's lists: those show a query, and the report is more than that.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openedx_django_lib.admin_utils import ReadOnlyModelAdmin

from .. import api
from ..models import LiveContent
from ..texts.times import parse_time
from .filters import libraries, reviewers
from .words import ended_text, time_text, verdict_text, version_text

__all__ = ["LiveContentAdmin"]

_ON_A_PAGE = 50


class LiveContentForm(forms.Form):
    """What to report."""

    text = forms.CharField(required=False, label=gettext_lazy("Title or key"))
    library = forms.ModelChoiceField(libraries(), required=False, label=gettext_lazy("Library"))
    reviewer = forms.ModelChoiceField(reviewers(), required=False, label=gettext_lazy("Approved by"))
    basis = forms.ChoiceField(required=False, label=gettext_lazy("Basis"))
    since = forms.DateField(
        required=False, label=gettext_lazy("Published since"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        required=False, label=gettext_lazy("Published before"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the bases, in the words of today's language."""
        super().__init__(*args, **kwargs)
        basis = self.fields["basis"]
        assert isinstance(basis, forms.ChoiceField)  # noqa: S101, for mypy
        basis.choices = [("", "---------"), *((one.value, one.label) for one in api.EvidenceBasis)]

    def clean(self) -> dict[str, Any]:
        """Turn dates into times, in the time zone that the page shows. Refuse an end before the beginning."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            day: date | None = cleaned.get(name)
            cleaned[name] = parse_time(day.isoformat()) if day else None
        if cleaned["since"] and cleaned["until"] and cleaned["since"] >= cleaned["until"]:
            self.add_error("until", _("This must be after “Published since”."))
        return cleaned

    def evidence(self) -> api.Evidence:
        """Return what the form, which is valid, asks for."""
        asked = self.cleaned_data
        return api.get_live_evidence(
            asked["library"] and asked["library"].pk,
            text=asked["text"],
            reviewer_id=asked["reviewer"] and asked["reviewer"].pk,
            basis=api.EvidenceBasis(asked["basis"]) if asked["basis"] else None,
            since=asked["since"],
            until=asked["until"],
        )


@admin.register(LiveContent)
class LiveContentAdmin(ReadOnlyModelAdmin):
    """What is live, with its publish, why it could go live, and the reviews as they stood then."""

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the download. There is nothing to add, to change or to delete."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name=f"{name}_changelist"),
            path("csv/", self.admin_site.admin_view(self.download), name=f"{name}_csv"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show a page of it. The number of queries does not depend on what is on the page."""
        self._require_permission(request)
        form = LiveContentForm(request.GET)
        # Nothing, rather than everything, if the form is wrong.
        found: Any = form.evidence() if form.is_valid() else []
        page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name_plural,
            "opts": self.opts,
            "form": form,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "rows": [_row(item) for item in page],
            "query": query.urlencode(),
        }
        return TemplateResponse(request, "admin/sample_plugin_reviews/live_content.html", context)

    def download(self, request: HttpRequest) -> HttpResponseRedirect | StreamingHttpResponse:
        """Download all of it as a CSV file in UTF-8."""
        self._require_permission(request)
        form = LiveContentForm(request.GET)
        if not form.is_valid():
            page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            return HttpResponseRedirect(f"{page}?{request.GET.urlencode()}")
        return StreamingHttpResponse(
            api.csv_lines(form.evidence()),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="live-content.csv"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _require_permission(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _row(item: api.LiveEvidence) -> dict[str, Any]:
    """Return what the page shows of an item."""
    of_reviews = "admin:sample_plugin_reviews_reviewedstatus_change"
    return {
        "item": item,
        "library": item.entity.learning_package,
        "item_url": reverse("admin:openedx_content_publishableentity_change", args=[item.entity.pk]),
        "version": version_text(item.version_num),
        "published_at": time_text(item.published_at),
        "basis": item.basis.label,
        "is_alarming": item.basis == api.EvidenceBasis.UNEXPLAINED,
        "judgement_url": item.judgement
        and reverse("admin:sample_plugin_reviews_publishjudgement_change", args=[item.publish_log_id]),
        "reviews": [
            (reverse(of_reviews, args=[review.pk]), verdict_text(review), ended_text(review)) for review in item.reviews
        ],
    }
