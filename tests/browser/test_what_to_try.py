"""What the workbench says to try can be tried, in any order: scripts/try_this.toml."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from workbench.steps import Step, get_steps

from .look import look_at
from .server import Server
from .studio import publish, publish_library
from .workspace import (
    button,
    change_pane,
    line,
    note_field,
    notice,
    open_by_button,
    open_change,
    open_settings,
    publish_reviewed,
    queue,
    show,
    show_tab,
    verdict_button,
    workspace,
)

SALT = "Salt"
TIME = "Time and temperature"


@dataclass(frozen=True)
class People:
    """Everybody, logged in."""

    author: Page
    reviewer: Page
    learner: Page
    admin: Page
    visitor: Page


def publish_without_a_review(people: People, step: Step) -> None:
    for press in (publish_library, lambda page: publish(page, "Weigh the salt")):
        people.author.goto(step.path)
        press(people.author)
        expect(people.author.locator(".toast")).to_contain_text("Nothing was published.")
    people.author.locator(".toast").get_by_role("button", name="Show what is missing").click()
    expect(line(people.author, "Weigh the salt")).to_be_visible()


def approve(people: People, step: Step) -> None:
    open_in_queue(people.reviewer, step, SALT)
    for tab in ("Text", "Source", "Preview"):
        expect(show_tab(people.reviewer, tab)).to_be_visible()
    verdict_button(people.reviewer, "Approve").click()
    expect(notice(people.reviewer)).to_contain_text(f"Approved: {SALT}")
    expect(notice(people.reviewer).get_by_role("button", name="Undo")).to_be_visible()
    expect(open_change(people.reviewer)).not_to_have_text(SALT)
    people.author.goto(step.path)
    open_by_button(people.author)
    queue(people.author).get_by_role("button", name=re.compile(r"^All \(")).click()
    expect(change_pane(people.author).get_by_role("heading", level=2)).to_be_visible()
    expect(workspace(people.author).get_by_role("button", name="Approve")).to_have_count(0)
    publish_reviewed(people.author, 1)


def request_changes(people: People, step: Step) -> None:
    open_in_queue(people.reviewer, step, TIME)
    expect(show_tab(people.reviewer, "Text")).to_contain_text("static/rising-times.svg was replaced")
    note_field(people.reviewer).fill("And above 40 °C?")
    verdict_button(people.reviewer, "Request changes").click()
    expect(notice(people.reviewer)).to_contain_text(f"Changes requested: {TIME}")
    people.author.goto(step.path)
    expect(button(people.author)).to_have_accessible_name("Reviews: 1 request to answer")
    open_by_button(people.author)
    expect(open_change(people.author)).to_have_text(TIME)
    expect(change_pane(people.author)).to_contain_text("And above 40 °C?")


def look_at_a_course(people: People, step: Step) -> None:
    people.author.goto(step.path)
    expect(people.author.get_by_role("main")).to_contain_text("These blocks came from versions that have not been")
    unit = people.author.get_by_role("complementary", name="Unit")
    unit.get_by_role("button", name="Reviews").click()
    expect(unit.get_by_role("term").filter(has_text="In this course: version 1")).to_have_count(4)


def show_learners_that_a_block_was_reviewed(people: People, step: Step) -> None:
    people.admin.goto("/authoring/library/lib:WorkbenchDemo:Bread")
    open_by_button(people.admin)
    settings = open_settings(people.admin)
    switch = settings.get_by_role("switch", name="Show learners that content was reviewed")
    switch.click()
    expect(switch).to_be_checked()
    look_at(people.admin, "show-learners")
    people.reviewer.goto("/authoring/home?reviews=mine")
    mine = people.reviewer.get_by_role("dialog", name="My reviews")
    mine.get_by_text("Your name for learners").click()
    mine.get_by_role("textbox", name="Name").fill("Mei Lin")
    mine.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("learners see “Mei Lin” within five minutes.")
    look_at(people.reviewer, "name-for-learners")
    people.author.goto(step.path)
    expect(people.author.get_by_role("heading", name=SALT)).to_be_visible()
    # There is one if the step that publishes it was taken before.
    update = people.author.get_by_role("button", name=f"Update {SALT}")
    is_published = update.count() == 1
    if is_published:
        update.click()
        expect(update).to_have_count(0)
    people.learner.goto("/xblock/block-v1:WorkbenchDemo+FirstLoaf+2026+type@vertical+block@your-first-loaf")
    expect(people.learner.locator(".vert")).to_have_count(4)
    if is_published:
        expect(people.learner.get_by_text("Reviewed by Mei Lin, ")).to_have_count(1)
    look_at(people.learner, "unit-of-a-learner")


def archive_a_course_card(people: People, step: Step) -> None:
    people.learner.goto(step.path)
    archive = people.learner.get_by_role("button", name="Archive Sourdough")
    archived = people.learner.get_by_role("button", name="Archived courses (1)")
    archive.click()
    people.learner.get_by_role("button", name="Undo").click()
    archive.click()
    people.learner.get_by_role("button", name="Page 2", exact=True).click()
    archived.click()
    people.learner.get_by_role("button", name="Upgrade Sourdough").click()
    expect(archived).to_be_hidden()


def administer(people: People, step: Step) -> None:
    for name in ["Live content", "Draft changes", "Reviews", "Review policies"]:
        people.admin.goto(step.path)
        people.admin.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        expect(people.admin.get_by_role("heading", level=1)).to_be_visible()


def log_in_without_a_role(people: People, step: Step) -> None:
    people.visitor.goto(step.path)
    expect(people.visitor.get_by_text("There are no libraries that you can see.")).to_be_visible()


def use_the_plain_pages(people: People, step: Step) -> None:
    people.author.goto(step.path)
    people.author.get_by_role("button", name="Publish all").click()
    expect(people.author.get_by_role("status")).to_contain_text("Nothing was published")


def use_the_rest_api(people: People, step: Step) -> None:
    show, change = step.commands.replace("curl ", "curl --silent --fail ").split("curl", maxsplit=2)[1:]
    setting = step.commands.partition("curl")[0]
    shown = json.loads(run(f"{setting}curl{show}"))
    assert shown["is_reviewed"] is False
    answers = run(f"{setting}curl{change.replace('N}', f'{shown["draft_change_log_record_id"]}}}')}")
    assert '"is_reviewed":true' in answers
    assert '"published_count":1,' in answers


def open_in_queue(reviewer: Page, step: Step, title: str) -> None:
    """Open the workspace, and a change in it."""
    reviewer.goto(step.path)
    open_by_button(reviewer)
    show(reviewer, title)


def run(commands: str) -> str:
    """Return what commands print."""
    command = ["bash", "-e", "-c", commands]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


# By title, in the order of the list.
HOW: dict[str, Callable[[People, Step], None]] = {
    "Publish without a review": publish_without_a_review,
    "Approve a change and publish it": approve,
    "Request changes": request_changes,
    "Look at a course that reuses the library": look_at_a_course,
    "Show learners that a block was reviewed": show_learners_that_a_block_was_reviewed,
    "Archive a course card, as a learner": archive_a_course_card,
    "Administer the reviews": administer,
    "Log in without a role": log_in_without_a_role,
    "Use the plain pages": use_the_plain_pages,
    "Use the REST API": use_the_rest_api,
}


@pytest.mark.parametrize("backwards", [False, True])
def test_each_step_works_in_any_order(
    author: Page,
    reviewer: Page,
    learner: Page,
    admin: Page,
    visitor: Page,
    server: Server,
    expected_failures: set[str],
    backwards: bool,
) -> None:
    expected_failures |= {"409", "404"}  # Django's admin has no icon
    people = People(author, reviewer, learner, admin, visitor)
    steps = get_steps(server.url)
    assert [step.title for step in steps] == list(HOW), "each step of the list is tried here"
    for step in reversed(steps) if backwards else steps:
        HOW[step.title](people, step)


@pytest.mark.parametrize("width", [1280, 480])
def test_the_list_is_one_click_away(author: Page, width: int) -> None:
    author.goto("/authoring/")
    author.get_by_role("main").get_by_role("link", name="What to try").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("What to try")
    assert author.evaluate("document.documentElement.scrollWidth") <= width
    look_at(author, "what-to-try")
