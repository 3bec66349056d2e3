"""The URLs of version 1. Keys are Studio's: they contain colons and no slashes."""

from django.urls import path

from .audit import AuditDownloadView, AuditView, HistoryView
from .course_urls import urlpatterns as course_urls
from .differences import DifferenceView, ImageView
from .entities import DismissalView, EntitiesView, EntityReviewsView, EntityReviewView, EntityView
from .figures import FiguresView
from .libraries import (
    ChangeLogReviewsView,
    ImportsView,
    LibraryEntitiesView,
    LibraryReviewsView,
    LibraryView,
    PolicyHistoryView,
)
from .my_reviews import MyLibrariesView, MyReviewsView
from .publishing import BackgroundPublishView, PublishReviewedView
from .queue import QueueView
from .review_requests import EntityReviewRequestView, LibraryReviewRequestsView, ReviewersView, ReviewRequestAgainView
from .unreviewed import PublishUnreviewedView
from .versions import VersionsView

app_name = "v1"

urlpatterns = [
    path("my-reviews/", MyReviewsView.as_view(), name="my-reviews"),
    path("libraries/", MyLibrariesView.as_view(), name="libraries"),
    path("libraries/<str:library_key>/", LibraryView.as_view(), name="library"),
    path("libraries/<str:library_key>/policy-history/", PolicyHistoryView.as_view(), name="policy-history"),
    path("libraries/<str:library_key>/audit/", AuditView.as_view(), name="audit"),
    path("libraries/<str:library_key>/audit.csv", AuditDownloadView.as_view(), name="audit-download"),
    path("libraries/<str:library_key>/entities/", LibraryEntitiesView.as_view(), name="library-entities"),
    path("libraries/<str:library_key>/queue/", QueueView.as_view(), name="library-queue"),
    path("libraries/<str:library_key>/figures/", FiguresView.as_view(), name="library-figures"),
    path("libraries/<str:library_key>/reviews/", LibraryReviewsView.as_view(), name="library-reviews"),
    path(
        "libraries/<str:library_key>/review-requests/",
        LibraryReviewRequestsView.as_view(),
        name="library-review-requests",
    ),
    path("libraries/<str:library_key>/reviewers/", ReviewersView.as_view(), name="reviewers"),
    path("libraries/<str:library_key>/imports/", ImportsView.as_view(), name="library-imports"),
    path(
        "libraries/<str:library_key>/change-logs/<str:change_log_id>/reviews/",
        ChangeLogReviewsView.as_view(),
        name="change-log-reviews",
    ),
    path("libraries/<str:library_key>/publish-reviewed/", PublishReviewedView.as_view(), name="publish-reviewed"),
    path(
        "libraries/<str:library_key>/publish-reviewed/<str:publish_id>/",
        BackgroundPublishView.as_view(),
        name="background-publish",
    ),
    path(
        "libraries/<str:library_key>/publish-unreviewed/",
        PublishUnreviewedView.as_view(),
        name="publish-unreviewed",
    ),
    path("entities/", EntitiesView.as_view(), name="entities"),
    # Before the next one, for which this would be a key.
    path("entities/versions/", VersionsView.as_view(), name="versions"),
    path("entities/<str:key>/", EntityView.as_view(), name="entity"),
    path("entities/<str:key>/review/", EntityReviewView.as_view(), name="entity-review"),
    path("entities/<str:key>/review-request/", EntityReviewRequestView.as_view(), name="review-request"),
    path("entities/<str:key>/review-request/again/", ReviewRequestAgainView.as_view(), name="review-request-again"),
    path("entities/<str:key>/reviews/", EntityReviewsView.as_view(), name="entity-reviews"),
    path("entities/<str:key>/history/", HistoryView.as_view(), name="entity-history"),
    path("entities/<str:key>/reviews/<str:review_id>/dismissal/", DismissalView.as_view(), name="dismissal"),
    path("entities/<str:key>/difference/", DifferenceView.as_view(), name="entity-difference"),
    path("entities/<str:key>/versions/<str:version_num>/images/", ImageView.as_view(), name="version-image"),
    *course_urls,
]
