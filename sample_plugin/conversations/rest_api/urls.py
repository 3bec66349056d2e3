"""All versions of the REST API."""

from django.urls import include, path

app_name = "sample_plugin_conversations"

urlpatterns = [
    path("api/sample-plugin/conversations/v1/", include("sample_plugin.conversations.rest_api.v1.urls")),
]
