"""A publish that is so large that it goes on in the background."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .look import look_at
from .studio import open_library, row
from .workspace import approve, close_workspace, line, open_all, open_by_button, open_publish, workspace

pytestmark = pytest.mark.essential

STATUS = re.compile(r"/publish-reviewed/[0-9a-f-]+/$")


@pytest.mark.parametrize("operator_settings", [{"SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM": 1}])
def test_a_publish_in_the_background_shows_how_far_it_is(author: Page, reviewer: Page) -> None:
    open_all(reviewer)
    approve(reviewer, "Salt", "Weigh the salt")

    # The workbench is done at once. Here it takes as long as somebody looks at it.
    is_slow = True

    def half_way(route: Route) -> None:
        if not is_slow:
            route.continue_()
            return
        answer = route.fetch()
        route.fulfill(
            response=answer, json={**answer.json(), "state": "running", "total": 2, "done": 1, "result": None}
        )

    author.route(STATUS, half_way)
    open_library(author)
    open_by_button(author)
    dialog = open_publish(author, 2)
    dialog.get_by_role("button", name="Publish 2 items").click()
    expect(dialog).to_be_hidden()
    expect(workspace(author).get_by_role("progressbar", name="Publishing: 1 of 2")).to_be_visible()
    expect(workspace(author).get_by_role("button", name="Publish reviewed items")).to_be_disabled()
    look_at(author, "publish-in-background")

    # It is found again by who has closed the workspace meanwhile.
    close_workspace(author)
    open_by_button(author)
    expect(workspace(author).get_by_role("progressbar")).to_be_visible()
    is_slow = False
    done = workspace(author).get_by_role("alert").filter(has_text="2 items are live now.")
    expect(done).to_be_visible()
    done.get_by_role("button", name="Close").click()
    expect(done).to_be_hidden()
    expect(workspace(author).get_by_role("button", name="Publish reviewed items")).to_have_count(0)
    workspace(author).get_by_role("button", name="All (11)").click()
    expect(line(author, "Yeast and time")).to_be_visible()
    expect(line(author, "Salt")).to_have_count(0)
    close_workspace(author)
    expect(row(author, "Salt")).to_have_text(re.compile("^Salthtmlpublished"))
