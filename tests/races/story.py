"""A library in which there is something of everything to do, and what people do to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from openedx_content.models_api import LearningPackage, PublishableEntity

from sample_plugin.reviews import api, tasks
from sample_plugin.reviews.models import ReviewedStatus

from ..content import Item, Library, draft_record


class Story:
    """Two items that were live before, edited and deleted; new containers in each other; and what nobody reviewed."""

    def __init__(self, library: Library, reviewer: User) -> None:
        self.library = library
        self.reviewer = reviewer
        edited: Item = library.component()
        deleted: Item = library.component()
        self.review(edited, deleted)
        library.publish()
        library.edit(edited)
        library.delete(deleted)
        text = library.component()
        unit = library.unit(text)
        self.reviewed: list[Item] = [edited, deleted, text, unit, library.subsection(unit)]
        self.review(*self.reviewed)
        requested = library.component()
        self.request: int = api.request_changes(requested.id, reviewer_id=reviewer.pk, note="More salt").pk
        self.unreviewed: list[Item] = [library.component(), library.unit(), requested]

    @property
    def package_id(self) -> LearningPackage.ID:
        """The library's learning package."""
        return self.library.package.id

    def review(self, *items: Any) -> None:
        """Mark these as reviewed."""
        for item in items:
            api.mark_reviewed(item.id, reviewer_id=self.reviewer.pk)

    # What people do

    def publish(self) -> None:
        """Publish what is reviewed, as somebody does who picks it."""
        self.library.publish(*self.reviewed)

    def publish_reviewed(self) -> None:
        """Publish what is reviewed."""
        api.publish_reviewed_items(self.package_id)

    def publish_in_background(self) -> api.BackgroundPublish:
        """Publish what is reviewed, as a task."""
        return tasks.run_publish(self.package_id, user_id=self.reviewer.pk)

    def bypass(self) -> None:
        """Publish everything."""
        with api.bypass_review(reason="It is late"):
            self.library.publish()

    def review_many(self) -> None:
        """Mark all that nobody has reviewed."""
        changes: dict[PublishableEntity.ID, int] = {item.id: draft_record(item).pk for item in self.unreviewed}
        api.mark_many_reviewed(changes, reviewer_id=self.reviewer.pk)

    def withdraw(self) -> None:
        """Take a review back."""
        api.withdraw_review(self.reviewed[0].id, reviewer_id=self.reviewer.pk)

    def request_changes(self) -> None:
        """Think better of a review, and ask for changes."""
        api.request_changes(self.reviewed[0].id, reviewer_id=self.reviewer.pk, note="More salt")

    def dismiss(self) -> None:
        """Dismiss a request for changes."""
        api.dismiss_request(self.request, dismissed_by_id=self.reviewer.pk, reason="It is salt enough")

    def switch_policy(self) -> None:
        """Require no review any more."""
        api.set_review_required(self.package_id, False, changed_by=None)

    def is_done(self, act: Callable[[Story], Any]) -> bool:
        """Return whether nothing of this is left to do."""
        match act.__name__:
            case "publish" | "publish_reviewed" | "publish_in_background":
                return not api.get_reviewed_entities(self.package_id).exists()
            case "bypass" | "review_many":
                return not api.get_unreviewed_entities(self.package_id).exists()
            case "withdraw":
                # What was said of what is live stays in force.
                of_draft = ReviewedStatus.objects.filter(version=F("entity__draft__version"))
                return not of_draft.in_force().filter(entity=self.reviewed[0].id).exists()
            case "request_changes":
                return ReviewedStatus.objects.in_force().requests().filter(entity=self.reviewed[0].id).exists()
            case "dismiss":
                return not ReviewedStatus.objects.in_force().requests().exists()
            case "switch_policy":
                return not api.is_review_required(self.package_id)
        raise AssertionError(act)


ACTS = [
    Story.publish,
    Story.publish_reviewed,
    Story.bypass,
    Story.review_many,
    Story.withdraw,
    Story.request_changes,
    Story.dismiss,
    Story.switch_policy,
]
