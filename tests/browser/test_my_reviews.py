"""My reviews: from any page of Studio to what waits for a person in all of their libraries, and back."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from .look import NARROW, look_at
from .server import Server
from .studio import LIBRARY, REVIEWS_API
from .workspace import button, open_change, open_on, request_changes, verdict_button, workspace

HOME = "/authoring/home"

# A library in which only the admin has a role.
ANOTHER_LIBRARY = """
from datetime import timedelta
from django.contrib.auth.models import User
from sample_plugin.reviews import api
from tests.content import Library, now
author = User.objects.get(username="author").pk
library = Library.create("lib:WorkbenchDemo:Cake", author)
for number in range(60):
    created = now() - timedelta(days=number, hours=2)
    text = library.component(f"cake-{number}", title=f"Cake {number}", created=created, created_by=author)
    if number > 40:
        api.mark_reviewed(text.id, reviewer_id=User.objects.get(username="reviewer").pk)
"""


def my_reviews(page: Page) -> Locator:
    """Return the page with all that concerns the person."""
    return page.get_by_role("dialog", name="My reviews")


def shows(page: Page, group: str, count: int) -> Locator:
    """Choose a list that has so many changes, and return its rows."""
    my_reviews(page).get_by_role("button", name=f"{group} ({count})", exact=True).click()
    rows = my_reviews(page).get_by_role("listitem")
    expect(rows).to_have_count(min(count, 50))
    return rows


def look_after_a_reload(page: Page, name: str, part: Locator) -> None:
    """Look at it in both widths. In another width Studio makes its header anew, and what the header has opened."""
    for width in (NARROW, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        expect(part).to_be_visible()
        look_at(page, name)


def test_a_reviewer_comes_from_studios_home_to_a_change_and_back(reviewer: Page, author: Page, server: Server) -> None:
    server.run(ANOTHER_LIBRARY)
    asked: list[str] = []
    reviewer.on("request", lambda request: asked.append(request.url) if REVIEWS_API.search(request.url) else None)
    reviewer.goto(HOME)
    expect(button(reviewer)).to_have_accessible_name("Reviews: 13 changes to review")
    assert len(asked) == 1
    look_at(reviewer, "home")
    button(reviewer).click()
    rows = shows(reviewer, "To review", 13)
    # Nothing of the other library, not even in a count.
    expect(my_reviews(reviewer)).not_to_contain_text("Cake")
    expect(my_reviews(reviewer).get_by_role("button", name=re.compile("Overdue|Figures"))).to_have_count(0)
    salt = rows.filter(has=reviewer.get_by_role("link", name="Salt", exact=True))
    expect(salt).to_contain_text("Text, edited · Bread at home · changed ")
    look_after_a_reload(reviewer, "my-reviews", rows.first)

    salt.get_by_role("link").click()
    expect(open_change(reviewer)).to_have_text("Salt")
    reviewer.go_back()
    expect(rows).to_have_count(13)
    salt.get_by_role("link").click()
    expect(open_change(reviewer)).to_have_text("Salt")
    verdict_button(reviewer, "Approve").click()
    expect(open_change(reviewer)).not_to_have_text("Salt")
    # From the workspace it is one step as well.
    workspace(reviewer).get_by_role("button", name="My reviews").click()
    shows(reviewer, "To review", 12)
    expect(salt).to_have_count(0)
    my_reviews(reviewer).get_by_role("button", name="Close reviews").click()
    expect(reviewer).to_have_url(re.compile(f"{LIBRARY}$"))
    expect(button(reviewer)).to_be_focused()

    # It is the author's turn.
    open_on(reviewer, "html:time-and-temperature")
    request_changes(reviewer, "Time and temperature", "Fahrenheit, too?")
    author.goto(f"{HOME}?reviews=mine&reviews-list=to_answer")
    answers = shows(author, "Changes requested from me", 1)
    expect(answers).to_contain_text("requested now")
    expect(answers).to_contain_text("Changes requested")
    look_after_a_reload(author, "my-reviews-to-answer", answers)


def test_who_manages_libraries_sees_what_is_overdue_and_figures(admin: Page, server: Server) -> None:
    server.run(ANOTHER_LIBRARY)
    admin.goto(f"{HOME}?reviews=mine&reviews-list=overdue")
    rows = my_reviews(admin).get_by_role("listitem")
    expect(rows.first).to_contain_text("Cake 40")
    expect(rows.first).to_contain_text("overdue: waiting for 40 days")
    my_reviews(admin).get_by_role("button", name="Figures").click()
    part = my_reviews(admin).get_by_role("region", name="Figures")
    part.get_by_role("combobox", name="Library").select_option("Library lib:WorkbenchDemo:Cake")
    expect(part.get_by_role("table")).to_contain_text("31 days and more")
    expect(part).to_contain_text("Half of the changes get a first review within 51 days; 9 of 10 within 58 days.")
    look_after_a_reload(admin, "my-reviews-figures", part.get_by_role("table"))
    admin.evaluate("document.documentElement.dir = 'rtl'")
    look_at(admin, "my-reviews-right-to-left")
    # To the whole list, with the keyboard.
    my_reviews(admin).get_by_role("button", name=re.compile("^To review")).click()
    more = my_reviews(admin).get_by_role("button", name=re.compile("^Show more"))
    more.focus()
    admin.keyboard.press("Enter")
    expect(rows).to_have_count(54)
    expect(rows.nth(50).get_by_role("link")).to_be_focused()
