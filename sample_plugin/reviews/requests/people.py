"""Who can be asked for a review."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from openedx_content.models_api import DraftChangeLog, LearningPackage

from .. import authz
from ..keys import library_key_of
from ..models import ReviewedStatus
from ..rules import CAN_REVIEW

__all__ = ["MAX_REVIEWERS", "find_reviewers", "may_review"]

# As many as a person can look through.
MAX_REVIEWERS = 100
# As many as are asked about: openedx-authz answers for one person at a time.
_MAX_CANDIDATES = 500


def may_review(user: Any, learning_package: LearningPackage) -> bool:
    """Return whether this user has the permission to review in the package, whoever asks."""
    return bool(user.has_perm(CAN_REVIEW, learning_package))


def find_reviewers(learning_package_id: LearningPackage.ID, /) -> list[AbstractBaseUser]:
    """
    Return the people who may review in this package, in order of username; at most 100.

    Looks among the people whom the package knows: those who have given a verdict there, who have a role of
    openedx-authz that allows it, and who have changed something, in this order and at most 500. Others who may review,
    such as global staff, can be named all the same.

    Four queries, a few in which openedx-authz reads its roles, and a look-up for each of these people. Does not check
    permissions. Raises ``LearningPackage.DoesNotExist``.
    """
    package = LearningPackage.objects.get(pk=learning_package_id)
    allowed = (user for user in islice(_candidates(package), _MAX_CANDIDATES) if may_review(user, package))
    return sorted(islice(allowed, MAX_REVIEWERS), key=lambda user: user.get_username())


def _candidates(package: LearningPackage) -> Iterator[AbstractBaseUser]:
    """Yield the people whom the package knows, each once."""
    users = get_user_model().objects.filter(is_active=True)
    verdicts = ReviewedStatus.objects.filter(entity__learning_package=package.id)
    changes = DraftChangeLog.objects.filter(learning_package=package.id)
    seen: set[int] = set()
    for people in (
        users.filter(pk__in=verdicts.values("reviewer")),
        *(users.filter(username__in=names) for names in batched(_with_role(package), 500)),
        users.filter(pk__in=changes.values("changed_by")),
    ):
        for user in people.order_by("pk")[:_MAX_CANDIDATES]:
            if user.pk not in seen:
                seen.add(user.pk)
                yield user


def _with_role(package: LearningPackage) -> list[str]:
    library_key = library_key_of(package)
    if library_key is None or not authz.is_installed():
        return []
    return authz.get_people_with_roles(authz.get_roles_that_allow(authz.review_action()))(library_key)
