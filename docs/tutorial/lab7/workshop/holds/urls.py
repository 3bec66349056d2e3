"""The URLs of the REST API. Keys are Studio's: they contain colons and no slashes."""

from django.urls import path

from .views import EntityHoldView, LibraryHoldsView

app_name = "holds"

urlpatterns = [
    path("api/holds/v1/libraries/<str:library_key>/holds/", LibraryHoldsView.as_view(), name="library-holds"),
    path("api/holds/v1/entities/<str:key>/hold/", EntityHoldView.as_view(), name="entity-hold"),
]
