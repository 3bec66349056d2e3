"""Filters of the lists, with a choice for each library and each reviewer: a drop-down list instead of many links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openedx_content.models_api import LearningPackage

from ..models import ReviewedStatus

__all__ = ["LibraryFilter", "ReviewerFilter", "libraries", "reviewers"]


def libraries() -> QuerySet[LearningPackage]:
    """Return the learning packages to choose from."""
    return LearningPackage.objects.order_by("package_ref")


def reviewers() -> QuerySet[Any]:
    """Return the users to choose from: all who have ever given a verdict."""
    User = get_user_model()
    given = ReviewedStatus.objects.filter(reviewer=OuterRef("pk"))
    return User.objects.filter(Exists(given)).order_by(User.USERNAME_FIELD)


class StateFilter(admin.SimpleListFilter):
    """Base: a value that is not among the choices is an error, and Django says so. By itself it would be ignored."""

    def chosen(self) -> str | None:
        """Return the value; None for all. Raises ``IncorrectLookupParameters``."""
        value = self.value() or None
        if value is not None and value not in {str(choice) for choice, _label in self.lookup_choices}:
            raise IncorrectLookupParameters
        return value


class _DropDownFilter(StateFilter):
    """Base of filters with many choices."""

    template = "admin/sample_plugin_reviews/drop_down_filter.html"

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield the choice of all, with what else is in the address, and then the others."""
        others = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        yield {"value": "", "display": _("All"), "selected": not self.value(), "others": others}
        for value, label in self.lookup_choices:
            yield {"value": value, "display": label, "selected": self.value() == str(value)}

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Any]:
        """Count nothing: there may be hundreds of choices."""
        return {}


class LibraryFilter(_DropDownFilter):
    """Filters by learning package. The list says in ``library_path`` how its rows lead there."""

    title = gettext_lazy("library")
    parameter_name = "library"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, str]]:
        """Return all packages, and remember the path."""
        self._path = model_admin.library_path
        return libraries().values_list("pk", "package_ref")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of the chosen package."""
        package_id = self.chosen()
        return queryset if package_id is None else queryset.filter(**{self._path: package_id})


class ReviewerFilter(_DropDownFilter):
    """Filters verdicts by who gave them. A list of something else says in ``of_reviewer`` which rows are meant."""

    title = gettext_lazy("reviewer")
    parameter_name = "reviewer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, str]]:
        """Return all reviewers."""
        return reviewers().values_list("pk", get_user_model().USERNAME_FIELD)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of the chosen reviewer."""
        user_id = self.chosen()
        return queryset if user_id is None else self.of_reviewer(queryset, int(user_id))

    def of_reviewer(self, queryset: QuerySet[Any], user_id: int) -> QuerySet[Any]:
        """Return the rows of this reviewer."""
        return queryset.filter(reviewer=user_id)
