"""All versions of the REST API."""

from django.urls import include, path

app_name = "sample_plugin_notifications"

urlpatterns = [
    path("api/sample-plugin/notifications/v1/", include("sample_plugin.notifications.rest_api.v1.urls")),
]
