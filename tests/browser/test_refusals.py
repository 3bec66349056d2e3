"""A publish that is refused is explained, whichever of Studio's buttons was pressed; all else is left to Studio."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .studio import (
    NO_COMPONENT,
    NO_CONTAINER,
    NO_LIBRARY,
    STUDIO_API,
    open_library,
    publish,
    publish_library,
    read_toast,
)
from .workspace import approve, button, close_workspace, line, open_all, queue, rows

pytestmark = pytest.mark.essential

type Press = Callable[[Page], None]

COMPONENT = "Weigh the salt"
# It has been edited, and so has one of the three components in it.
UNIT = "Yeast and time"


def press_component(page: Page) -> None:
    publish(page, COMPONENT)


def press_unit(page: Page) -> None:
    publish(page, UNIT)


@pytest.mark.parametrize(
    ("press", "sentence", "missing"),
    [
        (publish_library, "13 of 13 changes are not reviewed yet.", None),
        (press_component, "This change is not reviewed yet.", [COMPONENT]),
        (press_unit, "2 of 2 changes are not reviewed yet.", ["Time and temperature", UNIT]),
    ],
)
def test_a_refused_publish_says_why_and_leads_to_what_is_missing(
    author: Page, expected_failures: set[str], press: Press, sentence: str, missing: list[str] | None
) -> None:
    expected_failures.add("409")
    open_library(author)
    expect(button(author)).to_be_visible()
    press(author)
    toast = read_toast(author, f"Nothing was published. {sentence}")
    toast.get_by_role("button", name="Show what is missing").click()
    count = len(missing or range(13))
    expect(queue(author).get_by_role("combobox", name="Review")).to_have_value("blocked")
    expect(queue(author).get_by_role("button", name=f"All ({count})")).to_have_attribute("aria-pressed", "true")
    expect(rows(author)).to_have_count(count)
    for title in missing or []:
        expect(line(author, title)).to_be_visible()


def test_what_is_missing_can_be_reviewed_on_the_spot(author: Page, admin: Page, expected_failures: set[str]) -> None:
    expected_failures.add("409")
    open_library(admin)
    expect(button(admin)).to_be_visible()
    press_unit(admin)
    toast = read_toast(admin, "Nothing was published. 2 of 2 changes are not reviewed yet.")
    toast.get_by_role("button", name="Show what is missing").click()
    expect(rows(admin)).to_have_count(2)
    approve(admin, "Time and temperature", UNIT)
    close_workspace(admin)
    press_unit(admin)
    read_toast(admin, "All changes published")


def test_what_is_missing_is_a_view_of_the_list_and_not_the_end_of_it(author: Page, expected_failures: set[str]) -> None:
    expected_failures.add("409")
    open_library(author)
    expect(button(author)).to_be_visible()
    press_component(author)
    toast = read_toast(author, "Nothing was published. This change is not reviewed yet.")
    toast.get_by_role("button", name="Show what is missing").click()
    expect(rows(author)).to_have_count(1)
    queue(author).get_by_role("combobox", name="Review").select_option(label="The whole library (13)")
    expect(rows(author)).to_have_count(13)


@pytest.mark.parametrize(
    ("press", "sentence"),
    [(publish_library, NO_LIBRARY), (press_component, NO_COMPONENT), (press_unit, NO_CONTAINER)],
)
@pytest.mark.parametrize(
    ("status", "body"), [(500, "<h1>Server Error (500)</h1>"), (409, '{"code": "freeze", "detail": "Exams are on."}')]
)
def test_any_other_error_keeps_the_message_that_studio_has_for_it(
    author: Page, expected_failures: set[str], press: Press, sentence: str, status: int, body: str
) -> None:
    expected_failures.add(str(status))
    open_library(author)
    expect(button(author)).to_be_visible()
    author.route(STUDIO_API, lambda route: route.fulfill(status=status, body=body, content_type="application/json"))
    press(author)
    read_toast(author, sentence)


def test_a_publish_that_passes_keeps_the_message_that_studio_has_for_it(author: Page, reviewer: Page) -> None:
    open_all(reviewer)
    approve(reviewer, COMPONENT)
    open_library(author)
    expect(button(author)).to_be_visible()
    press_component(author)
    read_toast(author, "Component published successfully.")
