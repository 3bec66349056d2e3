"""Whether everything that is live can be explained: whether the gate has a record of its publish."""

from __future__ import annotations

from collections.abc import Iterator

from openedx_content.models_api import LearningPackage, PublishLog

from ..evidence.data import EvidenceBasis
from ..evidence.publishes import get_live_evidence
from ..texts import one_line
from .findings import Check, Finding, ok, problem

__all__ = ["CHECKS"]


def check_explained() -> Iterator[Finding]:
    """The gate writes a record with each publish, and the installation wrote one for each that it found."""
    # Few libraries have such a publish, and what it took live may have been replaced since: the report knows.
    around_the_gate = PublishLog.objects.filter(review_judgement=None)
    packages = LearningPackage.objects.filter(pk__in=around_the_gate.values("learning_package"))
    found = False
    for package in packages.order_by("pk"):
        times = [item.published_at for item in get_live_evidence(package.id, basis=EvidenceBasis.UNEXPLAINED)]
        if not times:
            continue
        found = True
        items = "1 live item was" if len(times) == 1 else f"{len(times)} live items were"
        yield problem(
            f"In {one_line(package.package_ref)} {items} published around the gate, the last of them on "
            f"{max(times):%Y-%m-%d %H:%M %Z}.",
            "Find the code that published then: the publish logs in the admin name the user. To have it explained, "
            "edit each of these items, and publish it with a review.",
        )
    if not found:
        yield ok("Everything that is live has passed the gate, or was live before the plugin kept records.")


CHECKS = (Check("live.explained", check_explained),)
