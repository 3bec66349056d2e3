"""
The data of requests and answers.

Docstrings and help texts become the API's documentation; notes for views are in comments.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity
from rest_framework import serializers

from ... import api, keys
from ...models import DELETION, PublishJudgement, ReviewedStatus
from ...rules import CAN_REVIEW
from ...texts import complaint_about_characters

# A reviewer cannot have looked at more changes than this.
MAX_REVIEWS = 1_000
# The maximum number of items that an answer lists; its counts include all of them.
MAX_NAMED = 1_000


class PersonSerializer(serializers.Serializer[Any]):
    """A user."""

    username = serializers.CharField(source="get_username")
    name = serializers.CharField(source="get_full_name", help_text="Empty if the account has none.")
    is_active = serializers.BooleanField(help_text="False if the account is deactivated.")

    def to_representation(self, user: Any) -> dict[str, Any]:
        """Return these fields. A page has hundreds of people, and DRF takes long for each."""
        return show_person(user)


def show_person(user: Any) -> dict[str, Any]:
    """Return a user as ``PersonSerializer`` describes it."""
    return {"username": user.get_username(), "name": user.get_full_name(), "is_active": user.is_active}


# Give reviews_context() in the context.
class ReviewSerializer(serializers.Serializer[ReviewedStatus]):
    """One person's verdict on one draft change."""

    id = serializers.IntegerField()
    reviewer = PersonSerializer(allow_null=True, help_text="Null if the account was deleted since.")
    reviewer_may_review = serializers.SerializerMethodField()
    created = serializers.DateTimeField()
    verdict = serializers.ChoiceField(api.Verdict.values)
    note = serializers.CharField()
    version_num = serializers.SerializerMethodField(help_text="The version reviewed; null for a deletion.")
    is_carried_over = serializers.SerializerMethodField(
        help_text="True if a save changed nothing, and so an earlier review was carried over."
    )
    in_force = serializers.SerializerMethodField(help_text="False once withdrawn.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = PersonSerializer(allow_null=True)
    replaced = serializers.SerializerMethodField(
        help_text="Whether it was withdrawn because its reviewer gave another verdict on the same change."
    )
    withdrawn_reason = serializers.CharField(help_text="The reason, if the request was dismissed; empty otherwise.")

    @extend_schema_field(
        serializers.BooleanField(
            allow_null=True,
            help_text="Whether the reviewer may still review in the library; null if the account was deleted. The "
            "review counts until it is withdrawn, even if its reviewer may no longer review.",
        )
    )
    def get_reviewer_may_review(self, review: ReviewedStatus) -> bool | None:
        """Ask once for each person and library, however many reviews there are."""
        reviewer = review.reviewer
        if reviewer is None:
            return None
        package = self.context["packages"][review.entity_id]
        known: dict[tuple[int, int], bool] = self.context["may_review_today"]
        asked = (reviewer.pk, package.pk)
        if asked not in known:
            known[asked] = bool(reviewer.is_active and reviewer.has_perm(CAN_REVIEW, package))
        return known[asked]

    def get_version_num(self, review: ReviewedStatus) -> int | None:
        """Return null for a deletion."""
        return None if review.version_num == DELETION else review.version_num

    def get_is_carried_over(self, review: ReviewedStatus) -> bool:
        """Return whether the plugin carried the verdict over from an earlier version."""
        return review.carried_over_from_id is not None

    def get_replaced(self, review: ReviewedStatus) -> bool:
        """Return whether its reviewer replaced it. What is in force may have been loaded without that."""
        return review.in_force is not True and bool(review.is_replaced)  # type: ignore[attr-defined]

    def get_in_force(self, review: ReviewedStatus) -> bool:
        """Return a boolean: the database stores true or null."""
        return review.in_force is True


class ItemSerializer(serializers.Serializer[Any]):
    """An entity by name."""

    key = serializers.SerializerMethodField()
    title = serializers.CharField()

    @extend_schema_field(serializers.CharField(allow_null=True, help_text="Null if Studio has no key for the item."))
    def get_key(self, item: Any) -> str | None:
        """Return the key as Studio writes it."""
        return keys.studio_key_of(item.entity)


class MayReviewSerializer(serializers.Serializer[Any]):
    """Whether the caller may review the change now."""

    allowed = serializers.BooleanField()
    reason = serializers.ChoiceField(
        ["no_permission", "nothing_to_review", "no_record", "own_change"], allow_null=True, help_text="Why not."
    )
    changed_at = serializers.DateTimeField(
        allow_null=True, help_text="For own_change: when the caller last changed it. Otherwise null."
    )


def may_review(*, is_permitted: bool, reason: str | None, own_change_at: datetime | None) -> dict[str, Any]:
    """Return whether the caller may review, and if not, the first reason."""
    if not is_permitted:
        reason = "no_permission"
    elif reason is None and own_change_at is not None:
        reason = "own_change"
    return {
        "allowed": reason is None,
        "reason": reason,
        "changed_at": own_change_at if reason == "own_change" else None,
    }


# Give "may_review" in the context, as below.
class PinnedVersionSerializer(ItemSerializer):
    """A version that a container pins, and that needs a review before the container can be published."""

    version_num = serializers.IntegerField()
    draft_change_log_record_id = serializers.IntegerField(
        allow_null=True, help_text="The change that created it. Send it with your verdict."
    )
    changes_requested = serializers.BooleanField(help_text="Whether it has an open request for changes.")
    may_review = serializers.SerializerMethodField()

    @extend_schema_field(MayReviewSerializer)
    def get_may_review(self, pin: api.PinnedVersion) -> dict[str, Any]:
        """Return whether the caller may review, and if not, the first reason."""
        return may_review(
            is_permitted=self.context["may_review"][pin.entity.learning_package_id],
            reason="no_record" if pin.draft_change_log_record_id is None else None,
            own_change_at=pin.own_change_at,
        )


class OpenRequestSerializer(serializers.Serializer[Any]):
    """An open request for a review."""

    id = serializers.IntegerField()
    requested_by = PersonSerializer(allow_null=True, help_text="Null if the account was deleted since.")
    reviewers = PersonSerializer(many=True, help_text="The people who are asked; empty: everyone who may review.")
    awaited = PersonSerializer(
        many=True, help_text="Those of them who have given no verdict on the draft; empty: everyone who may review."
    )
    message = serializers.CharField()
    due = serializers.DateField(allow_null=True)
    created = serializers.DateTimeField()


def show_open_request(found: api.OpenRequest | None) -> dict[str, Any] | None:
    """Return the request as ``OpenRequestSerializer`` describes it, which is too slow for the queue. No query."""
    if found is None:
        return None
    request = found.request
    people = {
        person.pk: show_person(person) for person in sorted(request.reviewers.all(), key=lambda one: one.username)
    }
    return {
        "id": request.pk,
        "requested_by": request.requested_by and show_person(request.requested_by),
        "reviewers": list(people.values()),
        "awaited": [shown for pk, shown in people.items() if pk in found.awaited],
        "message": request.message,
        "due": request.due and request.due.isoformat(),
        "created": _TIME.to_representation(request.created),
    }


_TIME = serializers.DateTimeField()


# Give "may_review" in the context: whether the caller may review in the entity's package, by its id. And
# reviews_context().
class EntitySerializer(ItemSerializer):
    """One entity, and the review of its draft."""

    kind = serializers.CharField(help_text="component, or the type of container: unit, subsection, section.")
    block_type = serializers.CharField(help_text="The type of component, such as html; or the type of container.")
    change = serializers.ChoiceField(
        [kind.value for kind in api.ChangeKind],
        allow_null=True,
        help_text="The change that would be published; contents: only items inside a container; null: no change.",
    )
    draft_version_num = serializers.IntegerField(allow_null=True, help_text="Null if the draft is deleted.")
    published_version_num = serializers.IntegerField(allow_null=True, help_text="Null if it is not published.")
    changed_by = PersonSerializer(allow_null=True, help_text="The last author of the draft; null if unknown.")
    changed_at = serializers.DateTimeField(allow_null=True)
    draft_change_log_record_id = serializers.IntegerField(
        allow_null=True, help_text="The change to be reviewed. Send it with your verdict."
    )
    is_own_change = serializers.BooleanField(help_text="Whether the caller is its author, see changed_by.")
    is_reviewed = serializers.BooleanField(
        help_text="Whether enough reviewers have reviewed the draft, and no request for changes is open. Of a draft "
        "that is live: whether it is on record that it was reviewed when it went live."
    )
    required_reviewers = serializers.IntegerField(help_text="How many different reviewers a change needs today.")
    reviewer_count = serializers.IntegerField(help_text="How many reviewers have reviewed it.")
    is_outdated = serializers.BooleanField(help_text="Whether an edit came after a review.")
    reviews = ReviewSerializer(many=True, help_text="Its reviews in force, oldest first.")
    requests = ReviewSerializer(many=True, help_text="Its open requests for changes, oldest first.")
    outdated_requests = ReviewSerializer(
        many=True, help_text="Its outdated requests for changes since it was last published, newest first."
    )
    my_last_version = serializers.IntegerField(
        allow_null=True,
        help_text="The number of the version on which the caller last gave a verdict, even if it is withdrawn.",
    )
    may_review = serializers.SerializerMethodField()
    review_request = serializers.SerializerMethodField(help_text="The open request for a review of its change.")
    is_in_progress = serializers.BooleanField(
        help_text="Whether its change waits for nobody: review_starts is when_asked, and nobody has asked."
    )
    unreviewed_pins = PinnedVersionSerializer(
        many=True, help_text="The pinned versions that need a review before it can be published."
    )
    contained_in = ItemSerializer(many=True, help_text="The containers whose drafts list it.")

    @extend_schema_field(OpenRequestSerializer(allow_null=True))
    def get_review_request(self, overview: api.EntityOverview) -> dict[str, Any] | None:
        """Return the open request."""
        return show_open_request(overview.review_request)

    @extend_schema_field(MayReviewSerializer)
    def get_may_review(self, overview: api.EntityOverview) -> dict[str, Any]:
        """Return whether the caller may review, and if not, the first reason."""
        reason = None
        if not overview.needs_review:
            reason = "nothing_to_review"
        elif overview.draft_change_log_record_id is None:
            reason = "no_record"
        return may_review(
            is_permitted=self.context["may_review"][overview.entity.learning_package_id],
            reason=reason,
            own_change_at=overview.own_change_at,
        )


class MaySerializer(serializers.Serializer[Any]):
    """What the caller may do in the library."""

    view = serializers.BooleanField()
    review = serializers.BooleanField()
    request_review = serializers.BooleanField()
    publish_reviewed = serializers.BooleanField()
    manage_policy = serializers.BooleanField()


class CountsSerializer(serializers.Serializer[api.PackageOverview]):
    """Entities with unpublished changes of their own."""

    unpublished = serializers.IntegerField()
    reviewed = serializers.IntegerField()
    unreviewed = serializers.IntegerField()
    skipped = serializers.IntegerField(help_text="Reviewed entities that “publish reviewed” would skip.")
    changes_requested = serializers.IntegerField(help_text="Unreviewed entities with an open request for changes.")
    in_progress = serializers.IntegerField(
        help_text="Other unreviewed entities that wait for nobody: review_starts is when_asked, and nobody has asked."
    )


class MineSerializer(serializers.Serializer[api.OwnChanges]):
    """The numbers of the caller's own unpublished changes."""

    unpublished = serializers.IntegerField()
    unreviewed = serializers.IntegerField(help_text="All that are not reviewed, including those below.")
    changes_requested = serializers.IntegerField()
    outdated = serializers.IntegerField(help_text="Changes that were reviewed before the latest edit.")


class WaitingSerializer(serializers.Serializer[api.WaitingCounts]):
    """The numbers of changes that wait for the caller."""

    to_review = serializers.IntegerField(
        help_text="Changes that the caller may review and has not approved yet, without those that are in progress, "
        "and those for which others are asked."
    )
    to_answer = serializers.IntegerField(help_text="The caller's own changes with an open request for changes.")


class LastPublishSerializer(serializers.Serializer[PublishJudgement]):
    """The last publish of a library, as it was judged then."""

    publish_log_id = serializers.IntegerField()
    published_at = serializers.DateTimeField(source="created")
    change_count = serializers.IntegerField()
    unreviewed_count = serializers.IntegerField()


# Give "may", "revision" and "last_publish" in the context.
class LibrarySerializer(serializers.Serializer[api.PackageOverview]):
    """A library, the state of its reviews, and the caller's permissions."""

    key = serializers.CharField(source="learning_package.package_ref")
    title = serializers.CharField(source="learning_package.title")
    mode = serializers.ChoiceField(
        api.ReviewMode.values,
        help_text="What happens to unreviewed changes that are to be published: they are refused (required), published "
        "and put on record (advisory), or published (off).",
    )
    review_required = serializers.BooleanField(help_text="Whether the mode is required.")
    required_by = serializers.SerializerMethodField()
    required_reviewers = serializers.IntegerField(help_text="How many different reviewers a change needs.")
    required_reviewers_by = serializers.SerializerMethodField()
    who_may_review = serializers.ChoiceField(
        api.WhoMayReview.values, help_text="Which of the people with the permission may review a change."
    )
    who_may_review_by = serializers.SerializerMethodField()
    review_starts = serializers.ChoiceField(
        api.ReviewStarts.values,
        help_text="When a change waits for a review: from the first save on (every_save), or once an author has asked "
        "for it (when_asked).",
    )
    review_starts_by = serializers.SerializerMethodField()
    counts = CountsSerializer(source="*")
    mine = MineSerializer()
    waits_for_me = WaitingSerializer()
    revision = serializers.SerializerMethodField(
        help_text="Changes whenever an answer about the library could be another one: poll it, then load the queue."
    )
    last_publish = serializers.SerializerMethodField(
        help_text="Only in advisory mode, and for those who may publish; else null."
    )
    may = serializers.SerializerMethodField()

    @extend_schema_field(LastPublishSerializer(allow_null=True))
    def get_last_publish(self, overview: api.PackageOverview) -> dict[str, Any] | None:
        """Return the judgement that the view has looked up."""
        judgement = self.context["last_publish"]
        return LastPublishSerializer(judgement).data if judgement else None

    def get_revision(self, overview: api.PackageOverview) -> str:
        """Return the fingerprint."""
        revision: str = self.context["revision"]
        return revision

    @extend_schema_field(serializers.ChoiceField(["policy", "default"]))
    def get_required_by(self, overview: api.PackageOverview) -> str:
        """Return whether the library's policy or the site's default decides on the mode."""
        return "policy" if overview.policy and overview.policy.mode else "default"

    # (No ChoiceField: OpenAPI has a name for each set of choices, and this one has got its name above.)
    @extend_schema_field(serializers.CharField(help_text="Where the number comes from: policy or default."))
    def get_required_reviewers_by(self, overview: api.PackageOverview) -> str:
        """Return where the number comes from."""
        return "policy" if overview.policy and overview.policy.required_reviewers is not None else "default"

    @extend_schema_field(serializers.CharField(help_text="Where who_may_review comes from: policy or default."))
    def get_who_may_review_by(self, overview: api.PackageOverview) -> str:
        """Return where the rule comes from."""
        return "policy" if overview.policy and overview.policy.who_may_review else "default"

    @extend_schema_field(serializers.CharField(help_text="Where review_starts comes from: policy or default."))
    def get_review_starts_by(self, overview: api.PackageOverview) -> str:
        """Return where it comes from."""
        return "policy" if overview.policy and overview.policy.review_starts else "default"

    @extend_schema_field(MaySerializer)
    def get_may(self, overview: api.PackageOverview) -> dict[str, bool]:
        """Return the permissions that the view has looked up."""
        may: dict[str, bool] = self.context["may"]
        return may


class SeenChangeSerializer(serializers.Serializer[Any]):
    """A change that the reviewer has looked at."""

    draft_change_log_record_id = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="The entity's value when the reviewer looked at it."
    )


