"""What learners see of reviews: what the site, the library and each reviewer agreed to, and never a broken page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.dispatch import Signal
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import UsageKey
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator
from openedx_content.models_api import Component
from openedx_filters.learning.filters import VerticalBlockChildRenderStarted

from sample_plugin.reviewed_by import api, retirement
from sample_plugin.reviewed_by.models import ShownLibrary
from sample_plugin.reviewed_by.pipeline import _key_of
from sample_plugin.reviewed_by.settings import common, lms
from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus
from sample_plugin.reviews.rules import CAN_MANAGE_POLICY, CAN_VIEW
from workbench import preview
from workbench.authoring import set_olx
from workbench.models import ComponentLink

from .content import Library, now, without_plugin
from .course import take
from .rest import Api
from .test_permissions import LIBRARY_TABLE, _other_library, _person  # noqa: F401, fixtures

if preview.is_installed():
    from workbench.lms import unit
    from workbench.preview import runtime as preview_runtime

pytestmark = pytest.mark.django_db

V1 = "/api/sample-plugin/reviewed-by/v1/"
ME = f"{V1}me/"
LIBRARY = f"{V1}libraries/lib:Test:Gated/"
UNIT = "block-v1:Test+Bread+2026+type@vertical+block@unit"

needs_xblocks = pytest.mark.skipif(
    not preview.is_installed(), reason="the platform's XBlocks come with what make test-previews installs"
)

type Learn = Callable[..., str]


@pytest.fixture(name="site_shows_reviews", autouse=True)
def _site_shows_reviews(settings: Any) -> None:
    """The site lets libraries show their reviews."""
    settings.SAMPLE_PLUGIN_REVIEWED_BY_SHOW_TO_LEARNERS = True


@pytest.fixture(name="salt")
def _salt(library: Library, reviewer: User, other_reviewer: User) -> Component:
    """A text of which two reviewers approved version 1, which is live. The library shows its reviews."""
    api.set_shown(library.package.id, True, changed_by=None)
    salt = library.component("salt")
    set_olx(salt, "<html><![CDATA[<p>Salt</p>]]></html>")
    for person in (reviewer, other_reviewer):
        reviews_api.mark_reviewed(salt.id, reviewer_id=person.pk, note="A secret note")
    library.publish(salt)
    return salt


def names(*blocks: str) -> list[tuple[str, ...] | None]:
    """Return the names below each block; None where there is no line."""
    found = api.find_reviewed_by(blocks)
    return [found[block].names if block in found else None for block in blocks]


# What is known


@pytest.mark.essential
def test_those_who_agreed_are_named_in_the_order_of_their_reviews_in_one_query(
    salt: Component, library: Library, reviewer: User, other_reviewer: User, django_assert_num_queries: Any
) -> None:
    plain = library.component("plain")
    with reviews_api.bypass_review(reason="A note"):
        library.publish(plain)
    blocks = [take(salt, 2), take(plain, 1), take(salt, 2)]
    with django_assert_num_queries(1):
        assert names(*blocks) == [(), None, ()]
    api.set_name(other_reviewer.pk, " Mei Lin ")
    assert names(*blocks) == [("Mei Lin",), None, ("Mei Lin",)]
    api.set_name(reviewer.pk, "Ana")
    given = ReviewedStatus.objects.filter(entity=salt.pk)
    given.filter(reviewer=reviewer).update(created="2026-05-03T12:00Z")
    given.filter(reviewer=other_reviewer).update(created="2026-06-09T12:00Z")
    synced_at = ComponentLink.objects.get(downstream_usage_key=blocks[0]).updated
    assert api.find_reviewed_by(blocks[:1]) == {
        blocks[0]: api.ReviewedBy(names=("Ana", "Mei Lin"), day=date(2026, 6, 9), synced_at=synced_at)
    }
    # Who did not agree has not told when, either. Without names, it is the last one.
    api.set_name(other_reviewer.pk, None)
    assert api.find_reviewed_by(blocks[:1])[blocks[0]].day == date(2026, 5, 3)
    # What a site deactivates, as the platform does when an account is retired.
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    assert names(blocks[0]) == [()]


def test_there_is_no_line_without_a_review_of_the_version_in_the_course(
    salt: Component, library: Library, reviewer: User
) -> None:
    api.set_name(reviewer.pk, "Ana")
    # Another library does not show its reviews.
    elsewhere = Library.create("lib:Test:Other", library.author_id)
    text = elsewhere.component()
    reviews_api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    elsewhere.publish(text)
    assert names(take(text, 1)) == [None]
    # A draft that was approved, a version from before the review, a version that does not exist, and no block at all.
    library.edit(salt)
    reviews_api.mark_reviewed(salt.id, reviewer_id=reviewer.pk)
    assert names(take(salt, 3), take(salt, 1), take(salt, 9), "block-v1:T+B+1+type@html+block@x") == [None] * 4
    # One bypass publishes what was reviewed and what was not.
    other = library.component("other")
    with reviews_api.bypass_review(reason="A note"):
        library.publish(salt, other)
    newest = [take(salt, 3), take(other, 1)]
    assert names(*newest) == [("Ana",), None]
    api.set_shown(library.package.id, False, changed_by=reviewer.pk)
    assert names(*newest) == [None, None]


def test_what_counts_is_the_last_time_that_the_version_went_live(
    salt: Component, library: Library, reviewer: User
) -> None:
    api.set_name(reviewer.pk, "Ana")
    library.edit(salt)
    with reviews_api.bypass_review(reason="A note"):
        library.publish(salt)
    unreviewed = salt.publishable_entity.draft.version_id
    block = take(salt, 3)
    assert names(block) == [None]
    library.edit(salt)
    reviews_api.mark_reviewed(salt.id, reviewer_id=reviewer.pk)
    library.publish(salt)
    library.set_draft(salt, unreviewed)
    reviews_api.mark_reviewed(salt.id, reviewer_id=reviewer.pk)
    library.publish(salt)
    assert names(block) == [("Ana",)]


def test_a_record_that_does_not_name_its_items_says_of_none_that_it_was_reviewed(
    salt: Component, library: Library, reviewer: User
) -> None:
    library.edit(salt)
    reviews_api.mark_reviewed(salt.id, reviewer_id=reviewer.pk)
    with without_plugin():
        log = library.publish(salt)
    PublishJudgement.objects.create(publish_log=log, basis=Basis.BEFORE_PLUGIN, created=now())
    assert names(take(salt, 3)) == [None]


def test_a_review_that_was_carried_over_has_the_date_of_the_reviewer(salt: Component, library: Library) -> None:
    given = ReviewedStatus.objects.filter(entity=salt.pk).order_by("pk")
    given.update(created="2026-05-03T12:00Z")
    for one in given:
        ReviewedStatus.objects.filter(pk=one.pk).update(in_force=None, withdrawn_at=now())
        one.pk, one.carried_over_from_id, one.created = None, one.pk, now()
        one.save()
    block = take(salt, 2)
    assert api.find_reviewed_by([block])[block].day == date(2026, 5, 3)


def test_a_review_that_was_withdrawn_since_is_not_shown(salt: Component, reviewer: User, other_reviewer: User) -> None:
    for person in (reviewer, other_reviewer):
        api.set_name(person.pk, person.username)
    block = take(salt, 2)
    given = ReviewedStatus.objects.get(reviewer=reviewer)
    ReviewedStatus.objects.filter(pk=given.pk).update(in_force=None, withdrawn_at=given.created)
    assert names(block) == [("other-reviewer",)]


def test_there_is_no_line_below_what_the_course_team_has_customized(salt: Component) -> None:
    blocks = take(salt, 2), take(salt, 2)
    ComponentLink.objects.filter(downstream_usage_key=blocks[1]).update(downstream_customized=["data"])
    assert names(*blocks) == [(), None]


# What each decides


def test_a_reviewer_decides_about_their_own_name(rest: Api, reviewer: User) -> None:
    assert rest("get", ME) == {"name": None, "is_shown_on_site": True}
    assert rest("patch", ME, {"name": "  Ana  María "})["name"] == "Ana  María"
    assert api.get_name(reviewer.pk) == "Ana  María"
    for name in ("علی\u200cرضا", "山田\u3000太郎", "Jean\u00a0Dupont"):
        assert rest("patch", ME, {"name": name})["name"] == name.replace("\u3000", " ").replace("\u00a0", " ")
    for wrong in ("", "   ", "x" * 101, "Ana\u202e", "Ana\nMaría", "Ana\tMaría", 7 * [1]):
        assert "name" in rest("patch", ME, {"name": wrong}, status=400)["details"]
    assert rest("patch", ME, {"name": None})["name"] is None
    with pytest.raises(ValidationError):
        api.set_name(reviewer.pk, "\u00a0")


@pytest.mark.parametrize("name", LIBRARY_TABLE)
def test_who_may_manage_the_policy_decides_for_the_library(
    name: str, person: Callable[[str], Any], client: Client, library: Library
) -> None:
    user = person(name)
    if not isinstance(user, AnonymousUser):
        client.force_login(user)
    cache.clear()
    may = LIBRARY_TABLE[name]
    unknown = 401 if name in ("anonymous", "deactivated admin") else 404
    read = client.get(LIBRARY).status_code
    written = client.patch(LIBRARY, {"is_shown": True}, content_type="application/json").status_code
    if CAN_VIEW in may:
        assert (read, written) == (200, 200 if CAN_MANAGE_POLICY in may else 403)
    else:
        assert (read, written) == (unknown, unknown)
    assert api.is_shown(library.package.id) is (written == 200)


def test_staff_can_delete_a_name_that_learners_should_not_see(reviewer: User, client: Client) -> None:
    api.set_name(reviewer.pk, "The Queen")
    client.force_login(User.objects.create_superuser("admin"), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:sample_plugin_reviewed_by_namedreviewer_delete", args=[reviewer.pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert api.get_name(reviewer.pk) is None


def test_the_account_of_a_reviewer_is_retired(reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    # The LMS's own module, as far as it is needed here.
    name = "openedx.core.djangoapps.user_api.accounts.signals"
    platform = ModuleType(name)
    platform.USER_RETIRE_LMS_MISC = Signal()  # type: ignore[attr-defined]
    for part in range(1, 7):
        monkeypatch.setitem(sys.modules, ".".join(name.split(".")[:part]), platform)
    retirement.listen()
    api.set_name(reviewer.pk, "Ana")
    platform.USER_RETIRE_LMS_MISC.send(sender=None, user=reviewer)
    assert api.get_name(reviewer.pk) is None


def test_only_the_boolean_switches_it_on(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    site = SimpleNamespace(OPEN_EDX_FILTERS_CONFIG={lms.FILTER_TYPE: ["another.plugin.Step"]})
    lms.plugin_settings(site)
    assert getattr(site, common.SHOW_TO_LEARNERS) is False
    lms.plugin_settings(site)
    assert site.OPEN_EDX_FILTERS_CONFIG[lms.FILTER_TYPE] == {"pipeline": ["another.plugin.Step", lms.STEP]}
    settings.SAMPLE_PLUGIN_REVIEWED_BY_SHOW_TO_LEARNERS = "false"
    assert not api.is_shown_on_site()
    call_command("check")
    assert "sample_plugin_reviewed_by.W001" in capsys.readouterr().err


# What a learner's page shows


@pytest.fixture(name="learn")
def _learn(author: User) -> Learn:
    """A function that renders a unit with these blocks, on the platform's XBlocks, in a request of its own."""
    cache.clear()

    def learn(*blocks: str) -> str:
        RequestCache.clear_all_namespaces()
        content: str = unit.render(UsageKey.from_string(UNIT), blocks, author).content
        return content

    return learn


