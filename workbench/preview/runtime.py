"""
A runtime that renders one version of one component. Needs the XBlock packages.

It is as small as the platform's blocks allow: a block keeps its fields in memory and forgets them with the request. It
stores nothing, so answers are not graded, and it has no sandbox for Python, so it runs none: a problem with a script in
Python shows an error.
"""

from contextlib import suppress
from typing import IO, Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from fs.memoryfs import MemoryFS
from lxml import etree
from opaque_keys.edx.keys import UsageKey
from opaque_keys.edx.locator import LibraryUsageLocatorV2
from openedx_content.models_api import ComponentVersion
from web_fragments.fragment import Fragment
from xblock.core import XBlock, XBlockMixin
from xblock.exceptions import DisallowedFileError
from xblock.fields import Boolean, Scope, ScopeIds
from xblock.plugin import PluginMissingError
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, NullI18nService, Runtime

from .assets import replace_static_urls, without_other_sites


class NoXBlock(Exception):
    """No XBlock is installed for a type of components."""


def load_class(block_type: str) -> Any:
    """
    Return the class of a block type. Raises NoXBlock if none is installed.

    On the platform, its own blocks have the plain names. Their package installs them under another one.
    """
    for name in (block_type, f"_{block_type}_extracted"):
        with suppress(PluginMissingError):
            return XBlock.load_class(name)
    raise NoXBlock(f"The workbench has no XBlock for the type “{block_type}”.")


def open_resource(block_type: str, path: str) -> IO[bytes] | None:
    """Return a public file of a block's package, opened. None if there is no such block, or no such file."""
    try:
        file: IO[bytes] = load_class(block_type).open_local_resource(path)
    except (DisallowedFileError, FileNotFoundError, NoXBlock):
        return None
    return file


def render(version: ComponentVersion, key: LibraryUsageLocatorV2, user: User) -> Fragment:
    """
    Return what the learner's view of the version consists of.

    Raises NoXBlock for a type without a class, and whatever the block raises for content that it cannot show. Does not
    check permissions.
    """
    runtime = PreviewRuntime(version, user)
    return runtime.render(runtime.load(key), "student_view")


class _Everywhere(XBlockMixin):  # type: ignore[misc]  # it has no types
    """The fields that the platform adds to every block, as far as its own blocks read them."""

    graded = Boolean(default=False, scope=Scope.settings)


class PreviewRuntime(Runtime):  # type: ignore[misc]  # it has no types
    """The runtime for one version and one user."""

    # Blocks read these from the runtime: a preview is an author's view, and problems find no files.
    is_author_mode = True

    def __init__(self, version: ComponentVersion, user: User) -> None:
        """Prepare everything that the platform's blocks ask for."""
        ids = MemoryIdManager()
        self._static_urls = _StaticUrls(version, user)
        super().__init__(
            id_reader=ids,
            id_generator=ids,
            mixins=[_Everywhere],
            services={
                "cache": cache,
                "field-data": KvsFieldData(DictKeyValueStore()),
                "i18n": NullI18nService(),
                "replace_urls": self._static_urls,
                "sandbox": _NoPython(),
                "user": _CurrentUser(user),
                "xqueue": object(),
            },
        )
        self._user_id = user.pk
        self.resources_fs = MemoryFS()
        self._version = version

    def load(self, key: UsageKey) -> XBlock:
        """Return the block with the fields that the version's OLX gives it."""
        node = etree.fromstring(self._version.media.get(componentversionmedia__path="block.xml").text)
        cls = self.mixologist.mix(load_class(key.block_type))
        # The platform's older blocks have a plain way to be read, beside the one that reads files of a course.
        parse = getattr(cls, "parse_xml_new_runtime", cls.parse_xml)
        return parse(node, runtime=self, keys=ScopeIds(self._user_id, key.block_type, None, key))

    def load_block_type(self, block_type: str) -> Any:
        """Find the platform's own blocks, too."""
        return load_class(block_type)

    def render(self, block: XBlock, view_name: str, context: dict[str, Any] | None = None) -> Fragment:
        """Render a view, and have its links to files lead to those of this version."""
        fragment = super().render(block, view_name, context or {})
        parts = fragment.to_dict()
        parts["content"] = self._static_urls.replace_urls(fragment.content)
        for resource in parts["resources"]:
            if resource["kind"] == "text" and resource["mimetype"] == "text/css":
                resource["data"] = without_other_sites(resource["data"])
        return Fragment.from_dict(parts)

    def handler_url(
        self, block: XBlock, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """Return Studio's address of a handler. The workbench has none there, and answers with a 404."""
        return f"/api/xblock/v2/xblocks/{block.usage_key}/handler/0-none/{handler_name}/{suffix}"

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        """Return the address of a file that belongs to the block's package."""
        return reverse("workbench:block-resource", args=[block.scope_ids.block_type, uri])

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        """Return none, as in libraries."""
        return []

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Forget what a block reports."""

    def resource_url(self, resource: str) -> str:
        """Raise NotImplementedError, as on the platform."""
        raise NotImplementedError

    def handle(self, *args: Any, **kwargs: Any) -> Any:
        """Raise NotImplementedError: there are no handlers."""
        raise NotImplementedError

    def _css_classes_for(self, block: XBlock, view: str) -> list[str]:
        """Add the classes that the platform's style sheets look for."""
        cls = getattr(block, "unmixed_class", type(block)).__name__
        return [*super()._css_classes_for(block, view), "xmodule_display", f"xmodule_{cls}"]


class _StaticUrls:
    """The service that replaces ``/static/…`` in what a block shows."""

    def __init__(self, version: ComponentVersion, user: User) -> None:
        self._version = version
        self._user = user

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        """Return the text with addresses that lead to the files of this version."""
        # Plain text, also for what Django has marked as safe: blocks put it into attributes, too.
        return replace_static_urls(text + "", self._version, self._user)


class _NoPython:
    """The service that decides where the Python in a problem runs: only in a sandbox, and there is none."""

    def can_execute_unsafe_code(self) -> bool:
        """Return False."""
        return False

    def get_python_lib_zip(self) -> None:
        """Return none."""


class _CurrentUser(UserService):  # type: ignore[misc]  # it has no types
    """The service that tells who looks."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self._user = user

    def get_current_user(self) -> XBlockUser:
        """Return the user, with the attributes that the platform's blocks read."""
        current = XBlockUser(is_current_user=True, emails=[self._user.email], full_name=self._user.get_full_name())
        current.opt_attrs = {
            "edx-platform.anonymous_user_id": str(self._user.pk),
            "edx-platform.deprecated_anonymous_user_id": str(self._user.pk),
            "edx-platform.is_authenticated": True,
            "edx-platform.request_country_code": None,
            "edx-platform.user_id": self._user.pk,
            "edx-platform.user_is_staff": self._user.is_staff,
            "edx-platform.username": self._user.get_username(),
        }
        return current
