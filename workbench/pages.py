"""The pages for a browser: log in, choose a library, see its items. Their buttons call the endpoints in views/."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .authoring import get_olx
from .demo import ACCOUNTS
from .library import find_component, find_library
from .mfe import is_built
from .outline import get_outline
from .permissions import VIEW, get_libraries, require
from .steps import get_steps


class WorkbenchLoginView(LoginView):
    """Django's login page, with a list of the demo accounts."""

    template_name = "workbench/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts that exist. Their passwords are public, so only while developing."""
        names = [account.username for account in ACCOUNTS] if settings.DEBUG else []
        existing = set(get_user_model().objects.filter(username__in=names).values_list("username", flat=True))
        accounts = [account for account in ACCOUNTS if account.username in existing]
        return super().get_context_data(**kwargs, accounts=accounts)


class WorkbenchLogoutView(LogoutView):
    """Django's, to which a link may lead as well: the menu in Studio's header has one."""

    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out, and go to the login page."""
        return self.post(request, *args, **kwargs)


@login_required
def libraries(request: HttpRequest) -> HttpResponse:
    """List the libraries that the user may see, and what to try."""
    context = {"libraries": get_libraries(request.user), **_steps(request)}
    return render(request, "workbench/libraries.html", context)


def steps(request: HttpRequest) -> HttpResponse:
    """Show what to try. Needs no login, because each step names the user to log in as."""
    return render(request, "workbench/steps.html", _steps(request))


@login_required
def library(request: HttpRequest, key: str) -> HttpResponse:
    """Show one library as an outline, with buttons for the actions on each item."""
    learning_package = find_library(key)
    require(request.user, VIEW, learning_package)
    context = {"library": learning_package, "outline": get_outline(learning_package)}
    return render(request, "workbench/library.html", context)


@login_required
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Show the source of a component in a text field."""
    component = find_component(key)
    require(request.user, VIEW, component.learning_package)
    context = {
        "key": key,
        "library": component.learning_package,
        "version": component.versioning.draft,
        "olx": get_olx(component),
    }
    return render(request, "workbench/edit.html", context)


def _steps(request: HttpRequest) -> dict[str, Any]:
    return {"steps": get_steps(request.build_absolute_uri("/").rstrip("/")), "page_is_built": is_built()}
