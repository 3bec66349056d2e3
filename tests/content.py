"""Content to test with: made through openedx-core's own API, as Studio makes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import count
from typing import Any

from django.db.models.signals import pre_save
from openedx_content import api as content_api
from openedx_content.models_api import (
    Component,
    Container,
    Draft,
    LearningPackage,
    PublishableEntity,
    Published,
    PublishLog,
    PublishLogRecord,
    Section,
    Subsection,
    Unit,
)

from sample_plugin.reviews import api
from sample_plugin.reviews.gate import core

# Core's own function, as somebody has it who imported it before the plugin was ready.
core_publish_from_drafts = content_api.publish_from_drafts.__wrapped__  # type: ignore[attr-defined]

_numbers = count(1)

type Item = Component | Container


def now() -> datetime:
    """Return the time, as core's API wants it."""
    return datetime.now(tz=timezone.utc)


@dataclass
class Library:
    """A learning package, and the person who writes in it."""

    package: LearningPackage
    author_id: int | None

    @classmethod
    def create(cls, package_ref: str, author_id: int | None = None) -> Library:
        """Return a new, empty library."""
        return cls(content_api.create_learning_package(package_ref, title=f"Library {package_ref}"), author_id)

    def component(self, code: str | None = None, **kwargs: Any) -> Component:
        """Return a new component, as a draft."""
        code = code or f"text-{next(_numbers)}"
        component, _version = content_api.create_component_and_version(
            self.package.id,
            component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
            component_code=code,
            **{"title": f"Text {code}", "created": now(), "created_by": self.author_id, **kwargs},
        )
        return component

    def container(self, cls: type[Container], children: list[Any], **kwargs: Any) -> Container:
        """Return a new container with these children, as a draft."""
        code = f"{cls.type_code}-{next(_numbers)}"
        container, _version = content_api.create_container_and_version(
            self.package.id,
            container_code=code,
            entities=children,
            container_cls=cls,
            **{"title": f"The {code}", "created": now(), "created_by": self.author_id, **kwargs},
        )
        return container

    def unit(self, *children: Any, **kwargs: Any) -> Container:
        """Return a new unit."""
        return self.container(Unit, list(children), **kwargs)

    def subsection(self, *children: Any, **kwargs: Any) -> Container:
        """Return a new subsection."""
        return self.container(Subsection, list(children), **kwargs)

    def section(self, *children: Any, **kwargs: Any) -> Container:
        """Return a new section."""
        return self.container(Section, list(children), **kwargs)

    def edit(self, item: Item, title: str | None = None, by: int | None = None, **kwargs: Any) -> Any:
        """Save the item with another title (or other files, or children), and return the id of the new version."""
        title = title or f"Edit {next(_numbers)}"
        author = by or self.author_id
        if isinstance(item, Component):
            return content_api.create_next_component_version(
                item.id,
                media_to_replace=kwargs.pop("files", {}),
                title=title,
                created=now(),
                created_by=author,
                **kwargs,
            ).pk
        # Fetched anew: core looks for the latest version on the object that it is given, and that caches it.
        container = content_api.get_container(item.id)
        return content_api.create_next_container_version(
            container, title=title, created=now(), created_by=author, **kwargs
        ).pk

    def delete(self, item: Item, by: int | None = None) -> None:
        """Delete the item, as a draft."""
        content_api.soft_delete_draft(item.id, deleted_by=by or self.author_id)

    def set_draft(self, item: Item, version_id: int | None, by: int | None = None) -> None:
        """Take the draft (back) to a version."""
        content_api.set_draft_version(item.id, version_id, set_by=by or self.author_id)

    def drafts(self, *items: Item) -> Any:
        """Return what to hand to ``publish_from_drafts``."""
        return Draft.objects.filter(entity_id__in=[item.id for item in items])

    def publish(self, *items: Item, **kwargs: Any) -> PublishLog:
        """Publish these items with what they contain, or the whole library."""
        if not items:
            return content_api.publish_all_drafts(self.package.id, **kwargs)
        return content_api.publish_from_drafts(self.package.id, self.drafts(*items), **kwargs)


@contextmanager
def without_plugin() -> Iterator[None]:
    """Let core publish as if the plugin were not installed."""
    pre_save.disconnect(sender=PublishLog, dispatch_uid=core.TRIPWIRE)
    for module in core.OFFERED_IN:
        for name in ("publish_from_drafts", "publish_all_drafts"):
            setattr(module, name, getattr(module, name).__wrapped__)
    try:
        yield
    finally:
        core.install()


def make_live(library: Library) -> None:
    """Publish everything as it is."""
    with api.bypass_review(reason="To begin with"):
        library.publish()


def draft_record(item: Item) -> Any:
    """Return the change that the item's draft stands on."""
    record = Draft.objects.select_related("draft_log_record").get(entity_id=item.id).draft_log_record
    assert record is not None
    return record


def live_versions() -> dict[int, int | None]:
    """Return what is live, and in which version: compare before and after."""
    return dict(Published.objects.values_list("entity_id", "version_id"))


def publish_state() -> tuple[dict[int, int | None], int, int]:
    """Return all that a publish leaves behind in the database."""
    return live_versions(), PublishLog.objects.count(), PublishLogRecord.objects.count()


def ids(entities: Any) -> set[PublishableEntity.ID]:
    """Return the ids of entities or items."""
    return {entity.id for entity in entities}


def is_reviewed(library: Library, item: Item) -> bool:
    """Return what both lists agree on: the item's change is reviewed, or it is not."""
    reviewed = item.id in ids(api.get_reviewed_entities(library.package.id))
    unreviewed = item.id in ids(api.get_unreviewed_entities(library.package.id))
    assert reviewed != unreviewed
    return reviewed
