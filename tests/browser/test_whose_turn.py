"""
Three people take turns over one change, and each is told by mail when it is theirs.

The mails go through edx-ace, Django and SMTP, and are read from a mail server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.mail_server import MailServer, running

from .look import look_at
from .studio import LIBRARY, edit, open_library
from .test_asking_for_a_review import request_for_a_review
from .test_conversations import conversations, field
from .test_my_reviews import my_reviews
from .workspace import (
    approve,
    button,
    line,
    notice,
    open_change,
    open_on,
    publish_reviewed,
    request_changes,
    show_tab,
    verdict_button,
)


@pytest.fixture(name="mail_server", scope="module")
def _mail_server() -> Iterator[MailServer]:
    with running() as server:
        yield server


@pytest.fixture(name="operator_settings")
def _operator_settings(mail_server: MailServer) -> dict[str, Any]:
    """Two reviews for each change, and this mail server."""
    return {
        "SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS": 2,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": mail_server.port,
    }


def body(message: EmailMessage, subtype: Literal["plain", "html"] = "plain") -> str:
    """Return what the mail says, in one of its two forms."""
    part = message.get_body((subtype,))
    assert part
    return str(part.get_content())


def test_each_person_is_told_when_it_is_their_turn(
    author: Page, reviewer: Page, admin: Page, visitor: Page, mail_server: MailServer, expected_failures: set[str]
) -> None:
    expected_failures |= {"403", "404"}  # to the visitor
    # The author asks a reviewer by name.
    open_on(author, "html:salt")
    asking = request_for_a_review(author)
    asking.get_by_role("button", name="Ask for a review").click()
    names = asking.get_by_role("combobox", name="Reviewers (usernames)")
    names.press_sequentially("reviewer")
    names.press("Enter")
    asking.get_by_role("button", name="Ask", exact=True).click()
    expect(asking).to_contain_text("You asked reviewer for a review")
    assert mail_server.told == [("reviewer@example.com", "author asks you to review “Salt”")]

    # The reviewer follows the link in the mail, asks about a line, and requests changes.
    address, _choices = re.findall(r"http://127.0.0.1:8000(\S+)", body(mail_server.mails[0]))
    reviewer.goto(address)
    expect(open_change(reviewer)).to_contain_text("Salt")
    source = show_tab(reviewer, "Source")
    source.get_by_role("row").filter(has=reviewer.get_by_role("insertion")).first.get_by_role("button").press("Enter")
    source.get_by_role("textbox").fill("For how much flour?")
    source.get_by_role("textbox").press("Control+Enter")
    expect(conversations(reviewer, "Conversations (1 open)")).to_contain_text("For how much flour?")
    request_changes(reviewer, "Salt", "Say how many grams")

    # The author answers, edits, and is done.
    open_library(author)
    edit(author, "Salt", "20 g per kilo of flour.")
    open_on(author, "html:salt")
    asked = conversations(author, "Conversations (1 open)")
    asked.get_by_role("button", name="Reply").click()
    field(author, "Reply").fill("For a kilo")
    asked.get_by_role("button", name="Send").click()
    expect(asked).to_contain_text("For a kilo")
    request_for_a_review(author).get_by_role("button", name="Done: ask again").click()
    expect(notice(author)).to_contain_text("Asked again: Salt")
    assert mail_server.told[1:] == [
        ("author@example.com", "reviewer requests changes to “Salt”"),
        ("reviewer@example.com", "author asks you to review “Salt”, and 1 other notification"),
    ]
    assert "> Say how many grams" in body(mail_server.mails[1]).splitlines()
    in_mail_program = author.context.new_page()
    in_mail_program.set_content(body(mail_server.mails[1], "html"))
    # edx-ace writes the document around the mail's content.
    in_mail_program.evaluate("document.documentElement.lang = 'en'")
    look_at(in_mail_program, "mail")

    # The reviewer approves. It still waits for a second review.
    open_on(reviewer, "html:salt")
    approve(reviewer, "Salt")
    expect(line(reviewer, "Salt")).to_contain_text("1 of 2")
    assert len(mail_server.told) == 3

    # The second reviewer finds it in My reviews, approves, and publishes.
    admin.goto("/authoring/home")
    button(admin).click()
    my_reviews(admin).get_by_role("link", name="Salt", exact=True).click()
    expect(open_change(admin)).to_have_text("Salt")
    verdict_button(admin, "Approve").click()
    expect(notice(admin)).to_contain_text("Approved: Salt")
    publish_reviewed(admin, 1)
    assert mail_server.told[3:] == [
        ("author@example.com", "The change to “Salt” is reviewed"),
        ("author@example.com", "The change to “Salt” is published"),
    ]

    # The author has had enough mail about that.
    author.goto("/authoring/home?reviews=mine")
    my_reviews(author).get_by_text("E-mails about reviews").click()
    my_reviews(author).get_by_role("combobox", name="Your change is published").select_option("Never")
    expect(my_reviews(author)).to_contain_text("Saved.")
    look_at(author, "e-mails-about-reviews")

    # A visitor sees none of it.
    visitor.goto("/authoring/home?reviews=mine")
    expect(my_reviews(visitor)).to_contain_text("You have no access to any library.")
    visitor.goto(LIBRARY)
    expect(button(visitor)).to_have_count(0)
