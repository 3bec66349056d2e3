"""Whether everything that is live can be explained: whether the gate has a record of its publish."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Max
from openedx_content.models_api import LearningPackage, PublishLogRecord

from ..texts import one_line
from .findings import Check, Finding, ok, problem

__all__ = ["CHECKS"]


def check_explained() -> Iterator[Finding]:
    """The gate writes a record with each publish, and the installation wrote one for each that it found."""
    unexplained = (
        PublishLogRecord.objects.filter(publish_log__review_judgement=None, entity__published__version=F("new_version"))
        # A side effect on a container takes nothing of the container itself live.
        .exclude(old_version=F("new_version"))
        .order_by()
        .values(package=F("publish_log__learning_package"))
        .annotate(items=Count("entity", distinct=True), last=Max("publish_log__published_at"))
    )
    found = False
    for row in unexplained.order_by("package").iterator(1000):
        found = True
        name = one_line(LearningPackage.objects.get(pk=row["package"]).package_ref)
        items = "1 live item was" if row["items"] == 1 else f"{row['items']} live items were"
        yield problem(
            f"In {name} {items} published around the gate, the last of them on {row['last']:%Y-%m-%d %H:%M %Z}.",
            "Find the code that published then: the publish logs in the admin name the user. To have it explained, "
            "edit each of these items, and publish it with a review.",
        )
    if not found:
        yield ok("Everything that is live has passed the gate, or was live before the plugin kept records.")


CHECKS = (Check("live.explained", check_explained),)
