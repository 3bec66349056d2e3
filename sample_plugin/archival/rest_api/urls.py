"""All versions of the REST API."""

from django.urls import include, path

app_name = "sample_plugin_archival"

urlpatterns = [
    path("api/sample-plugin/archival/v1/", include("sample_plugin.archival.rest_api.v1.urls")),
]
