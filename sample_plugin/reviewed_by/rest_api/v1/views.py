"""Whether learners see a library's reviews, and the caller's name in them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from openedx_content.models_api import LearningPackage
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sample_plugin.reviews.rest_api.v1.base import ReviewsView
from sample_plugin.reviews.rest_api.v1.schema import describe
from sample_plugin.reviews.rules import CAN_MANAGE_POLICY

from ... import api


class OnSiteSerializer(serializers.Serializer[Any]):
    """What the site has decided for everyone."""

    is_shown_on_site = serializers.BooleanField(
        read_only=True, help_text="Whether the site lets libraries show their reviews to learners."
    )


# Give "name" and "is_shown_on_site" as the instance.
class MyNameSerializer(OnSiteSerializer):
    """The name that learners see of the caller."""

    # The rules for a name are the Python API's.
    name = serializers.CharField(allow_null=True, allow_blank=True, help_text="Null: learners see no name.")


# Give "is_shown", "may_manage_policy" and "is_shown_on_site" as the instance.
class ShownLibrarySerializer(OnSiteSerializer):
    """Whether learners see a library's reviews."""

    is_shown = serializers.BooleanField(help_text="Whether the library wants learners to see its reviews.")
    may_manage_policy = serializers.BooleanField(read_only=True, help_text="Whether the caller may change that.")


class MyNameView(ReviewsView):
    """Your name, as learners see it."""

    @extend_schema(tags=["reviewed-by"])
    @describe(responses={200: MyNameSerializer})
    def get(self, request: Request) -> Response:
        """Show the name that learners see of you."""
        return self._show()

    @extend_schema(tags=["reviewed-by"])
    @describe(request=MyNameSerializer, responses={200: MyNameSerializer})
    def patch(self, request: Request) -> Response:
        """Agree that learners see your name, in all reviews of yours, or take it back."""
        body = MyNameSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        api.set_name(self.user_id, body.validated_data["name"])
        return self._show()

    def _show(self) -> Response:
        state = {"name": api.get_name(self.user_id), "is_shown_on_site": api.is_shown_on_site()}
        return Response(MyNameSerializer(state).data)


class ShownLibraryView(ReviewsView):
    """Whether learners see a library's reviews."""

    @extend_schema(tags=["reviewed-by"])
    @describe(responses={200: ShownLibrarySerializer})
    def get(self, request: Request, library_key: str) -> Response:
        """Show whether learners see the library's reviews, and whether you may change that."""
        return self._show(self.get_package(library_key))

    @extend_schema(tags=["reviewed-by"])
    @describe(request=ShownLibrarySerializer, responses={200: ShownLibrarySerializer})
    def patch(self, request: Request, library_key: str) -> Response:
        """Decide whether learners see the library's reviews."""
        package = self.get_package(library_key, CAN_MANAGE_POLICY)
        body = ShownLibrarySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        api.set_shown(package.id, body.validated_data["is_shown"], changed_by=self.user_id)
        return self._show(package)

    def _show(self, package: LearningPackage) -> Response:
        state = {
            "is_shown": api.is_shown(package.id),
            "may_manage_policy": self.request.user.has_perm(CAN_MANAGE_POLICY, package),
            "is_shown_on_site": api.is_shown_on_site(),
        }
        return Response(ShownLibrarySerializer(state).data)
