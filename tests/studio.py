"""Studio's endpoints, as the workbench has them: where they are, and how to call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

type Post = Callable[..., Any]

# Studio's paths, pinned here once.
LIBRARY = "/api/libraries/v2/{}/"
COMMIT = "/api/libraries/v2/{}/commit/"
PASTE = "/api/libraries/v2/{}/paste_clipboard/"
BLOCK = "/api/libraries/v2/blocks/{}/"
FIELDS = "/api/xblock/v2/xblocks/{}/fields/"
CONTAINER = "/api/libraries/v2/containers/{}/"
CHILDREN = "/api/libraries/v2/containers/{}/children/"
CLIPBOARD = "/api/content-staging/v1/clipboard/"
IMPORT = "/api/modulestore_migrator/v1/bulk_migration/"


@pytest.fixture(name="post")
def _post(client: Client, db: None) -> Post:
    """
    A function that sends a request as ``author`` (or nobody) and returns the answer.

    With ATOMIC_REQUESTS, DRF marks the transaction that surrounds a view for rollback when it answers with an error.
    Studio's library views have none; here it would be the test's own, so the mark is taken off again.
    """

    def post(address: str, method: str = "post", user: str | None = "author", **kwargs: Any) -> Any:
        if user:
            client.force_login(User.objects.get(username=user))
        response = getattr(client, method)(address, content_type="application/json", **kwargs)
        transaction.set_rollback(False)
        return response

    return post
