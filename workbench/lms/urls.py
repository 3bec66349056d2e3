"""URLs of the workbench with the LMS. What plugins have at the same place in both is there once."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from edx_django_utils.plugins import get_plugin_url_patterns

from workbench import mfe
from workbench.urls import urlpatterns as of_studio

from .unit_page import UnitView
from .views import HomeView, UpgradeView

lms_urls: list[URLPattern | URLResolver] = [
    path("api/learner_home/init", HomeView.as_view(), name="home"),
    path("api/workbench/enrollments/<str:key>/upgrade/", UpgradeView.as_view(), name="upgrade"),
    path("xblock/<str:key>", UnitView.as_view(), name="unit"),
    re_path("^learner-dashboard/(?P<path>.*)$", mfe.page, name="dashboard"),
]

_namespaces = {pattern.namespace for pattern in get_plugin_url_patterns(settings.PROJECT_TYPE)}

urlpatterns = [
    path("", include((lms_urls, "workbench_lms"))),
    *(pattern for pattern in get_plugin_url_patterns(settings.LMS) if pattern.namespace not in _namespaces),
    *of_studio,
]
