"""What the database promises."""

from datetime import datetime, timezone

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from holds.models import Hold
from openedx_content.models_api import Component


def place(salt: Component, author: User) -> Hold:
    """Put it on hold, past all rules."""
    return Hold.objects.create(
        entity_id=salt.id, reason="The dietician", placed_by=author, placed_at=datetime.now(tz=timezone.utc)
    )


def test_an_entity_is_on_hold_once(salt: Component, author: User) -> None:
    place(salt, author)
    with pytest.raises(IntegrityError):
        place(salt, author)
