"""The settings of those who decide whether a library requires reviews."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .look import look_at
from .studio import open_library, publish_library, read_toast
from .workspace import close_workspace, open_by_button, open_settings, switch_reviews_off


def test_without_the_requirement_studio_publishes_and_with_it_again_not(
    admin: Page, expected_failures: set[str]
) -> None:
    open_library(admin)
    open_by_button(admin)
    settings = open_settings(admin)
    expect(settings.get_by_role("radio", name="Required")).to_be_checked()

    # Opening the gate takes a reason, and is asked about.
    settings.get_by_role("radio", name="Off").click()
    settings.get_by_role("button", name="Save").click()
    expect(settings).to_contain_text("Say why the rule gets weaker.")
    settings.get_by_role("textbox", name="Reason").fill("The course begins tomorrow")
    settings.get_by_role("button", name="Save").click()
    question = admin.get_by_role("dialog", name="Publish without reviews?")
    expect(question).to_contain_text("Anyone who can publish in “Bread at home” will be able to")
    look_at(admin, "settings-question")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    switch_reviews_off(admin, "The course begins tomorrow")
    expect(settings.get_by_role("radio", name="Off")).to_be_checked()
    close_workspace(admin)
    publish_library(admin)
    read_toast(admin, "Library published successfully")

    # Closing it is not, and then it is said what went live meanwhile.
    open_by_button(admin)
    open_settings(admin)
    settings.get_by_role("radio", name="Required").click()
    settings.get_by_role("button", name="Save").click()
    expect(settings).to_contain_text("Saved. The settings apply from now on.")
    expect(question).to_be_hidden()
    expect(settings).to_contain_text("Reviews were not required for")
    settings.get_by_text("History of these settings").click()
    expect(settings).to_contain_text("The course begins tomorrow")
    look_at(admin, "settings-history")
    close_workspace(admin)
    admin.get_by_role("button", name="Delete Salt").click()
    read_toast(admin, "“Salt” deleted")
    expected_failures.add("409")
    publish_library(admin)
    read_toast(admin, "Nothing was published. This change is not reviewed yet.")
