"""The URLs of version 1. Keys are Studio's: they contain colons and no slashes."""

from django.urls import path

from .views import CommentsView, CommentView, ConversationLibraryView, EntityConversationsView, ResolutionView

app_name = "v1"

_CONVERSATION = "entities/<str:key>/conversations/<str:conversation_id>/"

urlpatterns = [
    path("libraries/<str:library_key>/", ConversationLibraryView.as_view(), name="library"),
    path("entities/<str:key>/conversations/", EntityConversationsView.as_view(), name="conversations"),
    path(f"{_CONVERSATION}comments/", CommentsView.as_view(), name="comments"),
    path(f"{_CONVERSATION}comments/<str:comment_id>/", CommentView.as_view(), name="comment"),
    path(f"{_CONVERSATION}resolution/", ResolutionView.as_view(), name="resolution"),
]