class VerdictSerializer(SeenChangeSerializer):
    """Your verdict on a change."""

    verdict = serializers.ChoiceField(
        api.Verdict.values,
        required=False,
        default=api.Verdict.REVIEWED.value,
        # Not DRF's, which repeats the input: that may be half a character, which no answer can contain.
        error_messages={"invalid_choice": gettext_lazy("Choose reviewed or changes_requested.")},
    )
    note = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Required if you request changes: say what is missing."
    )


class DismissalSerializer(serializers.Serializer[Any]):
    """The dismissal of a request for changes."""

    reason = serializers.CharField(help_text="It is put on record.")


class SeenItemSerializer(SeenChangeSerializer):
    """A change that the reviewer has looked at, with the key of its item."""

    key = serializers.CharField(max_length=1_000)


class MarkManyReviewedSerializer(serializers.Serializer[Any]):
    """Mark many changes as reviewed, all or none."""

    items = SeenItemSerializer(many=True, allow_empty=False, max_length=MAX_REVIEWS)  # type: ignore[call-arg]
    note = serializers.CharField(required=False, default="", allow_blank=True)


class MarkedSerializer(serializers.Serializer[Any]):
    """The result of marking changes as reviewed."""

    reviewed = serializers.IntegerField(help_text="How many of the changes named are reviewed by the caller now.")


