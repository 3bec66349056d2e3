"""URLs of the workbench. Those of the plugins come from the plugins themselves, as in the LMS."""

from django.conf import settings
from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView
from edx_django_utils.plugins import get_plugin_url_patterns

from .views import HomeView, UpgradeView

urlpatterns = [
    path("", RedirectView.as_view(url="/admin/")),  # the only pages
    path("admin/", admin.site.urls),
    path("api/learner_home/init", HomeView.as_view(), name="home"),
    path("api/workbench/enrollments/<str:key>/upgrade/", UpgradeView.as_view(), name="upgrade"),
    *get_plugin_url_patterns(settings.LMS),
]
