"""Whether each library has its gate on, and whether enough people can review in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import batched, chain, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, Subquery
from openedx_content.models_api import LearningPackage

from .. import authz
from ..conf import MAX_REQUIRED_REVIEWERS, ReviewMode, WhoMayReview
from ..keys import library_key_of
from ..models import PolicyField, ReviewPolicy, ReviewPolicyChange
from ..policy import policy_of
from ..rules import CAN_REVIEW
from ..texts import one_line
from .findings import Check, Finding, listed, ok, problem, warning
from .roles import unchanged

__all__ = ["Track", "checks", "untracked"]

#: Is given rows and their number, and yields the rows again.
type Track = Callable[[Iterable[LearningPackage], int], Iterable[LearningPackage]]

# How many people are looked up at once: their names are parameters of a query, and SQLite allows 999.
_AT_ONCE = 200
_PAGE = 500
_MODES = {
    ReviewMode.OFF: "The gate is off in {name}.",
    ReviewMode.ADVISORY: "{name} is in advisory mode: unreviewed changes are published, and put on record.",
}
_MODEL_PERMISSION = "sample_plugin_reviews.add_reviewedstatus"
_MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def untracked(rows: Iterable[LearningPackage], count: int) -> Iterable[LearningPackage]:
    """Yield the rows, and show nothing."""
    return rows


def checks(track: Track = untracked) -> tuple[Check, ...]:
    """Return the checks of libraries."""
    return (
        Check("libraries.rows", check_rows),
        Check("libraries.gate_off", check_gate_off),
        Check("libraries.self_review", check_self_review),
        Check("libraries.reviewers", partial(check_reviewers, track)),
    )


def check_rows() -> Iterator[Finding]:
    """Publishes of a library queue on its row."""
    without = LearningPackage.objects.filter(review_policy=None).order_by("pk")
    count = without.count()
    if count:
        refs = [one_line(ref) for ref in without.values_list("package_ref", flat=True)[:10]]
        yield warning(
            f"{_there_are(count)} without the row on which publishes queue, such as {listed(refs)}: their first "
            "publishes may fail if two run at once.",
            "The first publish makes the row. If new libraries have none either, the plugin is not installed where "
            "they are made.",
        )
    else:
        yield ok("Every library has the row on which its publishes queue.")


def check_gate_off() -> Iterator[Finding]:
    """Somebody has decided this, and an operator should know who, when and why."""
    found = False
    policies = ReviewPolicy.objects.filter(mode__in=[ReviewMode.OFF, ReviewMode.ADVISORY])
    last_changes = ReviewPolicyChange.objects.filter(learning_package=OuterRef("pk"), field=PolicyField.MODE).order_by(
        "-changed_at", "-pk"
    )
    for policy in (
        policies.select_related("learning_package")
        .annotate(last_change=Subquery(last_changes.values("pk")[:1]))
        .order_by("learning_package__package_ref")
        .iterator(1000)
    ):
        found = True
        name = _name(policy.learning_package)
        yield warning(
            f"{_MODES[ReviewMode(policy.mode)].format(name=name)} {_by_whom(policy.last_change)}",
            f"To require reviews: manage.py cms reviews_policy {name} --mode required",
        )
    if not found:
        yield ok("No library's policy has switched the gate off.")


def _by_whom(change_id: int | None) -> str:
    if change_id is None:
        return "The history of its policy does not say since when."
    change = ReviewPolicyChange.objects.select_related("changed_by").get(pk=change_id)
    user = change.changed_by
    who = f"user {one_line(user.get_username())}" if user else "a script, or a deleted account,"
    reason = f", because: {one_line(change.reason)}" if change.reason else ", and gave no reason"
    return f"It was set by {who} on {change.changed_at:%Y-%m-%d %H:%M %Z}{reason}."


def check_self_review() -> Iterator[Finding]:
    """With ``anybody``, one person alone can take a change live."""
    lenient = LearningPackage.objects.filter(review_policy__who_may_review=WhoMayReview.ANYBODY).order_by("pk")
    count = lenient.count()
    if count:
        refs = [one_line(ref) for ref in lenient.values_list("package_ref", flat=True)[:10]]
        yield warning(
            f"{_there_are(count)} in which authors can review their own changes, such as {listed(refs)}.",
            "To change it: manage.py cms reviews_policy LIBRARY --who-may-review not_contributors",
        )
    else:
        yield ok("No library's policy lets authors review their own changes.")


def check_reviewers(track: Track) -> Iterator[Finding]:
    """
    Where nobody can review, nothing can be published.

    Asks ``has_perm`` about people until there are enough. Asked are active people: those with a role in the library
    that allows the action of reviewers, or else with Django's permission to add reviews, and then global staff.
    """
    reviewers = _Reviewers()
    gated = short = 0
    only_staff: list[str] = []
    for package in track(_all_packages(), LearningPackage.objects.count()):
        policy = policy_of(package)
        if not policy.review_required:
            continue
        gated += 1
        found = reviewers.who_may_review(package, policy.required_reviewers)
        if found.appointed + found.staff < policy.required_reviewers:
            short += 1
            needed, there = _people(policy.required_reviewers), _people(found.appointed + found.staff)
            yield problem(
                f"In {_name(package)} nothing can be published: a change needs a review by {needed}, and {there} can "
                f"review there. Counted: {reviewers.counted}, and global staff.",
                "Give the role library_reviewer in this library to more people, or lower the number: manage.py cms "
                f"reviews_policy {_name(package)} --reviewers N",
            )
        elif found.staff:
            only_staff.append(_name(package))
    if only_staff:
        yield warning(
            f"{_there_are(len(only_staff))} in which too few people can review but global staff: {listed(only_staff)}.",
            "Give the role library_reviewer in these libraries to the people who should review.",
        )
    if not short and not only_staff:
        yield ok(f"In each of the {gated} libraries with the gate on, enough people can review: {reviewers.counted}.")


def _all_packages() -> Iterator[LearningPackage]:
    """Yield all packages with their policies. Page by page: not every cursor outlives :func:`unchanged`."""
    packages = LearningPackage.objects.select_related("review_policy").order_by("pk")
    page = list(packages[:_PAGE])
    while page:
        yield from page
        page = list(packages.filter(pk__gt=page[-1].pk)[:_PAGE])


@dataclass(frozen=True)
class _Found:
    appointed: int
    #: Global staff and superusers, counted only as far as the others are too few.
    staff: int


class _Reviewers:
    """Who may review where. Reads once what is the same for all libraries."""

    def __init__(self) -> None:
        users = get_user_model()._default_manager.filter(is_active=True)
        is_staff = Q(is_staff=True) | Q(is_superuser=True)
        self._others = users.exclude(is_staff)
        # No library needs more people.
        self._staff = list(users.filter(is_staff).order_by("pk")[:MAX_REQUIRED_REVIEWERS])
        self.counted = "people with Django's permission to add reviews"
        self._with_role: Callable[..., list[str]] | None = None
        if authz.is_installed():
            action = authz.review_action()
            with unchanged():
                self._with_role = authz.get_people_with_roles(authz.get_roles_that_allow(action))
            self.counted = f"people with a role that allows {action}"
        holders = users.model._default_manager.with_perm(_MODEL_PERMISSION, backend=_MODEL_BACKEND)
        self._holders = list(self._others.filter(pk__in=holders.values("pk")).order_by("pk")[:_AT_ONCE])

    def who_may_review(self, package: LearningPackage, needed: int) -> _Found:
        """Return how many may review, as far as is needed."""
        with unchanged():
            appointed = _count_allowed(self._appointed(package), package, needed)
            staff = _count_allowed(self._staff, package, needed - appointed)
        return _Found(appointed, staff)

    def _appointed(self, package: LearningPackage) -> Iterator[Any]:
        library_key = library_key_of(package)
        if library_key is None or self._with_role is None:
            return iter(self._holders)
        return chain.from_iterable(
            self._others.filter(username__in=names) for names in batched(self._with_role(library_key), _AT_ONCE)
        )


def _count_allowed(people: Iterable[Any], package: LearningPackage, needed: int) -> int:
    return len(list(islice((one for one in people if one.has_perm(CAN_REVIEW, package)), needed)))


def _name(package: LearningPackage) -> str:
    return one_line(package.package_ref)


def _there_are(count: int) -> str:
    return "There is 1 library" if count == 1 else f"There are {count} libraries"


def _people(count: int) -> str:
    return {0: "nobody", 1: "1 person"}.get(count, f"{count} people")
