"""URLs of the workbench. Those of the plugins come from the plugins themselves, as in Studio."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from edx_django_utils.plugins import get_plugin_url_patterns

from . import lists, mfe, pages
from .migrator.views import BulkMigrationView
from .preview import views as preview
from .views import blocks, clipboard, containers, libraries

library_urls = [
    path("commit/", libraries.LibraryCommitView.as_view(), name="library-commit"),
    path("blocks/", libraries.LibraryBlocksView.as_view(), name="library-blocks"),
    path("containers/", libraries.LibraryContainersView.as_view(), name="library-containers"),
    path("paste_clipboard/", clipboard.PasteView.as_view(), name="library-paste"),
]

block_urls = [
    path("", blocks.BlockView.as_view(), name="block"),
    path("olx/", blocks.BlockOlxView.as_view(), name="block-olx"),
    path("publish/", blocks.BlockPublishView.as_view(), name="block-publish"),
    path("restore/", blocks.BlockRestoreView.as_view(), name="block-restore"),
]

container_urls = [
    path("", containers.ContainerView.as_view(), name="container"),
    path("children/", containers.ContainerChildrenView.as_view(), name="container-children"),
    path("copy/", clipboard.ContainerCopyView.as_view(), name="container-copy"),
    path("publish/", containers.ContainerPublishView.as_view(), name="container-publish"),
    path("restore/", containers.ContainerRestoreView.as_view(), name="container-restore"),
]

# Under Studio's addresses.
studio_urls: list[URLPattern | URLResolver] = [
    # Before those of a library: “blocks” and “containers” are no keys.
    path("api/libraries/v2/blocks/<str:key>/", include(block_urls)),
    path("api/libraries/v2/containers/<str:key>/", include(container_urls)),
    path("api/libraries/v2/<str:key>/", include(library_urls)),
    path("api/xblock/v2/xblocks/<str:key>/fields/", blocks.BlockFieldsView.as_view(), name="block-fields"),
    path("api/content-staging/v1/clipboard/", clipboard.ClipboardView.as_view(), name="clipboard"),
    path("api/modulestore_migrator/v1/bulk_migration/", BulkMigrationView.as_view(), name="bulk-migration"),
    path("api/contentstore/v1/container/<str:key>/children", lists.UnitView.as_view(), name="unit"),
    path("api/contentstore/v2/downstreams/<str:key>/sync", lists.SyncView.as_view(), name="sync"),
    path("xblocks/v2/<str:key>/embed/<str:view>/", preview.EmbedView.as_view(), name="block-preview"),
    path(
        "library_assets/component_versions/<uuid:version>/<path:path>",
        preview.ComponentFileView.as_view(),
        name="component-file",
    ),
    path("xblock/resource/<str:block_type>/<path:path>", preview.BlockResourceView.as_view(), name="block-resource"),
]

workbench_urls: list[URLPattern | URLResolver] = [
    path("", pages.libraries, name="libraries"),
    path("library/<str:key>/", pages.library, name="library"),
    path("edit/<str:key>/", pages.edit, name="edit"),
    path("what-to-try/", pages.steps, name="steps"),
    path("login/", pages.WorkbenchLoginView.as_view(), name="login"),
    path("logout/", pages.WorkbenchLogoutView.as_view(), name="logout"),
    path("login_refresh", mfe.login_refresh, name="login-refresh"),
    path("csrf/api/v1/token", mfe.csrf_token, name="csrf-token"),
    path("api/notifications/count/", mfe.notifications, name="notifications"),
    re_path("^authoring/(?P<path>.*)$", mfe.page, name="page"),
    path("api/workbench/libraries/", lists.LibrariesView.as_view(), name="libraries-list"),
    path("api/workbench/libraries/<str:key>/", lists.LibraryView.as_view(), name="library-items"),
    *studio_urls,
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include((workbench_urls, "workbench"))),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("api/tasks/v0/", include("user_tasks.urls")),
    *get_plugin_url_patterns(settings.PROJECT_TYPE),
]
