"""Validate ids up front, so that a wrong id is not a foreign key error at commit."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from openedx_content.models_api import DraftChangeLog, LearningPackage, PublishableEntity

__all__ = [
    "no_change_log",
    "no_entity",
    "no_learning_package",
    "require_change_log",
    "require_learning_package",
    "require_user",
]


def require_user(user_id: int) -> None:
    """Raise ``User.DoesNotExist`` unless there is a user with this id. One query."""
    users = get_user_model()
    if not users.objects.filter(pk=user_id).exists():
        raise users.DoesNotExist(_("There is no user with the id {id}.").format(id=user_id))


def require_learning_package(learning_package_id: LearningPackage.ID) -> None:
    """Raise ``LearningPackage.DoesNotExist`` unless there is a package with this id. One query."""
    if not LearningPackage.objects.filter(pk=learning_package_id).exists():
        raise no_learning_package(learning_package_id)


def require_change_log(draft_change_log_id: int, learning_package_id: LearningPackage.ID) -> None:
    """Raise ``DraftChangeLog.DoesNotExist`` unless this package has a change log with this id. One query."""
    if not DraftChangeLog.objects.filter(pk=draft_change_log_id, learning_package=learning_package_id).exists():
        raise no_change_log(draft_change_log_id)


def no_change_log(draft_change_log_id: int) -> DraftChangeLog.DoesNotExist:
    """Return the error for a change log that does not exist."""
    return DraftChangeLog.DoesNotExist(_("There is no change log with the id {id}.").format(id=draft_change_log_id))


def no_learning_package(learning_package_id: LearningPackage.ID) -> LearningPackage.DoesNotExist:
    """Return the error for a learning package that does not exist."""
    return LearningPackage.DoesNotExist(
        _("There is no learning package with the id {id}.").format(id=learning_package_id)
    )


def no_entity(entity_id: PublishableEntity.ID) -> PublishableEntity.DoesNotExist:
    """Return the error for an entity that does not exist."""
    return PublishableEntity.DoesNotExist(_("There is no entity with the id {id}.").format(id=entity_id))
