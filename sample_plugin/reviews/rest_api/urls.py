"""All versions of the REST API."""

from django.urls import include, path

app_name = "sample_plugin_reviews"

urlpatterns = [
    path("api/sample-plugin/reviews/v1/", include("sample_plugin.reviews.rest_api.v1.urls")),
]
