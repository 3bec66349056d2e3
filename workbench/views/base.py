"""What the endpoints have in common."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core import exceptions as django_exceptions
from django.db import IntegrityError, transaction
from django.utils.decorators import method_decorator
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView


class AtomicStudioView(APIView):
    """An endpoint of Studio's that runs in the transaction around its request, as few of its library endpoints do."""

    permission_classes = [IsAuthenticated]
    # They stand in for Studio's, which a plugin's OpenAPI schema does not hold either.
    schema = None


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class StudioView(AtomicStudioView):
    """An endpoint of Studio's that opts out of that transaction, as most of them do."""


@contextmanager
def wrong_input_is_a_400() -> Iterator[None]:
    """Answer with a 400 where core refuses what was sent. Studio answers a 500 to some of it."""
    try:
        yield
    except django_exceptions.ValidationError as exc:
        raise ValidationError(exc.messages) from exc
    except IntegrityError as exc:
        raise ValidationError(["An item with this key exists already: choose another key."]) from exc
