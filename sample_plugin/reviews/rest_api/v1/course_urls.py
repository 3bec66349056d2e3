"""The URLs of version 1 that are about courses: Studio and the LMS have them."""

from django.urls import path

from .courses import CourseBlocksDownloadView, CourseBlocksView

app_name = "v1"

urlpatterns = [
    path("courses/<str:course_key>/reviewed/", CourseBlocksView.as_view(), name="course-blocks"),
    path("courses/<str:course_key>/reviewed.csv", CourseBlocksDownloadView.as_view(), name="course-blocks-download"),
]
