"""Two people in one conversation at once: each act is done once, and neither undoes the other."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User

from sample_plugin.conversations import api
from sample_plugin.conversations.models import Comment, Resolution

from ..content import Library
from .conftest import ROUNDS
from .crew import Crew

pytestmark = pytest.mark.essential


def test_a_conversation_is_resolved_once_and_a_deleted_comment_stays_deleted(
    crew: Crew, library: Library, reviewer: User, author: User
) -> None:
    text = library.component()
    for number in range(ROUNDS):
        started = api.start_conversation(text.id, author_id=reviewer.pk, body=f"Question {number}")
        first = started.comments.get()
        _, _, edited, deleted = crew.at_once(
            partial(api.resolve, started.pk, resolved_by_id=reviewer.pk),
            partial(api.resolve, started.pk, resolved_by_id=author.pk),
            partial(api.edit_comment, first.pk, author_id=reviewer.pk, body="In other words"),
            partial(api.delete_comment, first.pk, author_id=reviewer.pk),
        )
        assert isinstance(edited, Comment | api.CommentDeletedError)
        assert isinstance(deleted, Comment)
        assert Comment.objects.get(pk=first.pk).body == ""
        assert Resolution.objects.filter(conversation=started).count() == 1
        replies = crew.at_once(*[partial(api.reply, started.pk, author_id=author.pk, body="10 g")] * 2)
        assert replies[0] == replies[1]
