"""What a program gets to know of a refusal."""

import pytest
from openedx_content import api as content_api

from holds.models import Hold
from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.filters import EntityPrePublish


def test_a_refusal_names_what_is_on_hold(hold: Hold) -> None:
    library = hold.entity.learning_package
    reviews_api.set_review_required(library.id, False, changed_by=None)
    with pytest.raises(EntityPrePublish.PreventPublish) as refusal:
        content_api.publish_all_drafts(library.id)
    assert refusal.value.detail["code"] == "on_hold"
    assert refusal.value.detail["on_hold"] == [{"key": "lb:Workshop:Tests:html:salt", "reason": "The dietician"}]
