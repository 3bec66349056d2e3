"""What is on hold does not go live, whoever publishes it."""

import pytest
from django.contrib.auth.models import User
from openedx_content import api as content_api
from openedx_content.models_api import Component

from holds import api
from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.filters import EntityPrePublish


@pytest.fixture(autouse=True)
def no_review_required(salt: Component) -> None:
    """Leave only our own step to say no."""
    reviews_api.set_review_required(salt.learning_package_id, False, changed_by=None)


def publish(salt: Component) -> None:
    """Publish all that there is."""
    content_api.publish_all_drafts(salt.learning_package_id)


def test_what_is_on_hold_is_not_published(salt: Component, author: User) -> None:
    api.place_hold(salt.id, placed_by_id=author.id, reason="The dietician")
    with pytest.raises(EntityPrePublish.PreventPublish, match="The dietician"):
        publish(salt)
    assert content_api.get_published_version(salt.id) is None


def test_what_is_no_longer_on_hold_is_published(salt: Component, author: User) -> None:
    api.place_hold(salt.id, placed_by_id=author.id, reason="The dietician")
    api.lift_hold(salt.id)
    publish(salt)
    assert content_api.get_published_version(salt.id) is not None
