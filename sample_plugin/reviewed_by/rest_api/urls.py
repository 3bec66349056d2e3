"""All versions of the REST API."""

from django.urls import include, path

app_name = "sample_plugin_reviewed_by"

urlpatterns = [
    path("api/sample-plugin/reviewed-by/v1/", include("sample_plugin.reviewed_by.rest_api.v1.urls")),
]
