"""All versions of the REST API, as far as the LMS has it: what course teams ask."""

from django.urls import include, path

app_name = "sample_plugin_reviews"

urlpatterns = [
    path("api/sample-plugin/reviews/v1/", include("sample_plugin.reviews.rest_api.v1.course_urls")),
]
