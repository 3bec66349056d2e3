"""From Studio's keys to openedx-core's entities, and back: ``lb:Org:Slug:html:code``, for components only."""

from opaque_keys.edx.locator import LibraryLocatorV2, LibraryUsageLocatorV2
from openedx_content import api as content_api
from openedx_content.models_api import PublishableEntity

__all__ = ["find_entity", "key_of"]


def find_entity(key: str) -> PublishableEntity:
    """Return the entity with this key. Raises ``InvalidKeyError`` and ``ObjectDoesNotExist``. Three queries at most."""
    usage_key = LibraryUsageLocatorV2.from_string(key)
    return content_api.get_component_by_code(
        content_api.get_learning_package_by_ref(str(usage_key.lib_key)).id,
        namespace="xblock.v1",
        type_name=usage_key.block_type,
        component_code=usage_key.usage_id,
    ).publishable_entity


def key_of(entity: PublishableEntity) -> str | None:
    """Return the key of a component, None for anything else. No query if it is loaded with component and package."""
    component = getattr(entity, "component", None)
    if component is None:
        return None
    library_key = LibraryLocatorV2.from_string(entity.learning_package.package_ref)
    return str(LibraryUsageLocatorV2(library_key, component.component_type.name, component.component_code))
