"""The URLs of version 1. Keys are Studio's."""

from django.urls import path

from .views import MyNameView, ShownLibraryView

app_name = "v1"

urlpatterns = [
    path("me/", MyNameView.as_view(), name="me"),
    path("libraries/<str:library_key>/", ShownLibraryView.as_view(), name="library"),
]
