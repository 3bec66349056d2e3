"""
The platform's part of a micro-frontend: the user who is logged in, a CSRF token, and the files.

On the platform the LMS answers the questions, and the files come from a web server of their own.
"""

from time import time

import jwt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.static import serve

# The page asks again when this is over.
LIFETIME = 60 * 60


@csrf_exempt  # It only tells a page who its user is, and the page has no token yet.
@require_POST
def login_refresh(request: HttpRequest) -> HttpResponse:
    """``POST /login_refresh``: put the user into a cookie for the page, or answer 401 if none is logged in."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"detail": "You are not logged in."}, status=401)
    now = int(time())
    claims = {
        "user_id": user.pk,
        "preferred_username": user.get_username(),
        "name": user.get_full_name(),
        "email": user.email,
        "administrator": user.is_superuser,
        "roles": [],
        "iat": now,
        "exp": now + LIFETIME,
    }
    token = jwt.encode(claims, settings.JWT_AUTH["JWT_SECRET_KEY"], algorithm=settings.JWT_AUTH["JWT_ALGORITHM"])
    response = JsonResponse({"success": True, "user_id": user.pk, "response_epoch_seconds": now})
    # Without its signature the token opens nothing: requests are authenticated by the session.
    response.set_cookie(_cookie(), token.rpartition(".")[0], max_age=LIFETIME, samesite="Lax")
    return response


@require_safe
def csrf_token(request: HttpRequest) -> HttpResponse:
    """``GET /csrf/api/v1/token``: the token that the page has to send with every change."""
    return JsonResponse({"csrfToken": get_token(request)})


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """``GET /api/notifications/count/``: tell Studio's header that there are none, and no tray for them."""
    return JsonResponse({"show_notifications_tray": False, "count": 0, "count_by_app_name": {}})


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file of the page, or the page itself, whose own router decides what an address shows."""
    if not is_built():
        return render(request, "workbench/not_built.html", status=503)
    try:
        return serve(request, path, document_root=str(settings.PAGE_DIR))
    except Http404:
        response = serve(request, "index.html", document_root=str(settings.PAGE_DIR))
    # Its scripts have other names after each build.
    add_never_cache_headers(response)
    # The page asks for the user each time it is loaded, because another user may have logged in meanwhile.
    response.delete_cookie(_cookie(), samesite="Lax")
    return response


def is_built() -> bool:
    """Return whether there is a page to serve."""
    return bool((settings.PAGE_DIR / "index.html").is_file())


def _cookie() -> str:
    """Return the name of the cookie that the page reads."""
    name: str = settings.JWT_AUTH["JWT_AUTH_COOKIE_HEADER_PAYLOAD"]
    return name
