"""Where items are: the containers whose drafts list them."""

from __future__ import annotations

from collections.abc import Collection

from openedx_content.models_api import EntityListRow, LearningPackage, PublishableEntity

from ..keys import container_key, library_key_of

__all__ = ["Place", "Places"]

# Sections hold subsections, which hold units. A container that contained itself would have no end.
_MAX_DEPTH = 10

# A container's key, as Studio writes it, and its title.
type Place = tuple[str | None, str]


class Places:
    """The containers around some entities, level by level. Of several around one entity, the oldest counts."""

    def __init__(self, package: LearningPackage, entity_ids: Collection[PublishableEntity.ID]) -> None:
        self._library_key = library_key_of(package)
        self._parents: dict[PublishableEntity.ID, PublishableEntity.ID] = {}
        self._containers: dict[PublishableEntity.ID, Place] = {}
        level, loaded = set(entity_ids), set[PublishableEntity.ID]()
        while level:
            self._load(list(level))
            loaded |= level
            level = {self._parents[pk] for pk in level if pk in self._parents} - loaded

    def _load(self, entity_ids: list[PublishableEntity.ID]) -> None:
        """Load the parents of these entities. One query."""
        version = "entity_list__container_versions__publishable_entity_version__"
        container = "entity_list__container_versions__container__"
        rows = EntityListRow.objects.filter(entity__in=entity_ids, **{f"{version}draft__isnull": False}).values_list(
            "entity",
            f"{version}entity",
            f"{version}title",
            f"{version}entity__entity_ref",
            f"{container}container_type__type_code",
            f"{container}container_code",
        )
        for entity_id, parent_id, title, entity_ref, type_code, code in rows:
            self._parents[entity_id] = min(parent_id, self._parents.get(entity_id, parent_id))
            if parent_id not in self._containers:
                key = container_key(self._library_key, type_code, code) if self._library_key else None
                self._containers[parent_id] = (str(key) if key else None, title or entity_ref)

    def path_of(self, entity_id: PublishableEntity.ID) -> tuple[Place, ...]:
        """Return the containers of this entity, the outermost first. No query."""
        path: list[Place] = []
        above = self._parents.get(entity_id)
        while above is not None and len(path) < _MAX_DEPTH:
            path.append(self._containers[above])
            above = self._parents.get(above)
        return tuple(reversed(path))