def lines(page: str) -> list[str]:
    """Return the lines about reviews on the page."""
    return [part.split("</small>")[0] for part in page.split('<p class="sample-plugin-reviewed-by"><small>')[1:]]


@needs_xblocks
def test_a_learner_sees_a_line_below_each_reviewed_block(
    learn: Learn, salt: Component, library: Library, reviewer: User, other_reviewer: User
) -> None:
    plain = library.component("plain")
    set_olx(plain, "<html>Plain</html>")
    api.set_name(reviewer.pk, "<Ana>")
    api.set_name(other_reviewer.pk, "Mei Lin")
    ReviewedStatus.objects.update(created="2026-05-03T12:00Z")
    blocks = [take(salt, 2), take(plain, 2), take(salt, 2)]
    page = learn(*blocks)
    assert lines(page) == ["Reviewed by &lt;Ana&gt; and Mei Lin, May 3, 2026"] * 2
    first, second, _third = page.split('<div class="vert vert-')[1:]
    assert first.index("<p>Salt</p>") < first.index("Reviewed by")
    assert "Reviewed by" not in second
    assert "note" not in page
    with override("de"):
        assert lines(learn(*blocks))[0].endswith("3. Mai 2026")
    # It is kept. Without names, it still says that it was reviewed.
    for person in (reviewer, other_reviewer):
        api.set_name(person.pk, None)
    assert "Mei Lin" in lines(learn(*blocks))[0]
    cache.clear()
    assert lines(learn(*blocks)) == ["Reviewed, May 3, 2026"] * 2


