"""Steps of other plugins: well-behaved, ill-behaved, and one with a veto of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from openedx_content.models_api import PublishableEntity, PublishableEntityVersion, Published, PublishLog
from openedx_filters.filters import PipelineStep

from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.models import ReviewedStatus


class Passes(PipelineStep):
    """Does what a step should when it has nothing to say."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Hand on."""
        return {"publish_log": publish_log}


class Crashes(PipelineStep):
    """Has a bug."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Fail."""
        raise ZeroDivisionError("a bug in another plugin")


class FailsInTheDatabase(PipelineStep):
    """Has a bug that the database finds."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Save the same user twice."""
        for _ in range(2):
            User.objects.create(username="twice")
        return {"publish_log": publish_log}


class FetchesAnew(PipelineStep):
    """Hands on the same publish as another object."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Hand on a copy."""
        return {"publish_log": PublishLog.objects.get(pk=publish_log.pk)}


class ReturnsNone(PipelineStep):
    """Ends the pipeline, as steps do that forget to return."""

    def run_filter(self, publish_log: PublishLog) -> None:
        """Forget to return."""


class Swaps(PipelineStep):
    """Hands on something harmless in place of what is published."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Hand on a publish without records."""
        return {"publish_log": PublishLog(pk=0)}


class Vetoes(PipelineStep):
    """Has a rule of its own."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Prevent the publish."""
        raise EntityPrePublish.PreventPublish("Nothing is published on Sundays.")


class NamesWhatItVetoes(PipelineStep):
    """Has a rule of its own, and says what breaks it."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Prevent the publish."""
        titles = publish_log.records.values_list("new_version__title", flat=True)
        raise EntityPrePublish.PreventPublish(f"Not on Sundays: {', '.join(titles)}")


class NoUnits(PipelineStep):
    """Has a rule of its own about what is in the publish."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Prevent the publish of a unit."""
        if publish_log.records.filter(entity__container__container_type__type_code="unit").exists():
            raise EntityPrePublish.PreventPublish("No units on Sundays.")
        return {"publish_log": publish_log}


class NoPlaceholders(PipelineStep):
    """Has a rule of its own about items, and names those that break it."""

    at_once: int | None = None

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Prevent the publish of items with "TODO" in the title."""
        found = publish_log.records.filter(new_version__title__contains="TODO").exclude(old_version=F("new_version"))
        reasons = dict.fromkeys(found.values_list("entity_id", flat=True)[: self.at_once], "It is not finished.")
        if reasons:
            raise EntityPrePublish.PreventPublish("Nothing was published: something is not finished.", reasons=reasons)
        return {"publish_log": publish_log}


class NoPlaceholdersOneByOne(NoPlaceholders):
    """Names only the first item that it finds."""

    at_once = 1


def _newest_versions(publish_log: PublishLog) -> dict[PublishableEntity.ID, int]:
    """Return the newest version of each entity in the publish, whatever its draft shows."""
    versions = PublishableEntityVersion.objects.filter(entity__in=publish_log.records.values("entity"))
    return dict(versions.order_by("version_num").values_list("entity_id", "pk"))


class ChangesTheRecord(PipelineStep):
    """Writes another version into what core has on record of the publish."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Change the records."""
        for entity_id, version_id in _newest_versions(publish_log).items():
            publish_log.records.filter(entity=entity_id).update(new_version=version_id)
        return {"publish_log": publish_log}


class ChangesWhatIsLive(PipelineStep):
    """Takes another version live than core has on record."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Change what learners get."""
        for entity_id, version_id in _newest_versions(publish_log).items():
            Published.objects.filter(entity=entity_id).update(version=version_id)
        return {"publish_log": publish_log}


class ChangesBoth(ChangesTheRecord):
    """Takes another version live, and has it on record as well."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Change both."""
        super().run_filter(publish_log)
        return ChangesWhatIsLive(self.filter_type, self.running_pipeline).run_filter(publish_log)


class MakesItLookLikeASideEffect(ChangesBoth):
    """Takes another version live, and has it on record as if nothing had changed."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Change all of it."""
        super().run_filter(publish_log)
        publish_log.records.update(old_version=F("new_version"))
        return {"publish_log": publish_log}


class WithdrawsTheReviews(PipelineStep):
    """Ends the reviews that the publish was judged by."""

    def run_filter(self, publish_log: PublishLog) -> dict[str, Any]:
        """Write straight into the table."""
        ReviewedStatus.objects.update(in_force=None, withdrawn_at=publish_log.published_at)
        return {"publish_log": publish_log}
