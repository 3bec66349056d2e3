"""What the database promises."""

import pytest
from django.db import IntegrityError

from holds.models import Hold


def test_an_entity_is_on_hold_once(hold: Hold) -> None:
    with pytest.raises(IntegrityError):
        Hold.objects.create(entity=hold.entity, reason="Again", placed_at=hold.placed_at)
