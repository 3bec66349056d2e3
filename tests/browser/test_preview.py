"""A preview of a component shows what learners will see, and keeps it to itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from workbench.preview import is_installed

pytestmark = pytest.mark.skipif(
    not is_installed(), reason="the platform's XBlocks come with what make test-browser installs"
)

ADDRESS = "/xblocks/v2/lb:WorkbenchDemo:Bread:{}/embed/student_view/?version={}"
# What a script in the content might try.
CURIOUS = """<html display_name="Curious"><![CDATA[<p>Nothing</p><script>
const found = [];
const attempts = {
  cookies: () => { if (!document.cookie) throw new Error(); },
  storage: () => localStorage.length,
  parent: () => parent.document.title,
  session: async () => { if (!(await fetch(BLOCK, {mode: "no-cors"})).ok) throw new Error(); },
};
const BLOCK = "/api/libraries/v2/blocks/lb:WorkbenchDemo:Bread:html:salt/";
(async () => {
  for (const [name, attempt] of Object.entries(attempts)) {
    try { await attempt(); found.push(name); } catch {}
  }
  document.querySelector("p").textContent = "Reached: " + found.join(" ");
})();
</script>]]></html>"""


def frame(page: Page, item: str, version: str, sandbox: str | None = "allow-scripts") -> FrameLocator:
    """Show a preview in a frame on a page of Studio, and return the frame."""
    page.goto("/what-to-try/")
    page.evaluate(
        """([src, sandbox]) => {
            const frame = document.createElement("iframe");
            if (sandbox !== null) frame.sandbox = sandbox;
            frame.src = src;
            document.body.replaceChildren(frame);
        }""",
        [ADDRESS.format(item, version), sandbox],
    )
    return page.frame_locator("iframe")


def test_each_version_shows_its_own_picture_in_a_sandbox(author: Page) -> None:
    # Its shape, in hundredths: 420 by 120, and 420 by 170.
    for version, shape in (("published", 350), ("draft", 247)):
        picture = frame(author, "html:time-and-temperature", version).get_by_role("img")
        expect(picture).to_be_visible()
        measure = "async (image) => { await image.decode(); return image.naturalWidth / image.naturalHeight; }"
        assert round(100 * picture.evaluate(measure)) == pytest.approx(shape, abs=3)


def test_a_problem_can_be_tried_and_says_that_it_is_not_checked(author: Page) -> None:
    problem = frame(author, "problem:gluten", "draft")
    problem.get_by_role("radio", name="Glutenin and gliadin").check()
    problem.get_by_role("button", name="Submit").click()
    expect(problem.get_by_text("The workbench does not check answers. Studio does.")).to_be_visible()


def test_a_problem_for_numbers_shows_its_field(author: Page) -> None:
    problem = frame(author, "problem:hydration", "draft")
    problem.get_by_role("textbox", name=re.compile("What is its hydration")).fill("70")
    expect(problem.get_by_role("button", name="Submit")).to_be_enabled()


def test_a_sandbox_keeps_scripts_away_from_the_session(author: Page, expected_failures: set[str]) -> None:
    expected_failures |= {"401", "ERR_BLOCKED_BY_ORB"}
    token = next(cookie["value"] for cookie in author.context.cookies() if cookie["name"] == "csrftoken")
    saved = author.request.post(
        "/api/libraries/v2/blocks/lb:WorkbenchDemo:Bread:html:salt/olx/",
        data={"olx": CURIOUS},
        headers={"X-CSRFToken": token},
    )
    assert saved.ok
    expect(frame(author, "html:salt", "draft").locator("p")).to_have_text("Reached: ")
    # As in Studio, nothing but the sandbox is in the way.
    reached = frame(author, "html:salt", "draft", sandbox=None).locator("p")
    expect(reached).to_have_text("Reached: cookies storage parent session")