class PartQuerySerializer(serializers.Serializer[Any]):
    """Which part of a library's changes to list."""

    inside = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=1_000,
        help_text="lct:…: only this container, and the changes that would be published with it.",
    )
    change_log = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The id of a draft change log, such as an import: only its changes.",
    )


class ListQuerySerializer(PartQuerySerializer):
    """Which changes of a library to list."""

    state = serializers.ChoiceField(
        [state.value for state in api.ReviewState],
        default=api.ReviewState.ALL.value,
        help_text="unreviewed: all changes without enough reviews; outdated: those that were reviewed before the "
        "latest edit; changes_requested: those with an open request for changes; in_progress: other unreviewed ones "
        "for which nobody has asked, if review_starts is when_asked.",
    )
    mine = serializers.BooleanField(default=False, help_text="Only the caller's own changes.")
    kind = serializers.ListField(
        child=serializers.CharField(max_length=100),
        default=list,
        max_length=20,
        help_text="component, unit, subsection, section; repeat the parameter for more types.",
    )
    text = serializers.CharField(
        default="", allow_blank=True, max_length=500, help_text="Part of the title or the code."
    )
    order = serializers.ChoiceField(
        [f"{sign}{order.value}" for order in api.ChangeOrder for sign in ("", "-")],
        default=api.ChangeOrder.TITLE.value,
        help_text="With a minus: descending. By state: unreviewed changes first.",
    )

    def validate_kind(self, kinds: list[str]) -> list[str]:
        """Refuse a kind that does not exist: a typo would otherwise find nothing."""
        # Every type of container that an app has registered with core.
        known = ["component", *sorted(container.type_code for container in content_api.get_all_container_subclasses())]
        if not set(kinds).issubset(known):
            raise serializers.ValidationError(_("Choose from these kinds: {kinds}.").format(kinds=", ".join(known)))
        return kinds


