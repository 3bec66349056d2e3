"""The URLs of version 1."""

from django.urls import path

from .views import MyTimingsView

app_name = "v1"

urlpatterns = [path("me/", MyTimingsView.as_view(), name="me")]
