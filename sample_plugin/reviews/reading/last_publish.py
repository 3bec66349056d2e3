"""The last publish of a learning package, as the gate judged it."""

from __future__ import annotations

from openedx_content.models_api import LearningPackage

from ..models import PublishJudgement

__all__ = ["get_last_judgement"]


def get_last_judgement(learning_package_id: LearningPackage.ID, /) -> PublishJudgement | None:
    """
    Return the judgement of the package's newest publish that took anything live; None if there is none on record.

    One query. Does not check permissions.
    """
    judgements = PublishJudgement.objects.filter(publish_log__learning_package=learning_package_id, change_count__gt=0)
    return judgements.order_by("-publish_log").first()
