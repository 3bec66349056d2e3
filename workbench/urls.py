"""URLs of the workbench. Those of the plugins come from the plugins themselves, as in Studio."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from edx_django_utils.plugins import get_plugin_url_patterns

from . import lists, mfe, pages, views

block_urls = [
    path("", views.BlockView.as_view(), name="block"),
    path("olx/", views.BlockOlxView.as_view(), name="block-olx"),
    path("publish/", views.BlockPublishView.as_view(), name="block-publish"),
    path("restore/", views.BlockRestoreView.as_view(), name="block-restore"),
]

container_urls = [
    path("", views.ContainerView.as_view(), name="container"),
    path("publish/", views.ContainerPublishView.as_view(), name="container-publish"),
    path("restore/", views.ContainerRestoreView.as_view(), name="container-restore"),
]

workbench_urls: list[URLPattern | URLResolver] = [
    path("", pages.libraries, name="libraries"),
    path("library/<str:key>/", pages.library, name="library"),
    path("edit/<str:key>/", pages.edit, name="edit"),
    path("login/", pages.WorkbenchLoginView.as_view(), name="login"),
    path("logout/", pages.WorkbenchLogoutView.as_view(), name="logout"),
    path("login_refresh", mfe.login_refresh, name="login-refresh"),
    path("csrf/api/v1/token", mfe.csrf_token, name="csrf-token"),
    path("api/notifications/count/", mfe.notifications, name="notifications"),
    re_path("^authoring/(?P<path>.*)$", mfe.page, name="page"),
    path("api/workbench/libraries/", lists.LibrariesView.as_view(), name="libraries-list"),
    path("api/workbench/libraries/<str:key>/", lists.LibraryView.as_view(), name="library-items"),
    path("api/contentstore/v1/container/<str:key>/children", lists.UnitView.as_view(), name="unit"),
    path("api/libraries/v2/<str:key>/commit/", views.LibraryCommitView.as_view(), name="library-commit"),
    path("api/libraries/v2/blocks/<str:key>/", include(block_urls)),
    path("api/libraries/v2/containers/<str:key>/", include(container_urls)),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include((workbench_urls, "workbench"))),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("api/tasks/v0/", include("user_tasks.urls")),
    *get_plugin_url_patterns(settings.PROJECT_TYPE),
]
