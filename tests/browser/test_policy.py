"""The switch of those who decide whether a library requires reviews."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .look import look_at
from .studio import open_library, publish_library, read_toast
from .workspace import close_workspace, open_by_button, open_settings


def test_without_the_requirement_studio_publishes_and_with_it_again_not(
    admin: Page, expected_failures: set[str]
) -> None:
    open_library(admin)
    open_by_button(admin)
    settings = open_settings(admin)
    switch = settings.get_by_label("Require a review before publishing")
    expect(switch).to_be_checked()

    # Opening the gate is asked about.
    switch.click()
    question = admin.get_by_role("dialog", name="Publish without reviews?")
    expect(question).to_contain_text("Anyone who can publish in “Bread at home” will be able to")
    look_at(admin, "settings-question")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    expect(switch).to_be_checked()
    switch.click()
    question.get_by_role("button", name="Do not require reviews").click()
    expect(switch).not_to_be_checked()
    expect(settings).to_contain_text("Changes can be published in this library without a review.")
    close_workspace(admin)
    publish_library(admin)
    read_toast(admin, "Library published successfully")

    # Closing it is not.
    open_by_button(admin)
    open_settings(admin)
    switch.click()
    expect(switch).to_be_checked()
    expect(question).to_be_hidden()
    close_workspace(admin)
    admin.get_by_role("button", name="Delete Salt").click()
    read_toast(admin, "“Salt” deleted")
    expected_failures.add("409")
    publish_library(admin)
    read_toast(admin, "Nothing was published. This change is not reviewed yet.")
