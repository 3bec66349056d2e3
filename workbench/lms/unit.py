"""
A unit of a course, as a learner sees it. Needs the XBlock packages.

The platform's ``VerticalBlock`` comes with the whole platform, so this stands in for it: it renders its blocks in the
same way, with the same two filters. The blocks are the platform's own (see ``workbench.preview``). It has only those
that came from a library: the workbench has no modulestore that could keep others.
"""

from collections.abc import Collection
from copy import copy
from typing import Any

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from opaque_keys.edx.keys import UsageKey
from openedx_content.models_api import ComponentVersion
from openedx_filters.learning.filters import VerticalBlockChildRenderStarted, VerticalBlockRenderCompleted
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData

from workbench.models import ComponentLink
from workbench.preview.runtime import PreviewRuntime

VIEW = "student_view"


def render(unit_key: UsageKey, block_keys: Collection[str], user: User) -> Fragment:
    """Return the learner's view of a unit with these blocks. Those that came from no library are left out."""
    keys = [UsageKey.from_string(key) for key in block_keys]
    links = ComponentLink.objects.filter(downstream_usage_key__in=keys)
    runtime = _UnitRuntime({link.downstream_usage_key: link for link in links}, user)
    ids = ScopeIds(user.pk, unit_key.block_type, None, unit_key)
    unit = Unit(runtime, field_data=KvsFieldData(DictKeyValueStore()), scope_ids=ids)
    unit.children = [key for key in keys if key in runtime.links]
    return unit.student_view({})


class Unit(XBlock):  # type: ignore[misc]  # it has no types
    """As much of ``VerticalBlock`` as a filter step can see."""

    has_children = True

    def student_view(self, context: dict[str, Any]) -> Fragment:
        """Render the blocks one below the other."""
        fragment = Fragment()
        items = []
        for child in self.get_children():
            try:
                child, child_context = VerticalBlockChildRenderStarted.run_filter(block=child, context=copy(context))
            except VerticalBlockChildRenderStarted.PreventChildBlockRender:
                continue
            rendered = child.render(VIEW, child_context)
            fragment.add_fragment_resources(rendered)
            items.append({"id": str(child.scope_ids.usage_id), "content": rendered.content})
        fragment.add_content(render_to_string("workbench/unit.html", {"items": items}))
        try:
            _, fragment, _, _ = VerticalBlockRenderCompleted.run_filter(
                block=self, fragment=fragment, context=context, view=VIEW
            )
        except VerticalBlockRenderCompleted.PreventVerticalBlockRender as exc:
            fragment.content = exc.message
        return fragment


class _UnitRuntime(PreviewRuntime):
    """Finds the blocks of a unit. Each has a runtime of its own, for its version."""

    def __init__(self, links: dict[UsageKey, ComponentLink], user: User) -> None:
        self.links = links
        self._user = user
        super().__init__(None, user)  # type: ignore[arg-type]  # a unit has no files

    def get_block(self, usage_id: UsageKey, for_parent: Any = None) -> XBlock:
        """Load a block in the version that the course has, below its unit."""
        link = self.links[usage_id]
        version = ComponentVersion.objects.get(
            component=link.upstream_block, publishable_entity_version__version_num=link.version_synced
        )
        block = _BlockRuntime(version, self._user, for_parent).load(usage_id)
        # In the LMS, when the block was published: here that is as soon as it is brought up to date.
        block.edited_on = link.updated
        return block


class _BlockRuntime(PreviewRuntime):
    """The runtime of one block in a unit."""

    def __init__(self, version: ComponentVersion, user: User, unit: Any) -> None:
        self._unit = unit
        super().__init__(version, user)

    def construct_xblock_from_class(self, cls: Any, *args: Any, **kwargs: Any) -> XBlock:
        """Tell the block of its unit, as the platform's modulestore does."""
        block = super().construct_xblock_from_class(cls, *args, for_parent=self._unit, **kwargs)
        block.parent = self._unit.scope_ids.usage_id
        return block
