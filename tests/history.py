"""
Libraries with a past: thousands of items, each with earlier versions and ten reviews, as years of work leave them.

Written straight into the tables, a thousand rows at a time, just as core and the plugin would have left them there:
through their APIs it would take the better part of an hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.transaction import atomic
from openedx_content import api as content_api
from openedx_content.models_api import (
    Component,
    ComponentVersion,
    ComponentVersionMedia,
    ContainerVersion,
    Draft,
    DraftChangeLog,
    DraftChangeLogRecord,
    PublishableEntity,
    PublishableEntityVersion,
    Published,
    PublishLog,
    PublishLogRecord,
)

from sample_plugin.reviews.models import ReviewedStatus

from .content import Library, now

# The version that the draft is at once there is a past. The one that is live, where one is, came before.
NEWEST, LIVE = 5, 2

_numbers = count(1)


def write_components(library: Library, size: int) -> DraftChangeLog:
    """Write that many new components, as one import would have made them, and return the log of that."""
    component_type = content_api.get_or_create_component_type("xblock.v1", "html")
    change_log = DraftChangeLog.objects.create(
        learning_package=library.package, changed_at=now(), changed_by_id=library.author_id
    )
    with atomic():
        # Of these two tables core lets nobody write many rows at once.
        components = [
            content_api.create_component(
                library.package.id,
                component_type=component_type,
                component_code=f"past-{next(_numbers)}",
                created=now(),
                created_by=library.author_id,
            )
            for _ in range(size)
        ]
    versions = _write_versions(library, [component.id for component in components], 1)
    _write(
        DraftChangeLogRecord,
        (
            {"draft_change_log": change_log, "entity_id": entity, "new_version_id": version}
            for entity, version in versions.items()
        ),
    )
    records = dict(change_log.records.values_list("entity_id", "pk"))
    _write(
        Draft,
        (
            {"entity_id": entity, "version_id": version, "draft_log_record_id": records[entity]}
            for entity, version in versions.items()
        ),
    )
    return change_log


def write_past(library: Library, reviewer_ids: Sequence[int]) -> None:
    """
    Give everything new in the library four earlier versions and ten reviews, none of which covers the draft.

    Two people have reviewed each version. The reviews of the first version and of the draft are withdrawn, the others
    are in force. Every other component is live at an earlier version.
    """
    drafts = _versions(library, 1)
    entity_ids = list(drafts.order_by("entity").values_list("entity_id", flat=True))
    drafts.update(version_num=NEWEST)
    _write_content(library, NEWEST)
    previous: dict[PublishableEntity.ID, int] = {}
    for version_num in range(1, NEWEST):
        versions = _write_versions(library, entity_ids, version_num)
        change_log = DraftChangeLog.objects.create(
            learning_package=library.package, changed_at=_when(version_num), changed_by_id=library.author_id
        )
        _write(
            DraftChangeLogRecord,
            (
                {
                    "draft_change_log": change_log,
                    "entity_id": entity,
                    "old_version_id": previous.get(entity),
                    "new_version_id": version,
                }
                for entity, version in versions.items()
            ),
        )
        previous = versions
        _write_reviews(change_log, reviewer_ids, withdrawn=version_num == 1)
        if version_num == LIVE:
            _go_live(library, versions)

    before = PublishableEntityVersion.objects.filter(entity=OuterRef("entity"), version_num=NEWEST - 1).values("pk")
    newest = DraftChangeLogRecord.objects.filter(
        entity__learning_package=library.package.id, new_version__version_num=NEWEST
    )
    newest.update(old_version=Subquery(before[:1]))
    for log in DraftChangeLog.objects.filter(pk__in=set(newest.values_list("draft_change_log", flat=True))):
        _write_reviews(log, reviewer_ids, withdrawn=True)


def _write(model: type[Model], rows: Iterator[dict[str, Any]]) -> None:
    model._default_manager.bulk_create((model(**row) for row in rows), batch_size=1_000)


def _write_versions(
    library: Library, entity_ids: Sequence[PublishableEntity.ID], version_num: int
) -> dict[PublishableEntity.ID, int]:
    """Return the ids of the new versions, by entity."""
    _write(
        PublishableEntityVersion,
        (
            {
                "entity_id": entity_id,
                "title": f"Text {entity_id}",
                "version_num": version_num,
                "created": _when(version_num),
                "created_by_id": library.author_id,
            }
            for entity_id in entity_ids
        ),
    )
    _write_content(library, version_num)
    return dict(_versions(library, version_num).values_list("entity_id", "pk"))


def _write_content(library: Library, version_num: int) -> None:
    """Write what makes these versions components and containers, unless they are: what is in them never changed."""
    html = content_api.get_or_create_media_type("text/html")
    media = content_api.get_or_create_text_media(library.package.id, html.id, text="<p>Text</p>", created=now())
    versions = _versions(library, version_num)
    components = versions.filter(entity__component__isnull=False)
    _write(
        ComponentVersion,
        (
            {"publishable_entity_version_id": pk, "component_id": entity}
            for pk, entity in components.filter(componentversion=None).values_list("pk", "entity_id")
        ),
    )
    _write(
        ComponentVersionMedia,
        (
            {"component_version_id": pk, "media": media, "path": "block.xml"}
            for pk in components.filter(componentversion__media=None).values_list("pk", flat=True)
        ),
    )
    content = ContainerVersion.objects.filter(container=OuterRef("entity")).values("entity_list")[:1]
    containers = versions.filter(entity__container__isnull=False, containerversion=None)
    _write(
        ContainerVersion,
        (
            {"publishable_entity_version_id": pk, "container_id": entity, "entity_list_id": entity_list}
            for pk, entity, entity_list in containers.values_list("pk", "entity_id", Subquery(content))
        ),
    )


def _versions(library: Library, version_num: int) -> QuerySet[PublishableEntityVersion]:
    # Read back rather than taken from what was written: MySQL returns no ids from a bulk insert.
    return PublishableEntityVersion.objects.filter(entity__learning_package=library.package.id, version_num=version_num)


def _write_reviews(change_log: DraftChangeLog, reviewer_ids: Sequence[int], *, withdrawn: bool) -> None:
    """Have two of these people review every change of the log, by turns."""
    columns = ("pk", "entity_id", "new_version_id", "new_version__version_num")
    state = {"in_force": None, "withdrawn_at": now()} if withdrawn else {}
    _write(
        ReviewedStatus,
        (
            {
                "draft_change_log_record_id": record,
                "entity_id": entity,
                "version_id": version,
                "version_num": version_num,
                "reviewer_id": reviewer_ids[(entity + turn) % len(reviewer_ids)],
                "created": change_log.changed_at,
                **state,
            }
            for record, entity, version, version_num in change_log.records.values_list(*columns)
            for turn in (0, 1)
        ),
    )


def _go_live(library: Library, versions: dict[PublishableEntity.ID, int]) -> None:
    """Write what publishing every other component has left behind."""
    components = Component.objects.filter(learning_package=library.package.id).order_by("pk")
    live = list(components.values_list("publishable_entity_id", flat=True))[::2]
    # (Not saved one by one: the plugin would take this for a publish that goes around the gate.)
    _write(PublishLog, iter([{"learning_package": library.package, "published_at": _when(LIVE)}]))
    publish_log = PublishLog.objects.get(learning_package=library.package)
    _write(
        PublishLogRecord,
        ({"publish_log": publish_log, "entity_id": entity, "new_version_id": versions[entity]} for entity in live),
    )
    records = dict(PublishLogRecord.objects.filter(publish_log=publish_log).values_list("entity_id", "pk"))
    _write(
        Published,
        (
            {"entity_id": entity, "version_id": versions[entity], "publish_log_record_id": records[entity]}
            for entity in live
        ),
    )


def _when(version_num: int) -> Any:
    """Return when a version was made: one a day, the newest today."""
    return now() - timedelta(days=NEWEST - version_num)
