"""The REST API: what is on hold in a library, and putting an item on hold."""

from django.core.exceptions import ObjectDoesNotExist
from django.core.exceptions import ValidationError as DjangoValidationError
from opaque_keys import InvalidKeyError
from openedx_content import api as content_api
from openedx_content.models_api import LearningPackage, PublishableEntity
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import api, keys
from .rules import CAN_HOLD, CAN_VIEW


class ReasonSerializer(serializers.Serializer):
    """What the caller sends."""

    reason = serializers.CharField()


class HoldSerializer(serializers.Serializer):
    """What the caller gets."""

    key = serializers.SerializerMethodField()
    reason = serializers.CharField()
    placed_by = serializers.CharField(source="placed_by.username", default=None)

    def get_key(self, hold) -> str:
        """Return the key by which Studio calls the item."""
        return keys.key_of(hold.entity)


class HoldsView(APIView):
    """A view for people who are logged in."""

    # Without this line the view is open to everybody: the platform's default is no permission at all.
    permission_classes = [IsAuthenticated]
    serializer_class = HoldSerializer  # for the page at /api/docs/

    def require_view(self, library: LearningPackage) -> None:
        """Raise ``NotFound`` if the caller may not view the library, as if it did not exist."""
        if not self.request.user.has_perm(CAN_VIEW, library):
            raise NotFound


class LibraryHoldsView(HoldsView):
    """What is on hold in a library."""

    def get(self, request: Request, library_key: str) -> Response:
        """List it."""
        try:
            library = content_api.get_learning_package_by_ref(library_key)
        except LearningPackage.DoesNotExist as exc:
            raise NotFound from exc
        self.require_view(library)
        holds = api.get_holds(library.id).select_related(
            "placed_by", "entity__learning_package", "entity__component__component_type"
        )
        return Response({"results": HoldSerializer(holds, many=True).data})


class EntityHoldView(HoldsView):
    """The hold on an item."""

    def get_entity(self, key: str) -> PublishableEntity:
        """Return the item. Raises ``NotFound``, and ``PermissionDenied`` if the caller may view it and no more."""
        try:
            entity = keys.find_entity(key)
        except (InvalidKeyError, ObjectDoesNotExist) as exc:
            raise NotFound from exc
        self.require_view(entity.learning_package)
        if not self.request.user.has_perm(CAN_HOLD, entity.learning_package):
            raise PermissionDenied("In this library you may not put anything on hold.")
        return entity

    def put(self, request: Request, key: str) -> Response:
        """Put it on hold."""
        entity = self.get_entity(key)
        body = ReasonSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            hold = api.place_hold(entity.id, placed_by_id=request.user.id, **body.validated_data)
        except DjangoValidationError as exc:
            raise ValidationError({"reason": exc.messages}) from exc
        return Response(HoldSerializer(hold).data)