@needs_xblocks
def test_visitors_of_a_public_course_see_no_line(
    learn: Learn, salt: Component, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = take(salt, 2)
    monkeypatch.setattr(unit, "VIEW", "public_view")
    page = learn(block)
    assert "<p>Salt</p>" in page
    assert lines(page) == []


@needs_xblocks
@pytest.mark.parametrize(
    ("published", "is_shown"),
    [
        # Before the course got the version, when it got it, after the answer that is kept, and at no known time.
        (-timedelta(days=1), False),
        (timedelta(0), True),
        (timedelta(days=1), False),
        (None, False),
    ],
)
def test_there_is_a_line_if_learners_have_the_version_that_was_asked_about(
    learn: Learn, salt: Component, monkeypatch: pytest.MonkeyPatch, published: timedelta | None, is_shown: bool
) -> None:
    block = take(salt, 2)
    synced_at = ComponentLink.objects.get(downstream_usage_key=block).updated
    published_at = None if published is None else synced_at + published
    # The workbench publishes a course at once.
    edited_on = property(lambda _: published_at, lambda *_: None)
    monkeypatch.setattr(preview_runtime._Everywhere, "edited_on", edited_on, raising=False)
    assert len(lines(learn(block))) == is_shown


@needs_xblocks
def test_a_unit_costs_one_query_and_none_while_it_is_kept_or_switched_off(
    learn: Learn, salt: Component, django_assert_max_num_queries: Any, settings: Any
) -> None:
    blocks = [take(salt, 2) for _ in range(3)]
    settings.SAMPLE_PLUGIN_REVIEWED_BY_SHOW_TO_LEARNERS = False
    with django_assert_max_num_queries(100) as without:
        assert lines(learn(*blocks)) == []
    settings.SAMPLE_PLUGIN_REVIEWED_BY_SHOW_TO_LEARNERS = True
    with django_assert_max_num_queries(100) as first:
        assert len(lines(learn(*blocks))) == 3
    with django_assert_max_num_queries(100) as again:
        assert len(lines(learn(*blocks))) == 3
    assert (len(first) - len(without), len(again) - len(without)) == (1, 0)


@needs_xblocks
@pytest.mark.django_db(transaction=True)
def test_a_failure_leaves_the_page_as_it_is(learn: Learn, salt: Component, caplog: pytest.LogCaptureFixture) -> None:
    blocks = [take(salt, 2), take(salt, 2)]
    table = ShownLibrary._meta.db_table
    # The LMS has started, and the migration has not run.
    with connection.schema_editor() as editor:
        editor.alter_db_table(ShownLibrary, table, "elsewhere")
    try:
        assert learn(*blocks).count("<p>Salt</p>") == 2
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(ShownLibrary, "elsewhere", table)
    assert caplog.text.count("A unit does not say who reviewed its blocks.") == 1


def test_keys_are_those_of_studios_table_whatever_the_modulestore_adds() -> None:
    course = CourseLocator("Test", "Bread", "2026", branch="published-branch", version_guid="5" * 24)
    assert _key_of(BlockUsageLocator(course, "html", "salt")) == "block-v1:Test+Bread+2026+type@html+block@salt"


def test_a_block_that_is_not_what_the_platform_has_is_rendered_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    block, context = object(), {"bookmarked": False}
    assert VerticalBlockChildRenderStarted.run_filter(block=block, context=context) == (block, context)
    assert "A block does not say who reviewed it." in caplog.text