def require_text(value: str) -> None:
    """Refuse control characters and half characters."""
    complaint = complaint_about_characters(value)
    if complaint:
        raise serializers.ValidationError(complaint)


class PublishReviewedSerializer(serializers.Serializer[Any]):
    """Publish the reviewed changes."""

    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Only return the result, publish nothing."
    )
    draft_change_log_id = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Only the changes of this change log, such as an import.",
    )
    message = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=500,
        validators=[require_text],
        help_text="Kept with the publish.",
    )


class MarkChangeLogReviewedSerializer(serializers.Serializer[Any]):
    """Mark the changes of one change log as reviewed, all or none."""

    note = serializers.CharField(required=False, default="", allow_blank=True)


class ImportSerializer(serializers.Serializer[api.ImportOverview]):
    """One import into the library, and the state of its review."""

    draft_change_log_id = serializers.IntegerField()
    imported_by = PersonSerializer(allow_null=True, help_text="Null if it is not known.")
    # (A declared field is taken out of the class, so it does not shadow the attribute of this name.)
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What was imported, such as the key of a course; empty if not known."
    )
    imported_at = serializers.DateTimeField()
    change_count = serializers.IntegerField(help_text="How many items it changed.")
    unpublished = serializers.IntegerField(help_text="How many of these changes are still drafts.")
    reviewed = serializers.IntegerField(help_text="How many of those are reviewed.")
    unreviewed = serializers.IntegerField(help_text="How many of those await review.")
    may_review = serializers.SerializerMethodField()

    @extend_schema_field(MayReviewSerializer)
    def get_may_review(self, one: api.ImportOverview) -> dict[str, Any]:
        """Return whether the caller may review, and if not, the first reason."""
        return may_review(
            is_permitted=self.context["may_review"],
            reason=None if one.unreviewed else "nothing_to_review",
            own_change_at=one.own_change_at,
        )


