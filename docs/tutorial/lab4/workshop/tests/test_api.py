"""The rules."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from openedx_content.models_api import Component

from holds import api
from holds.models import Hold


def test_what_is_on_hold_is_listed_until_the_hold_is_lifted(salt: Component, author: User) -> None:
    hold = api.place_hold(salt.id, placed_by_id=author.id, reason="The dietician has to see it")
    assert list(api.get_holds(salt.learning_package_id)) == [hold]
    api.lift_hold(salt.id)
    assert not api.get_holds(salt.learning_package_id).exists()


@pytest.mark.parametrize("reason", ["", "  ", "so " * 100])
def test_it_takes_a_reason(salt: Component, author: User, reason: str) -> None:
    with pytest.raises(ValidationError):
        api.place_hold(salt.id, placed_by_id=author.id, reason=reason)
    assert not Hold.objects.exists()


def test_the_first_reason_stays(salt: Component, author: User) -> None:
    api.place_hold(salt.id, placed_by_id=author.id, reason="First")
    assert api.place_hold(salt.id, placed_by_id=author.id, reason="Second").reason == "First"


def test_only_what_is_on_hold_can_be_lifted(salt: Component) -> None:
    with pytest.raises(Hold.DoesNotExist):
        api.lift_hold(salt.id)
