"""Compare the draft under review with what is live, or with a version that a reviewer has looked at."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from openedx_content.models_api import PublishableEntity, PublishableEntityVersion

from ..data import ChangeKind
from ..drafts.changes import latest_title, shown_by_drafts, title_of
from ..keys import with_keys
from ..models import ReviewedStatus
from .children import compare_children
from .data import ContainerListing, Difference
from .files import compare_files

__all__ = ["MAX_LISTED_IN", "get_difference"]

# How many containers are named.
MAX_LISTED_IN = 100


def get_difference(entity_id: PublishableEntity.ID, /, *, since_review_by: int | None = None) -> Difference:
    """
    Return what has changed between what is live and the draft.

    With ``since_review_by``, a user's id: since the version on which this user last gave a verdict. The verdict counts
    even if it was withdrawn or carried over. A verdict on a deletion does not count, because there is no version to
    compare.

    Compares the OLX of a component in words and line by line, its files, and the children of a container, but does not
    look into the children. For a deletion, also lists the containers that still list it. The answer comes within a
    second, or says that the content is too large to compare: see the limits in the modules that this one uses. Files
    are compared by the hashes that core computed when they were saved, and only the OLX is read.

    Raises ``PublishableEntity.DoesNotExist``, and ``ReviewedStatus.DoesNotExist`` if this user has never given a
    verdict on a version of the entity.

    At most five queries for a component, four for a container, two more for a deletion, and one more with
    ``since_review_by``, whatever the size. Also reads the OLX from file storage, if core does not keep it in the
    database. Does not check permissions.
    """
    entity = _load(entity_id)
    live, new = (_version(entity, name) for name in ("published", "draft"))
    old = live if since_review_by is None else _version_reviewed(entity, since_review_by)
    change = None if _id(old) == _id(new) else ChangeKind.between(old, new)
    olx, words, files, file_count = compare_files(old, new) if hasattr(entity, "component") else (None, None, (), 0)
    children, children_state, child_count = (
        compare_children(old, new) if hasattr(entity, "container") else (None, None, 0)
    )
    listed_in, listed_in_count = _listed_in(entity_id) if change == ChangeKind.DELETED else ((), 0)
    return Difference(
        entity=entity,
        title=_title(entity, new, old),
        change=change,
        draft_change_log_record_id=None if _id(live) == _id(new) else entity.change_record,
        old=old,
        new=new,
        olx=olx,
        words=words,
        files=files,
        file_count=file_count,
        children=children,
        children_state=children_state,
        child_count=child_count,
        listed_in=listed_in,
        listed_in_count=listed_in_count,
    )


def _load(entity_id: PublishableEntity.ID) -> Any:
    shown = shown_by_drafts().filter(entity=OuterRef("pk")).order_by("-pk")
    return (
        with_keys(PublishableEntity.objects.all())
        .annotate(change_record=Subquery(shown.values("pk")[:1]), latest_title=latest_title())
        .select_related("draft__version", "published__version")
        .get(pk=entity_id)
    )


def _version(entity: PublishableEntity, name: str) -> PublishableEntityVersion | None:
    """Return the version that the draft shows, or the one that is published."""
    shown = getattr(entity, name, None)
    return shown.version if shown else None


def _version_reviewed(entity: Any, user_id: int) -> PublishableEntityVersion | None:
    review = ReviewedStatus.objects.filter(entity=entity.id).last_given_by(user_id).select_related("version").first()
    if review is None:
        title = _title(entity, _version(entity, "draft"), _version(entity, "published"))
        raise ReviewedStatus.DoesNotExist(
            _("You have not reviewed a version of “{title}” yet, so there is nothing to compare it with.").format(
                title=title
            )
        )
    return review.version


def _id(version: PublishableEntityVersion | None) -> int | None:
    return version.id if version else None


def _title(entity: Any, new: PublishableEntityVersion | None, old: PublishableEntityVersion | None) -> str:
    shown = new or old
    return str(shown.title if shown else entity.latest_title or "")


def _listed_in(entity_id: PublishableEntity.ID) -> tuple[tuple[ContainerListing, ...], int]:
    """Return the containers that list the entity in their draft or in what is live, and their number. Two queries."""
    rows = (
        PublishableEntityVersion.objects.filter(containerversion__entity_list__entitylistrow__entity=entity_id)
        .filter(Q(draft__isnull=False) | Q(published__isnull=False))
        .values_list("draft__entity_id", "published__entity_id")
    )
    # A container may list the same entity twice, and one version may be both the draft and live.
    in_draft, is_live = set(), set()
    for draft_of, live_of in rows:
        in_draft.add(draft_of)
        is_live.add(live_of)
    ids = sorted((in_draft | is_live) - {None})
    containers = with_keys(PublishableEntity.objects.filter(pk__in=ids[:MAX_LISTED_IN])).select_related(
        "draft__version", "published__version"
    )
    listed = tuple(
        ContainerListing(
            entity=container,
            title=title_of(container),
            in_draft=container.id in in_draft,
            is_live=container.id in is_live,
        )
        for container in containers.order_by("pk")
    )
    return listed, len(ids)
