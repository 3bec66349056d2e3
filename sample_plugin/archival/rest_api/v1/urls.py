"""The URLs of version 1."""

from django.urls import path

from .views import ArchivedCoursesView, ArchivedCourseView

app_name = "v1"

urlpatterns = [
    path("courses/", ArchivedCoursesView.as_view(), name="courses"),
    path("courses/<str:course_key>/", ArchivedCourseView.as_view(), name="course"),
]
