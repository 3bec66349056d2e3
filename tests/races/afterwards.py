"""
What must hold once all is committed, in whatever order: on every database, and less than the journal can tell.

A verdict on a version that is live is not withdrawn any more, and nobody can request changes of that version. So what
a publish counted on is still there afterwards; if it is not, somebody has come between its judgement and its commit.
"""

from __future__ import annotations

from django.db.models import F
from openedx_content.models_api import LearningPackage, Published, PublishLogRecord

from sample_plugin.reviews.models import Basis, ReviewedStatus


def live_against_verdicts(learning_package_id: LearningPackage.ID) -> list[str]:
    """Return which versions went live as reviewed, and are not, in sentences. Leaves deletions to the journal."""
    wrong = []
    changes = PublishLogRecord.objects.exclude(old_version=F("new_version"))
    for live in Published.objects.filter(entity__learning_package=learning_package_id, version__isnull=False):
        # The latest publish of it need not be the one that changed it: containers are published with their parts.
        went_live = changes.filter(entity=live.entity_id, new_version=live.version_id).latest("pk")
        verdicts = ReviewedStatus.objects.in_force().filter(version=live.version_id)
        is_reviewed = verdicts.reviews().exists() and not verdicts.requests().exists()
        if went_live.publish_log.review_judgement.basis == Basis.REVIEWED and not is_reviewed:
            wrong.append(
                f"Version {live.version_id} of entity {live.entity_id} went live as reviewed: {list(verdicts)}"
            )
    return wrong