class ChangedItemSerializer(serializers.Serializer[Any]):
    """A change that was published, or would be."""

    key = serializers.CharField(allow_null=True, help_text="Null if Studio has no key for the item.")
    title = serializers.CharField()
    change = serializers.ChoiceField([kind.value for kind in api.ChangeKind])


class SkippedItemSerializer(ChangedItemSerializer):
    """A reviewed change that was skipped, or would be."""

    reason = serializers.CharField(help_text="A sentence.")
    code = serializers.CharField(
        help_text="If a step of another plugin refused it: the code of its refusal; otherwise empty."
    )


class PublishResultSerializer(serializers.Serializer[Any]):
    """The result of “publish reviewed”, or of its dry run."""

    published_count = serializers.IntegerField()
    skipped_count = serializers.IntegerField()
    published = ChangedItemSerializer(many=True, help_text=f"The first {MAX_NAMED}.")
    skipped = SkippedItemSerializer(many=True, help_text=f"The first {MAX_NAMED}.")


class PublishedSerializer(PublishResultSerializer):
    """The answer if the publish was done at once."""

    dry_run = serializers.BooleanField()
    steps_asked = serializers.BooleanField(
        help_text="False for a dry run of a publish that would run in the background: the steps of other plugins are "
        "asked when it is published, and may refuse some of it or all."
    )


