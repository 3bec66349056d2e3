"""Who sees what, and what is seen where the plugin's other half is missing or does not answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from .look import look_at
from .studio import REVIEWS_API, open_library, row
from .workspace import button, change_pane, choose, open_all, open_change, open_settings, queue, rows, workspace

pytestmark = pytest.mark.essential


def test_who_may_not_publish_is_not_offered_to(reviewer: Page) -> None:
    open_all(reviewer)
    expect(change_pane(reviewer).get_by_role("button", name="Approve", exact=True)).to_be_visible()
    expect(workspace(reviewer).get_by_role("button", name="Publish")).to_have_count(0)
    settings = open_settings(reviewer)
    expect(settings).to_contain_text("Only reviewed changes can be published in this library.")
    for role in ("switch", "spinbutton", "combobox"):
        expect(settings.get_by_role(role)).to_have_count(0)


def test_who_may_not_review_is_not_offered_to(author: Page) -> None:
    open_all(author)
    expect(change_pane(author)).to_contain_text("You can view the reviews in this library, but not review.")
    expect(workspace(author).get_by_role("button", name="Approve")).to_have_count(0)
    expect(workspace(author).get_by_role("button", name="Request changes")).to_have_count(0)
    expect(workspace(author).get_by_role("textbox", name="Note")).to_have_count(0)
    # Not a button for nothing, either.
    expect(workspace(author).get_by_role("button", name="Publish reviewed items")).to_have_count(0)
    look_at(author, "author")


def test_who_has_nothing_to_do_is_told_so(author: Page) -> None:
    open_library(author)
    expect(button(author)).to_have_accessible_name("Reviews")
    button(author).click()
    expect(queue(author)).to_contain_text("Nothing is waiting for you.")
    expect(open_change(author)).to_have_count(0)
    queue(author).get_by_role("button", name="Show all changes").click()
    expect(rows(author)).to_have_count(13)
    choose(author, "By me", 13)


def test_who_may_not_see_the_library_sees_nothing_of_the_plugin(visitor: Page, expected_failures: set[str]) -> None:
    expected_failures |= {"403", "404"}
    with visitor.expect_response(REVIEWS_API):
        visitor.goto("/authoring/library/lib:WorkbenchDemo:Bread")
    expect(visitor.get_by_text("There is nothing here that you may see.")).to_be_visible()
    expect(button(visitor)).to_have_count(0)
    look_at(visitor, "visitor")


def test_who_has_no_library_sees_nothing_of_the_plugin_on_other_pages(visitor: Page) -> None:
    for path in ["home", "libraries"]:
        with visitor.expect_response(REVIEWS_API):
            visitor.goto(f"/authoring/{path}")
        expect(visitor.get_by_role("heading", level=1)).to_be_visible()
        expect(button(visitor)).to_have_count(0)
    # A link that somebody has sent them says why.
    visitor.goto("/authoring/home?reviews=mine")
    expect(visitor.get_by_role("dialog", name="My reviews")).to_contain_text("You have no access to any library.")


def test_a_studio_without_the_backend_plugin_is_as_it_was(author: Page, expected_failures: set[str]) -> None:
    expected_failures.add("404")

    def not_found(route: Route) -> None:
        route.fulfill(status=404, content_type="text/html", body="<h1>Not Found</h1>")

    author.route(REVIEWS_API, not_found)
    with author.expect_response(REVIEWS_API):
        open_library(author)
    expect(row(author, "Salt")).to_be_visible()
    expect(button(author)).to_have_count(0)
    with author.expect_response(REVIEWS_API):
        author.goto("/authoring/home")
    expect(button(author)).to_have_count(0)
    author.get_by_role("main").get_by_role("link", name="Your first loaf").click()
    expect(author.get_by_role("heading", name="Your first loaf")).to_be_visible()


def test_a_server_that_does_not_answer_is_asked_again(author: Page, expected_failures: set[str]) -> None:
    expected_failures.add("ERR_FAILED")
    author.route(REVIEWS_API, lambda route: route.abort())
    open_library(author)
    # No number, and no reason to hide.
    expect(button(author)).to_have_accessible_name("Reviews")
    button(author).click()
    # Its name holds the title of the library, which is not known.
    opened = author.get_by_role("dialog", name="Review:")
    expect(opened).to_contain_text("Studio did not answer. Check your connection and try again.")
    look_at(author, "no-answer")
    author.unroute(REVIEWS_API)
    opened.get_by_role("button", name="Try again").click()
    expect(queue(author)).to_contain_text("Nothing is waiting for you.")
    expect(queue(author).get_by_role("button", name="All (13)")).to_be_visible()
