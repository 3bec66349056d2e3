"""Who has reviewed in a library, over REST."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sample_plugin.reviews import api

from .content import Library
from .rest import LIBRARY, Api

pytestmark = pytest.mark.django_db

COUNTS = f"{LIBRARY}review-counts/"


def test_the_address_is_the_one_that_clients_know() -> None:
    assert reverse("sample_plugin_reviews:v1:review-counts", args=["lib:Test:Gated"]) == COUNTS


def test_everybody_is_named_once_with_what_is_in_force(
    rest: Api, library: Library, reviewer: User, other_reviewer: User
) -> None:
    salt, yeast = library.component("salt"), library.component("yeast")
    for item in (salt, yeast):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
    api.mark_reviewed(salt.id, reviewer_id=other_reviewer.pk)
    api.withdraw_review(yeast.id, reviewer_id=reviewer.pk)
    assert rest("get", COUNTS) == {
        "results": [
            {"reviewer": {"username": "reviewer", "name": "", "is_active": True}, "reviews": 1},
            {"reviewer": {"username": "other-reviewer", "name": "", "is_active": True}, "reviews": 1},
        ]
    }


def test_any_number_takes_two_queries(library: Library, reviewer: User, other_reviewer: User, review: Any) -> None:
    for more in (1, 20):
        review(*(library.component() for _ in range(more)))
        with CaptureQueriesContext(connection) as queries:
            api.get_review_counts(library.package.id)
        assert len(queries) == 2