class BackgroundPublishSerializer(serializers.Serializer[Any]):
    """A publish in the background."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(["pending", "running", "succeeded", "failed"])
    total = serializers.IntegerField(allow_null=True, help_text="How many changes are to be published, once known.")
    done = serializers.IntegerField(help_text="How many have been published.")
    result = PublishResultSerializer(allow_null=True, help_text="Once it has succeeded.")
    error = serializers.CharField(allow_null=True, help_text="A sentence if it has failed; nothing was published then.")
    status_url = serializers.URLField(help_text="The address of this state, to ask again.")


class MissingSerializer(serializers.Serializer[Any]):
    """A key that is invalid or not found."""

    key = serializers.CharField()
    code = serializers.ChoiceField(["invalid_key", "not_found"])


class EntitiesSerializer(serializers.Serializer[Any]):
    """Entities that were asked for by key."""

    results = EntitySerializer(many=True, help_text="In the order of the keys, each once.")
    missing = MissingSerializer(many=True)


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error looks like this."""

    code = serializers.CharField(help_text="For programs.")
    detail = serializers.CharField(help_text="A sentence for a person.")
    details = serializers.DictField(help_text="More details, depending on the code; often empty.")


def reviews_context(entities: Iterable[PublishableEntity]) -> dict[str, Any]:
    """Return the context for the reviews of these entities. No query if they were loaded with their packages."""
    return {"packages": {entity.id: entity.learning_package for entity in entities}, "may_review_today": {}}


def keys_of(items: Iterable[api.ChangedItem]) -> dict[PublishableEntity.ID, str | None]:
    """Return the keys of these items, at most :data:`MAX_NAMED` twice over. One query."""
    entities = PublishableEntity.objects.filter(pk__in=[item.entity_id for item in items])
    return {entity.id: keys.studio_key_of(entity) for entity in keys.with_keys(entities)}
