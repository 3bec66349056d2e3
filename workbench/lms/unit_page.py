"""The page of a unit, which needs the XBlock packages."""

from typing import cast

from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import render
from opaque_keys.edx.keys import UsageKey
from rest_framework.request import Request

from workbench import preview
from workbench.demo.course import BLOCKS, UNIT_KEY
from workbench.views.base import AtomicStudioView

if preview.is_installed():
    from . import unit


class UnitView(AtomicStudioView):
    """``GET /xblock/{unit}``: the page that the learning front end has in an iframe."""

    def get(self, request: Request, key: str) -> HttpResponse:
        """Render the demo's unit for a learner. Everybody who is logged in may see it."""
        if key != UNIT_KEY or not preview.is_installed():
            raise Http404(f"There is no unit with the key “{key}”, or no XBlocks to render it with.")
        blocks = [block.key for block in BLOCKS]
        fragment = unit.render(UsageKey.from_string(key), blocks, cast(User, request.user))
        return render(request, "workbench/preview.html", {"fragment": fragment})
