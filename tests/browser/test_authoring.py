"""What an author does on the page that stands in for Studio's: order, add, copy and paste, discard, import."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .look import look_at
from .studio import LIBRARY, edit, open_library, read_toast, row

UNIT = "/unit/lct:WorkbenchDemo:Bread:unit:what-bread-is-made-of"


def shown(page: Page) -> Locator:
    """Return the titles in the list, in order."""
    return page.get_by_role("main").get_by_role("listitem").locator(".item-text").get_by_role("link")


def press(page: Page, name: str) -> None:
    """Press a button, and wait until the page shows what has become of it."""
    with page.expect_response(lambda response: "/api/workbench/" in response.url):
        page.get_by_role("button", name=name, exact=True).click()


def test_what_is_in_a_unit_is_ordered_removed_and_added_again(author: Page) -> None:
    open_library(author, UNIT)
    expect(shown(author).first).to_be_visible()
    before = shown(author).all_inner_texts()
    first, second, *others = before
    press(author, f"Move down {first}")
    read_toast(author, "Order updated")
    expect(shown(author)).to_have_text([second, first, *others])
    expect(author.get_by_role("button", name=f"Move up {second}")).to_be_disabled()
    press(author, f"Remove {second} from unit")
    expect(shown(author)).to_have_text([first, *others])
    author.get_by_label("Existing library content").select_option(label=second)
    press(author, "Add to unit")
    expect(shown(author)).to_have_text([first, *others, second])
    look_at(author, "unit")


def test_a_new_component_opens_for_writing_and_is_in_its_unit(author: Page) -> None:
    open_library(author, UNIT)
    expect(shown(author).first).to_be_visible()
    before = shown(author).all_inner_texts()
    press(author, "Text")
    source = author.get_by_label("Source (OLX)")
    expect(source).to_have_value("<html />")
    source.fill('<html display_name="Why weigh?">Cups lie.</html>')
    author.get_by_role("button", name="Save").click()
    expect(shown(author)).to_have_text([*before, "Why weigh?"])


def test_a_new_unit_is_named_and_is_in_the_library(author: Page) -> None:
    open_library(author)
    author.get_by_role("button", name="Unit", exact=True).click()
    author.get_by_label("Name your unit").fill("Shaping")
    author.get_by_role("button", name="Create").click()
    read_toast(author, "Unit created successfully")
    expect(row(author, "Shaping")).to_contain_text("never published")


def test_a_copy_of_a_draft_is_pasted_with_what_is_in_the_draft(author: Page) -> None:
    open_library(author)
    edit(author, "Words bakers use", "Crumb: what is inside.")
    # The list is loaded again then, and a button of the old one may be gone when it is pressed.
    expect(row(author, "Words bakers use")).to_contain_text("changed since publish")
    row(author, "Words bakers use").get_by_role("button", name="Copy Words bakers use").click()
    read_toast(author, "Copied to clipboard")
    press(author, "Paste from clipboard")
    both = row(author, "Words bakers use")
    expect(both).to_have_count(2)
    both.filter(has_text="never published").get_by_role("link", name="Words bakers use", exact=True).click()
    expect(author.get_by_role("complementary", name="Words bakers use")).to_contain_text("Crumb: what is inside.")


def test_discarded_changes_are_gone(author: Page) -> None:
    open_library(author)
    expect(row(author, "Steam from ice cubes")).to_contain_text("deleted, not yet published")
    press(author, "Discard changes")
    read_toast(author, "Library changes reverted successfully")
    expect(row(author, "Steam from ice cubes")).to_contain_text("published")
    expect(author.get_by_role("main").get_by_text("changed since publish")).to_have_count(0)


def test_an_import_says_how_it_went_and_not_why(author: Page) -> None:
    open_library(author)
    with author.expect_response(lambda response: "bulk_migration" in response.url) as answer:
        author.get_by_role("button", name="Import from the demo course").click()
    is_failed = answer.value.json()["parameters"][0]["is_failed"]
    # Whether the library takes it is for its rules to say.
    read_toast(author, "Import failed." if is_failed else "Course imported successfully.")
    expect(row(author, "Hot and sharp")).to_have_count(0 if is_failed else 1)


def test_who_may_not_edit_is_offered_none_of_it(reviewer: Page) -> None:
    for path in ["", UNIT]:
        reviewer.goto(LIBRARY + path)
        expect(shown(reviewer).first).to_be_visible()
        main = reviewer.get_by_role("main")
        expect(main.get_by_role("heading", name="Add content")).to_have_count(0)
        for name in ["Discard changes", "Import from the demo course", "Copy", "Move", "Remove"]:
            expect(main.get_by_role("button", name=name)).to_have_count(0)
