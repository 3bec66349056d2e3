"""Find live content by a part of its name, and by who had approved it."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import Exists, OuterRef, Q
from opaque_keys import InvalidKeyError
from opaque_keys.edx.locator import LibraryContainerLocator

from ..keys import parse_key
from ..models import ReviewedStatus

__all__ = ["had_approved", "is_called"]


def had_approved(reviewer_id: int) -> Q:
    """
    Return the condition under which this user's approval of a ``Published`` row stood at ``judged_at``, an annotation.

    The same as :meth:`.LiveEvidence.is_approved_by`, for a database that has to count rows and take pages of them.
    """
    approvals = ReviewedStatus.objects.reviews().filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=OuterRef("judged_at")),
        version=OuterRef("version"),
        reviewer=reviewer_id,
        created__lte=OuterRef("judged_at"),
    )
    return Q(Exists(approvals))


def is_called(text: str) -> Q:
    """
    Return the condition under which a ``Published`` row has this text in its title or code, or is what this key names.

    The row needs ``component_code`` and ``container_code``, in lower case: core keeps codes in a collation in which
    MySQL's LIKE distinguishes "Salt" from "salt".
    """
    condition = (
        Q(version__title__icontains=text)
        | Q(component_code__contains=text.lower())
        | Q(container_code__contains=text.lower())
    )
    with suppress(InvalidKeyError):
        key = parse_key(text)
        named = (
            Q(entity__container__container_code=key.container_id)
            if isinstance(key, LibraryContainerLocator)
            else Q(entity__component__component_code=key.usage_id)
        )
        condition |= named & Q(entity__learning_package__package_ref=str(key.lib_key))
    return condition
