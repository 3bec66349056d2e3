"""Workers that send at once: each mail is sent by one of them."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core import mail

from sample_plugin.notifications import api
from sample_plugin.notifications.models import Notification
from sample_plugin.reviews import api as reviews_api

from ..content import Library
from .conftest import ROUNDS
from .crew import Crew

pytestmark = pytest.mark.essential


def test_of_workers_that_send_at_once_one_sends_each_mail(
    crew: Crew, library: Library, author: User, reviewer: User
) -> None:
    User.objects.filter(pk=author.pk).update(email="author@example.com", is_staff=True)
    for number in range(ROUNDS):
        mail.outbox.clear()
        daily = number % 2 == 1
        # Before the events, so that nothing but the crew sends.
        api.set_timings(author.pk, {"changes_requested": "daily"})
        for _ in range(3):
            reviews_api.request_changes(library.component().id, reviewer_id=reviewer.pk, note="More")
        if not daily:
            api.set_timings(author.pk, {"changes_requested": "immediately"})
        done = crew.at_once(*[partial(api.send_waiting, digest=daily)] * 4)
        assert sum(one.sent for one in done) == len(mail.outbox)
        assert sum(str(message.body).count("requests changes") for message in mail.outbox) == 3
        assert set(Notification.objects.values_list("state", flat=True)) == {"sent"}
