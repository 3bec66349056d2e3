"""Django admin: it shows what is on record, changes nothing but through the API, and marks only what was shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import formats, timezone
from openedx_content import api as content_api
from openedx_content.models_api import DraftChangeLogRecord

from sample_plugin.reviews import api
from sample_plugin.reviews.admin.words import time_text
from sample_plugin.reviews.models import DraftChange, PublishJudgement, ReviewedStatus, ReviewPolicy, ReviewPolicyChange

from .content import Library, draft_record, is_reviewed, now

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]

DRAFT_CHANGE, REVIEW, POLICY = "draftchange", "reviewedstatus", "reviewpolicy"
JUDGEMENT, CHANGE, REQUEST = "publishjudgement", "reviewpolicychange", "reviewrequest"


@pytest.fixture(name="staff")
def _staff(client: Client, reviewer: User) -> Client:
    """A browser in which ``reviewer`` is logged in, who may see everything of ours and add reviews."""
    reviewer.is_staff = True
    reviewer.save()
    ours = Permission.objects.filter(content_type__app_label="sample_plugin_reviews")
    reviewer.user_permissions.set(
        ours.filter(codename__startswith="view_") | ours.filter(codename="add_reviewedstatus")
    )
    client.force_login(reviewer)
    return client


@pytest.fixture(name="onlooker")
def _onlooker(other_reviewer: User) -> Client:
    """A browser in which somebody is logged in who may see everything of ours, and do nothing."""
    other_reviewer.is_staff = True
    other_reviewer.save()
    other_reviewer.user_permissions.set(
        Permission.objects.filter(content_type__app_label="sample_plugin_reviews", codename__startswith="view_")
    )
    client = Client()
    client.force_login(other_reviewer)
    return client


def url(model: str, page: str = "changelist", *args: Any) -> str:
    """Return the address of a page of the admin."""
    return reverse(f"admin:sample_plugin_reviews_{model}_{page}", args=args)


def text(html: str) -> str:
    """Return what a person reads; of an icon, what it stands for."""
    html = re.sub(r'<img [^>]*alt="(\w+)"[^>]*>', r"\1", html)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))).strip()


def listed(client: Client, model: str, **query: str) -> list[dict[str, str]]:
    """Return the rows of a list page, by column."""
    response = client.get(url(model), query)
    assert response.status_code == 200
    body = response.content.decode().partition('id="result_list"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        {name: text(cell) for name, cell in re.findall(r'<t[dh] class="field-(\w+)[^>]*>(.*?)</t[dh]>', row, re.DOTALL)}
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def run_action(
    client: Client, action: str, *ticked: Any, model: str = DRAFT_CHANGE, **fields: Any
) -> list[tuple[str, str]]:
    """Tick these rows, run the action, and return the messages that are shown."""
    data = {"action": action, "_selected_action": [row.pk for row in ticked], **fields}
    response = client.post(url(model), data, follow=True)
    assert response.status_code == 200
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


# Reviews


def test_the_list_of_reviews_says_who_reviewed_what_and_when(staff: Client, library: Library, review: Review) -> None:
    component = library.component(title="What yeast does")
    review(component)
    (row,) = listed(staff, REVIEW)
    assert row.pop("given_at") == f"{formats.localize(timezone.localtime(ReviewedStatus.objects.get().created))} UTC"
    assert row == {
        "title": "What yeast does",
        "entity": component.entity_ref,
        "reviewed_version": "v1",
        "verdict": "reviewed",
        "learning_package": "lib:Test:Gated",
        "who": "reviewer",
        "state": "in force",
    }


def test_the_list_of_reviews_says_which_were_carried_over(
    staff: Client, library: Library, review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    component = library.component(title="What yeast does")
    review(component)
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(component, title="What yeast does")
    assert [row["state"] for row in listed(staff, REVIEW)] == ["in force, carried over", "on an earlier version"]


def test_a_review_of_a_deletion_shows_the_title_that_was_deleted(
    staff: Client, library: Library, review: Review
) -> None:
    component = library.component(title="Ice cubes")
    review(component)
    library.publish()
    library.delete(component)
    review(component)
    newest = listed(staff, REVIEW)[0]
    assert (newest["title"], newest["reviewed_version"]) == ("Ice cubes", "deletion")


def test_a_withdrawn_review_stays_on_the_list_and_says_since_when(
    staff: Client, library: Library, reviewer: User, review: Review, settings: Any
) -> None:
    component = library.component()
    review(component)
    api.withdraw_review(component.id, reviewer_id=reviewer.pk)
    ReviewedStatus.objects.update(withdrawn_at="2026-03-02T12:30:00Z")
    # The way in which Django shows times, and in the site's time zone, as in the column beside it.
    settings.TIME_ZONE = "Asia/Tokyo"
    assert listed(staff, REVIEW)[0]["state"] == "withdrawn March 2, 2026, 9:30 p.m. JST"


def test_a_verdict_says_what_has_become_of_it_and_reviews_are_filtered_by_that(
    staff: Client, library: Library, reviewer: User, other_reviewer: User, review: Review
) -> None:
    stands, edited, live, replaced, withdrawn, dismissed, reviewed = (library.component() for _ in range(7))
    for item in (stands, edited, live, replaced, dismissed):
        api.request_changes(item.id, reviewer_id=reviewer.pk, note="Less salt")
    with api.bypass_review(reason="In a hurry"):
        library.publish(live)
    library.edit(edited)
    api.mark_reviewed(replaced.id, reviewer_id=reviewer.pk)
    review(withdrawn, reviewed)
    api.withdraw_review(withdrawn.id, reviewer_id=reviewer.pk)
    request = ReviewedStatus.objects.get(entity_id=dismissed.id)
    api.dismiss_request(request.pk, dismissed_by_id=other_reviewer.pk, reason="Taste it first")
    expected = {
        "in_force": ("in force", {stands, replaced, reviewed}),
        "earlier": ("on an earlier version", {edited}),
        "live": ("went live since", {live}),
        "replaced": ("replaced ", {replaced}),
        "withdrawn": ("withdrawn ", {withdrawn}),
        "dismissed": ("dismissed ", {dismissed}),
    }
    for state, (words, items) in expected.items():
        rows = listed(staff, REVIEW, state=state)
        assert {row["entity"] for row in rows} == {item.entity_ref for item in items}
        assert all(row["state"].startswith(words) for row in rows)
    # What the list shows does not depend on the filter, and the page of a verdict says the same.
    by_state = [row["state"] for state in expected for row in listed(staff, REVIEW, state=state)]
    assert sorted(row["state"] for row in listed(staff, REVIEW)) == sorted(by_state)
    first = ReviewedStatus.objects.get(entity_id=replaced.id, in_force=None)
    page = text(staff.get(url(REVIEW, "change", first.pk)).content.decode())
    assert "State: replaced " in page
    assert "withdrawn" not in page.lower()


def test_a_verdict_on_an_earlier_deletion_does_not_count_for_a_later_one(
    staff: Client, library: Library, review: Review
) -> None:
    component = library.component()
    review(component)
    library.publish()
    for _ in range(2):
        library.delete(component)
        review(component)
        library.edit(component)
    library.delete(component)
    review(component)
    states = [row["state"] for row in listed(staff, REVIEW)]
    assert states == ["in force", "on an earlier version", "on an earlier version", "on an earlier version"]


def test_lists_are_filtered_by_library_and_by_reviewer(
    staff: Client, library: Library, reviewer: User, other_reviewer: User
) -> None:
    other = Library.create("lib:Other:Salty", library.author_id)
    items = {}
    for package, person in ((library, reviewer), (other, other_reviewer)):
        with api.bypass_review(reason="In a hurry"):
            package.publish(package.component())
        items[package.package.pk] = package.component()
        api.mark_reviewed(items[package.package.pk].id, reviewer_id=person.pk)
        api.set_required_reviewers(package.package.id, 2, changed_by=person.pk)
    for model in (REVIEW, DRAFT_CHANGE, JUDGEMENT, CHANGE):
        for package in (library, other):
            (row,) = listed(staff, model, library=str(package.package.pk))
            assert row["learning_package"] == package.package.package_ref
        assert len(listed(staff, model, library="")) == 2
        assert staff.get(url(model), {"library": "9" * 30}).headers["Location"].endswith("?e=1")
    for model in (REVIEW, DRAFT_CHANGE):
        (row,) = listed(staff, model, reviewer=str(reviewer.pk))
        assert row["entity"] == items[library.package.pk].entity_ref
    # The other filters stay, in both lists and in the search.
    page = staff.get(url(REVIEW), {"state": "in_force"}).content.decode()
    assert page.count('<input type="hidden" name="state" value="in_force">') == 3


def test_reviews_can_be_told_from_requests_for_changes(
    staff: Client, library: Library, reviewer: User, review: Review
) -> None:
    good, bad = library.component(), library.component()
    review(good)
    api.request_changes(bad.id, reviewer_id=reviewer.pk, note="Less salt")
    for verdict, item in [("reviewed", good), ("changes_requested", bad)]:
        (row,) = listed(staff, REVIEW, verdict__exact=verdict)
        assert (row["entity"], row["verdict"]) == (item.entity_ref, verdict.replace("_", " "))


@pytest.mark.parametrize("sought", ["yeast-ref", "What yeast does", "reviewer", "Well explained", "Test:Gated"])
def test_reviews_are_found_by_ref_title_username_note_and_library(
    staff: Client, library: Library, reviewer: User, other_reviewer: User, sought: str
) -> None:
    ours = library.component("yeast-ref", title="What yeast does")
    other_library = Library.create("lib:Other:Salty", library.author_id)
    other = other_library.component("salt-ref", title="Salt")
    get_user_model().objects.filter(pk=other_reviewer.pk).update(username="somebody")
    api.mark_reviewed(ours.id, reviewer_id=reviewer.pk, note="Well explained")
    api.mark_reviewed(other.id, reviewer_id=other_reviewer.pk, note="Short")
    assert [row["entity"] for row in listed(staff, REVIEW, q=sought)] == [ours.entity_ref]


def test_a_review_of_a_deletion_is_found_by_the_title_that_is_shown(
    staff: Client, library: Library, review: Review
) -> None:
    component = library.component(title="Ice cubes")
    review(component)
    library.publish()
    library.delete(component)
    review(component)
    assert [row["reviewed_version"] for row in listed(staff, REVIEW, q="Ice cubes")] == ["deletion", "v1"]


def test_a_review_has_a_page_with_its_note(staff: Client, library: Library, reviewer: User) -> None:
    review = api.mark_reviewed(library.component().id, reviewer_id=reviewer.pk, note="Well explained")
    response = staff.get(url(REVIEW, "change", review.pk))
    assert response.status_code == 200
    assert "Well explained" in text(response.content.decode())


def test_html_in_notes_titles_and_reasons_is_shown_as_text(staff: Client, library: Library, reviewer: User) -> None:
    component = library.component(title="<script>title()</script>")
    review = api.mark_reviewed(component.id, reviewer_id=reviewer.pk, note="<script>note()</script>")
    library.component(title="<script>title()</script>")
    with api.bypass_review(reason="<script>reason()</script>"):
        library.publish()
    library.component(title="<script>title()</script>")
    for address, expected in [
        (url(REVIEW), "title"),
        (url(REVIEW, "change", review.pk), "note"),
        (url(DRAFT_CHANGE), "title"),
        (url(JUDGEMENT), "reason"),
        (url(JUDGEMENT, "change", PublishJudgement.objects.get().pk), "reason"),
        (url(JUDGEMENT, "change", PublishJudgement.objects.get().pk), "title"),
    ]:
        html = staff.get(address).content.decode()
        assert f"&lt;script&gt;{expected}()&lt;/script&gt;" in html
        assert f"<script>{expected}" not in html


def test_reviews_are_shown_when_reviewer_and_change_are_gone(
    admin_client: Client, library: Library, reviewer: User, review: Review
) -> None:
    edited, deleted = library.component(title="Edited"), library.component()
    review(edited, deleted)
    library.publish()
    library.edit(edited, title="Edited")
    library.delete(deleted)
    review(edited, deleted)
    DraftChangeLogRecord.objects.all().delete()
    reviewer.delete()
    rows = listed(admin_client, REVIEW)
    assert [(row["title"], row["reviewed_version"], row["who"]) for row in rows[:2]] == [
        (deleted.versioning.published.title, "deletion", "a deleted account"),
        ("Edited", "v2", "a deleted account"),
    ]
    for review_id in ReviewedStatus.objects.values_list("pk", flat=True):
        assert admin_client.get(url(REVIEW, "change", review_id)).status_code == 200


# What nobody changes here, not even a superuser


@pytest.fixture(name="records")
def _records(library: Library, reviewer: User, review: Review) -> dict[str, Any]:
    """One row of each kind, by model."""
    reviewed = library.component()
    review(reviewed)
    library.component()
    with api.bypass_review(reason="The exam is in an hour", user_id=reviewer.pk):
        library.publish()
    asked = library.component()
    return {
        REQUEST: api.request_review(asked.id, requested_by_id=reviewer.pk, message="Please"),
        REVIEW: ReviewedStatus.objects.get(),
        JUDGEMENT: PublishJudgement.objects.get(),
        DRAFT_CHANGE: DraftChange.objects.latest("pk"),
        POLICY: api.set_review_required(library.package.id, True, changed_by=reviewer.pk, reason="It was so anyway"),
        CHANGE: ReviewPolicyChange.objects.get(),
    }


@pytest.mark.parametrize("model", [REVIEW, REQUEST, JUDGEMENT, CHANGE, DRAFT_CHANGE])
def test_records_are_read_only(admin_client: Client, records: dict[str, Any], model: str) -> None:
    record = records[model]
    before = type(record).objects.values().get(pk=record.pk)
    assert admin_client.get(url(model, "change", record.pk)).status_code == 200
    assert admin_client.get(url(model, "add")).status_code == 403
    assert admin_client.post(url(model, "add"), {"note": "x"}).status_code == 403
    assert admin_client.post(url(model, "change", record.pk), {"note": "x", "reason": "x"}).status_code == 403
    assert admin_client.get(url(model, "delete", record.pk)).status_code == 403
    assert admin_client.post(url(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    assert type(record).objects.values().get(pk=record.pk) == before


@pytest.mark.parametrize("model", [REVIEW, REQUEST, JUDGEMENT, CHANGE, POLICY])
def test_rows_cannot_be_deleted_from_the_list_either(admin_client: Client, records: dict[str, Any], model: str) -> None:
    data = {"action": "delete_selected", "_selected_action": [records[model].pk], "post": "yes"}
    admin_client.post(url(model), data, follow=True)
    assert type(records[model]).objects.filter(pk=records[model].pk).exists()


@pytest.mark.parametrize("model", [REVIEW, REQUEST, JUDGEMENT, CHANGE, DRAFT_CHANGE, POLICY])
def test_only_staff_with_the_permission_sees_the_records(
    client: Client, reviewer: User, records: dict[str, Any], model: str
) -> None:
    pages = [url(model), url(model, "change", records[model].pk)]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    reviewer.is_staff = True
    reviewer.save()
    client.force_login(reviewer)
    assert [client.get(page).status_code for page in pages] == [403, 403]


# Policies


def test_each_package_has_a_policy_and_nobody_adds_one(admin_client: Client, library: Library) -> None:
    assert admin_client.get(url(POLICY, "add")).status_code == 403
    [policy] = admin_client.get(url(POLICY)).context["cl"].result_list
    assert (policy.learning_package_id, policy.changed_at) == (library.package.pk, None)


def test_a_policy_is_decided_through_the_api(admin_client: Client, admin_user: User, library: Library) -> None:
    data = {
        "shown": "",
        "mode": "off",
        "required_reviewers": "2",
        "who_may_review": "",
        "review_starts": "",
        "reason": "The course begins",
    }
    assert admin_client.post(url(POLICY, "change", library.package.pk), data).status_code == 302
    policy = ReviewPolicy.objects.get()
    assert (policy.learning_package_id, policy.mode, policy.required_reviewers, policy.changed_by) == (
        library.package.pk,
        "off",
        2,
        admin_user,
    )
    assert {(one.field, one.reason) for one in api.get_policy_history(library.package.id)} == {
        ("mode", "The course begins"),
        ("required_reviewers", "The course begins"),
    }


@pytest.mark.parametrize(
    "weaker", [{"mode": "advisory"}, {"required_reviewers": "2"}, {"who_may_review": "not_last_editor"}]
)
def test_a_weaker_rule_needs_a_reason_in_the_form_too(
    admin_client: Client, library: Library, weaker: dict[str, str]
) -> None:
    policy = api.set_required_reviewers(library.package.id, 3, changed_by=None)
    address = url(POLICY, "change", policy.pk)
    data = {"mode": "", "required_reviewers": "3", "who_may_review": "", "review_starts": "", **shown(policy), **weaker}
    for reason, sentence in ((" ", "Say why the rule gets weaker"), ("\x1b[31m", "Only text, line breaks")):
        form = admin_client.post(address, {**data, "reason": reason}).context["adminform"].form
        assert list(form.errors) == ["reason"]
        assert sentence in str(form.errors["reason"])
        assert all(form[name].value() == value for name, value in weaker.items())
    assert api.get_policy_history(library.package.id).count() == 1
    assert admin_client.post(address, {**data, "reason": "A small team"}).status_code == 302
    assert api.get_policy_history(library.package.id)[0].reason == "A small team"


def test_the_page_of_a_policy_tells_its_history(admin_client: Client, library: Library, reviewer: User) -> None:
    api.set_review_mode(library.package.id, "advisory", changed_by=reviewer.pk, reason="<b>The first weeks</b>")
    html = admin_client.get(url(POLICY, "change", library.package.pk)).content.decode()
    assert (
        "UTC, reviewer: review mode, required (site&#x27;s default) → advisory. &lt;b&gt;The first weeks&lt;/b&gt;</li>"
        in html
    )


def shown(policy: ReviewPolicy) -> dict[str, str]:
    """Return what a form that shows this state of the policy sends along."""
    return {"shown": policy.changed_at.isoformat() if policy.changed_at else ""}


def test_a_policy_is_changed_through_the_api_and_stays_with_its_package(
    admin_client: Client, admin_user: User, library: Library, ungated_library: Library
) -> None:
    before = ReviewPolicy.objects.get(pk=ungated_library.package.pk)
    address = url(POLICY, "change", before.pk)
    data = {"learning_package": library.package.pk, "mode": "required", "changed_at_0": "2001-01-01"}
    assert admin_client.post(address, {**data, **shown(before)}).status_code == 302
    policy = ReviewPolicy.objects.get(pk=before.pk)
    assert (policy.learning_package_id, policy.mode, policy.changed_by) == (
        ungated_library.package.pk,
        "required",
        admin_user,
    )
    assert policy.changed_at
    assert before.changed_at
    assert policy.changed_at > before.changed_at
    assert api.is_review_required(library.package.id)


def test_the_list_of_policies_says_who_decided(admin_client: Client, library: Library, reviewer: User) -> None:
    api.set_review_required(library.package.id, False, changed_by=reviewer.pk)
    (row,) = listed(admin_client, POLICY)
    assert row.pop("since").endswith(" UTC")
    assert row == {
        "learning_package": "lib:Test:Gated",
        "review_mode": "off",
        "reviewers": "site's default",
        "who_reviews": "site's default",
        "changed_by": "reviewer",
    }


def test_the_list_of_policies_says_what_is_left_to_the_sites_default(
    admin_client: Client, library: Library, reviewer: User
) -> None:
    api.set_required_reviewers(library.package.id, 2, changed_by=reviewer.pk)
    (row,) = listed(admin_client, POLICY)
    assert (row["review_mode"], row["reviewers"]) == ("site's default", "2")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param({"required_reviewers": "2"}, [], id="nothing"),
        pytest.param({"required_reviewers": "3"}, ["a change has to be reviewed by 3"], id="the number"),
        pytest.param(
            {"required_reviewers": ""},
            ["a change has to be reviewed by as many as the site's default says"],
            id="the number, to the default",
        ),
        pytest.param({"mode": "advisory", "required_reviewers": "2"}, ["review is NOT required (advisory)"], id="mode"),
        pytest.param(
            {"mode": "off", "required_reviewers": "1"},
            ["review is NOT required", "a change has to be reviewed by 1"],
            id="both",
        ),
    ],
)
@pytest.mark.parametrize("before", ["required", ""], ids=["by the policy", "by default"])
def test_of_a_policy_only_what_was_changed_is_set_and_told(
    admin_client: Client,
    admin_user: User,
    library: Library,
    reviewer: User,
    caplog: pytest.LogCaptureFixture,
    before: str,
    data: dict[str, str],
    told: list[str],
) -> None:
    api.set_review_mode(library.package.id, before or None, changed_by=reviewer.pk, reason="")
    policy = api.set_required_reviewers(library.package.id, 2, changed_by=reviewer.pk)
    caplog.clear()
    response = admin_client.post(
        url(POLICY, "change", policy.pk), {"mode": before, "reason": "Why", **data, **shown(policy)}
    )
    assert response.status_code == 302
    mine = [record.getMessage() for record in caplog.records if record.name == "sample_plugin.reviews.policy_changes"]
    assert mine == [f"Learning package {policy.pk}: {text} from now on (set by user {admin_user.pk})." for text in told]
    policy.refresh_from_db()
    assert policy.mode == data.get("mode", before)
    assert str(policy.required_reviewers or "") == data["required_reviewers"]
    assert policy.changed_by == (admin_user if told else reviewer)


@pytest.mark.parametrize("number", ["0", "21", "-1", "two"])
def test_a_policy_for_no_number_of_people_is_refused_in_the_form(
    admin_client: Client, library: Library, number: str
) -> None:
    data = {"shown": "", "mode": "", "required_reviewers": number}
    response = admin_client.post(url(POLICY, "change", library.package.pk), data)
    assert list(response.context["adminform"].form.errors) == ["required_reviewers"]
    assert ReviewPolicy.objects.get().changed_at is None


@pytest.mark.parametrize("sends", ["the state that it shows", "no state", "nonsense"])
def test_a_form_that_shows_an_earlier_state_changes_nothing_and_keeps_what_was_typed(
    admin_client: Client, library: Library, sends: str
) -> None:
    policy = api.set_required_reviewers(library.package.id, 1, changed_by=None)
    address = url(POLICY, "change", policy.pk)
    form = admin_client.get(address).context["adminform"].form
    state = {"shown": form.get_initial_for_field(form.fields["shown"], "shown")}
    assert state == shown(policy)
    data = {"the state that it shows": state, "no state": {}, "nonsense": {"shown": "x\0"}}[sends]
    api.set_required_reviewers(library.package.id, 3, changed_by=None)
    response = admin_client.post(address, {"mode": "", "required_reviewers": "2", **data})
    form = response.context["adminform"].form
    assert "reload" in str(form.non_field_errors())
    assert form["required_reviewers"].value() == "2"
    assert api.get_required_reviewers(library.package.id) == 3


def test_nobody_deletes_a_policy(admin_client: Client, ungated_library: Library) -> None:
    address = url(POLICY, "delete", ungated_library.package.pk)
    assert admin_client.get(address).status_code == 403
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    assert ReviewPolicy.objects.exists()


def test_who_may_only_see_policies_does_not_change_them(staff: Client, ungated_library: Library) -> None:
    assert staff.get(url(POLICY, "change", ungated_library.package.pk)).status_code == 200
    data = {"mode": "required"}
    assert staff.post(url(POLICY, "change", ungated_library.package.pk), data).status_code == 403
    assert not api.is_review_required(ungated_library.package.id)


# How publishes were judged


def test_the_list_of_judgements_says_why_each_publish_was_allowed(staff: Client, records: dict[str, Any]) -> None:
    (row,) = listed(staff, JUDGEMENT)
    assert row.pop("judged_at").endswith(" UTC")
    assert row == {
        "publish": f"#{records[JUDGEMENT].publish_log_id}",
        "learning_package": "lib:Test:Gated",
        "basis": "bypassed",
        "mode": "required",
        "change_count": "2",
        "unreviewed_count": "1",
        "decided_by": "reviewer",
        "reason": "The exam is in an hour",
    }
    package_id = str(records[JUDGEMENT].publish_log.learning_package_id)
    for query, count in [
        ({"basis": "bypassed", "library": package_id}, 1),
        ({"basis": "reviewed"}, 0),
    ]:
        assert len(listed(staff, JUDGEMENT, **query)) == count


def test_a_judgement_names_and_links_what_was_not_reviewed(admin_client: Client, library: Library) -> None:
    titled, deleted = library.component(title="As it went live"), library.component(title="Deleted")
    with api.bypass_review(reason="Now"):
        library.publish()
        library.edit(titled, "As it is now")
        library.delete(deleted)
        library.publish(deleted)
    first, second = (
        admin_client.get(url(JUDGEMENT, "change", pk)).content.decode()
        for pk in PublishJudgement.objects.order_by("pk").values_list("pk", flat=True)
    )
    entity = reverse("admin:openedx_content_publishableentity_change", args=[titled.id])
    assert f'<li><a href="{entity}">“As it went live” (new)</a></li>' in first
    assert "“Deleted” (deleted)</a></li>" in second
    assert "As it is now" not in first + second
    assert "PublishLog object" not in first + second


@pytest.mark.parametrize("sought", ["exam", "reviewer", "Test:Gated"])
def test_bypasses_are_found_by_reason_username_and_library(staff: Client, records: dict[str, Any], sought: str) -> None:
    assert len(listed(staff, JUDGEMENT, q=sought)) == 1
    assert listed(staff, JUDGEMENT, q="no such") == []


def test_a_bypass_is_shown_when_its_user_is_gone(admin_client: Client, records: dict[str, Any], reviewer: User) -> None:
    reviewer.delete()
    assert listed(admin_client, JUDGEMENT)[0]["decided_by"] == "-"
    assert admin_client.get(url(JUDGEMENT, "change", records[JUDGEMENT].pk)).status_code == 200


# Draft changes


def test_the_list_of_draft_changes_says_what_waits(staff: Client, library: Library, review: Review) -> None:
    edited, deleted, settled = (library.component(title=title) for title in ["Old", "Gone", "Settled"])
    review(edited, deleted, settled)
    library.publish()
    library.edit(edited, title="Better")
    library.delete(deleted)
    new = library.component(title="New")
    review(new)
    rows = listed(staff, DRAFT_CHANGE)
    assert [(row["title"], row["entity"], row["change"], row["state"]) for row in rows] == [
        ("New", new.entity_ref, "new", "reviewed"),
        ("Gone", deleted.entity_ref, "deleted", "not reviewed"),
        ("Better", edited.entity_ref, "edited", "not reviewed"),
    ]
    assert {(row["learning_package"], row["changed_by"]) for row in rows} == {("lib:Test:Gated", "author")}
    assert all(row["changed_at"].endswith(" UTC") for row in rows)


def test_the_list_of_draft_changes_says_on_whom_each_of_them_waits(
    staff: Client, library: Library, reviewer: User, other_reviewer: User, review: Review
) -> None:
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    awaited, begun, requested, edited = (library.component() for _ in range(4))
    reviewed = library.unit()
    review(begun, reviewed, edited)
    library.edit(edited)
    api.mark_reviewed(reviewed.id, reviewer_id=other_reviewer.pk)
    api.mark_reviewed(requested.id, reviewer_id=other_reviewer.pk)
    api.request_changes(requested.id, reviewer_id=reviewer.pk, note="Less salt")
    states = {
        awaited.entity_ref: "not reviewed",
        edited.entity_ref: "edited after review",
        begun.entity_ref: "1 of 2 reviews",
        requested.entity_ref: "changes requested",
        reviewed.entity_ref: "reviewed",
    }
    assert {row["entity"]: row["state"] for row in listed(staff, DRAFT_CHANGE)} == states
    filtered: dict[str, Any] = {
        "unreviewed": awaited,
        "outdated": edited,
        "partly": begun,
        "requested": requested,
        "given": reviewed,
    }
    for state, item in filtered.items():
        assert [row["entity"] for row in listed(staff, DRAFT_CHANGE, review=state)] == [item.entity_ref]


def test_of_a_restored_draft_the_list_does_not_count_the_reviews_of_its_deletion(
    staff: Client, library: Library, review: Review
) -> None:
    component = library.component()
    review(component)
    library.publish()
    library.delete(component)
    review(component)
    library.edit(component)
    assert [row["state"] for row in listed(staff, DRAFT_CHANGE)] == ["edited after review"]


def test_what_a_draft_has_moved_on_from_is_left_out(staff: Client, library: Library) -> None:
    component = library.component()
    library.edit(component, title="Second")
    library.edit(component, title="Third")
    assert [row["title"] for row in listed(staff, DRAFT_CHANGE)] == ["Third"]


def test_what_was_created_and_deleted_unpublished_is_left_out(staff: Client, library: Library) -> None:
    library.delete(library.component())
    assert listed(staff, DRAFT_CHANGE) == []


def test_side_effects_on_parents_are_left_out(staff: Client, library: Library, review: Review) -> None:
    child = library.component()
    unit = library.unit(child)
    review(child, unit)
    library.publish()
    library.edit(child)
    assert [row["entity"] for row in listed(staff, DRAFT_CHANGE)] == [child.entity_ref]


def test_a_change_stays_on_the_list_when_a_bulk_edit_comes_back_to_it(staff: Client, library: Library) -> None:
    """Core removes the bulk edit's record, and the draft then points at none."""
    component = library.component(title="First")
    first = content_api.get_draft_version(component.id)
    assert first is not None
    with content_api.bulk_draft_changes_for(library.package.id):
        library.edit(component)
        library.set_draft(component, first.pk)
    assert [row["title"] for row in listed(staff, DRAFT_CHANGE)] == ["First"]


def test_the_list_agrees_with_the_api(staff: Client, library: Library, review: Review) -> None:
    child, other = library.component(), library.component()
    unit = library.unit(child)
    review(child, other, unit)
    library.publish()
    library.edit(child)
    library.edit(unit)
    library.delete(other)
    review(unit)
    for states, entities in [
        (["unreviewed", "outdated"], api.get_unreviewed_entities(library.package.id)),
        (["given"], api.get_reviewed_entities(library.package.id)),
    ]:
        refs = {row["entity"] for state in states for row in listed(staff, DRAFT_CHANGE, review=state)}
        assert refs == {entity.entity_ref for entity in entities}


def test_the_list_agrees_with_the_review_screens_on_author_and_time(
    staff: Client, library: Library, other_reviewer: User
) -> None:
    component = library.component(title="Salt")
    # A save that changes nothing has no author.
    library.edit(component, "Salt", by=other_reviewer.pk)
    unknown = library.component(created_by=None)
    overviews = api.get_entity_overviews([unknown.id, component.id], viewer_id=None)
    rows = listed(staff, DRAFT_CHANGE)
    assert [row["changed_by"] for row in rows] == ["unknown author", "author"]
    assert [row["changed_at"] for row in rows] == [time_text(overview.changed_at) for overview in overviews]


@pytest.mark.parametrize("sought", ["yeast-ref", "What yeast does", "Test:Gated"])
def test_draft_changes_are_found_by_ref_title_and_library(staff: Client, library: Library, sought: str) -> None:
    component = library.component("yeast-ref", title="What yeast does")
    Library.create("lib:Other:Salty", library.author_id).component("salt-ref", title="Salt")
    assert [row["entity"] for row in listed(staff, DRAFT_CHANGE, q=sought)] == [component.entity_ref]


def test_a_deletion_is_found_by_the_title_that_is_shown(staff: Client, library: Library, review: Review) -> None:
    component = library.component(title="Ice cubes")
    review(component)
    library.publish()
    library.delete(component)
    assert [row["change"] for row in listed(staff, DRAFT_CHANGE, q="Ice cubes")] == ["deleted"]


def test_a_draft_change_has_a_page(staff: Client, library: Library) -> None:
    component = library.component()
    response = staff.get(url(DRAFT_CHANGE, "change", draft_record(component).pk))
    assert response.status_code == 200
    assert component.entity_ref in text(response.content.decode())


# Approve


def test_exactly_the_ticked_changes_are_marked(staff: Client, library: Library, reviewer: User) -> None:
    ticked, also_ticked, left = (library.component() for _ in range(3))
    messages = run_action(staff, "mark_reviewed", draft_record(ticked), draft_record(also_ticked))
    assert messages == [("success", "2 changes approved.")]
    assert {(review.entity_id, review.reviewer) for review in ReviewedStatus.objects.all()} == {
        (ticked.id, reviewer),
        (also_ticked.id, reviewer),
    }
    assert not is_reviewed(library, left)


def test_changes_on_other_pages_are_not_marked_with_those_on_this_one(
    staff: Client, library: Library, reviewer: User
) -> None:
    """Django offers "Select all" across pages; nobody has looked at those."""
    ticked, elsewhere = library.component(), library.component()
    messages = run_action(staff, "mark_reviewed", draft_record(ticked), select_across="1")
    assert messages == [
        ("warning", "The action ran on this page only. Repeat it on the other pages, after you have looked at them."),
        ("success", "1 change approved."),
    ]
    assert is_reviewed(library, ticked)
    assert not is_reviewed(library, elsewhere)


def test_a_change_that_was_edited_since_the_page_was_shown_is_not_marked(staff: Client, library: Library) -> None:
    edited, untouched = library.component("edited"), library.component()
    shown = draft_record(edited)
    library.edit(edited, title="The new text")
    messages = run_action(staff, "mark_reviewed", shown, draft_record(untouched))
    assert messages == [
        ("error", "“The new text” has changed since: look at the new draft, then review it."),
        ("success", "1 change approved."),
    ]
    assert not ReviewedStatus.objects.filter(entity_id=edited.id).exists()
    assert is_reviewed(library, untouched)


def test_a_change_that_was_deleted_since_the_page_was_shown_is_not_marked(staff: Client, library: Library) -> None:
    component = library.component()
    shown = draft_record(component)
    library.delete(component)
    ((level, _message),) = run_action(staff, "mark_reviewed", shown)
    assert level == "error"
    assert not ReviewedStatus.objects.exists()


def test_a_change_that_was_published_since_the_page_was_shown_is_not_marked(staff: Client, library: Library) -> None:
    component = library.component()
    shown = draft_record(component)
    with api.bypass_review(reason="Test"):
        library.publish()
    ((level, message),) = run_action(staff, "mark_reviewed", shown)
    assert (level, "nothing to review" in message) == ("error", True)
    assert not ReviewedStatus.objects.exists()


def test_a_change_that_core_has_removed_since_the_page_was_shown_is_reported(
    staff: Client, library: Library, review: Review
) -> None:
    """As it does when a bulk edit goes on and comes back to where it began."""
    component = library.component()
    review(component)
    library.publish()
    first = content_api.get_draft_version(component.id)
    assert first is not None
    with content_api.bulk_draft_changes_for(library.package.id):
        library.edit(component)
        shown = draft_record(component)
        library.set_draft(component, first.pk)
    before = ReviewedStatus.objects.count()
    assert run_action(staff, "mark_reviewed", shown) == [
        ("error", "1 of the changes that you ticked is gone: it was undone since the page was shown.")
    ]
    assert ReviewedStatus.objects.count() == before


def test_nobody_marks_a_change_of_their_own(staff: Client, library: Library, reviewer: User) -> None:
    own, others = library.component("own", created_by=reviewer.pk), library.component()
    messages = run_action(staff, "mark_reviewed", draft_record(own), draft_record(others))
    assert messages == [
        ("error", str(api.SelfReviewError.of("Text own", now()))),
        ("success", "1 change approved."),
    ]
    assert not is_reviewed(library, own)


def test_a_review_takes_the_note_along(staff: Client, library: Library) -> None:
    run_action(staff, "mark_reviewed", draft_record(library.component()), note=" Well explained.\r\nThank you! ")
    assert ReviewedStatus.objects.get().note == "Well explained.\nThank you!"


@pytest.mark.parametrize(
    ("action", "note", "refusal"),
    [
        ("mark_reviewed", "x" * 10_001, "This is a text of at most 10000 characters."),
        ("mark_reviewed", "\0", "Only text, line breaks and tabs can be kept; character 1 is U+0000."),
        ("request_changes", "x" * 10_001, "This is a text of at most 10000 characters."),
        ("request_changes", "", "Say what is missing: the author has nothing else to go by."),
        ("request_changes", " \r\n", "Say what is missing: the author has nothing else to go by."),
    ],
)
def test_what_is_wrong_with_a_note_is_told_once_and_nothing_is_done(
    staff: Client, library: Library, action: str, note: str, refusal: str
) -> None:
    ticked = [draft_record(library.component()) for _ in range(3)]
    assert run_action(staff, action, *ticked, note=note) == [("error", refusal)]
    assert not ReviewedStatus.objects.exists()


# Request changes


def test_changes_are_requested_of_exactly_what_was_ticked(staff: Client, library: Library, reviewer: User) -> None:
    ticked, _elsewhere = library.component(), library.component()
    messages = run_action(staff, "request_changes", draft_record(ticked), note="Less salt", select_across="1")
    assert messages == [
        ("warning", "The action ran on this page only. Repeat it on the other pages, after you have looked at them."),
        ("success", "Changes requested of 1 item."),
    ]
    request = ReviewedStatus.objects.get()
    assert (request.entity_id, request.reviewer, request.verdict, request.note) == (
        ticked.id,
        reviewer,
        "changes_requested",
        "Less salt",
    )


def test_no_changes_are_requested_of_what_was_edited_since_nor_of_ones_own(
    staff: Client, library: Library, reviewer: User
) -> None:
    edited, own = library.component("edited"), library.component("own", created_by=reviewer.pk)
    shown = draft_record(edited)
    library.edit(edited, title="The new text")
    assert run_action(staff, "request_changes", shown, draft_record(own), note="Less salt") == [
        ("error", "“The new text” has changed since: look at the new draft, then review it."),
        ("error", str(api.SelfReviewError.of("Text own", now()))),
    ]
    assert not ReviewedStatus.objects.exists()


# Who may


def test_without_the_permission_the_actions_are_not_offered_and_do_nothing(
    onlooker: Client, staff: Client, library: Library
) -> None:
    component = library.component()
    assert 'value="mark_reviewed"' in staff.get(url(DRAFT_CHANGE)).content.decode()
    page = onlooker.get(url(DRAFT_CHANGE)).content.decode()
    assert component.entity_ref in page
    for action in ("mark_reviewed", "request_changes", "withdraw_review"):
        assert action not in page
    run_action(onlooker, "mark_reviewed", draft_record(component))
    run_action(onlooker, "request_changes", draft_record(component), note="Less salt")
    assert not ReviewedStatus.objects.exists()
    run_action(staff, "mark_reviewed", draft_record(component))
    run_action(onlooker, "withdraw_review", draft_record(component))
    assert is_reviewed(library, component)


# Withdraw my review


def test_one_withdraws_ones_own_review(staff: Client, library: Library, reviewer: User, review: Review) -> None:
    component, left = library.component(), library.component()
    review(component, left)
    messages = run_action(staff, "withdraw_review", draft_record(component))
    assert messages == [("success", "1 review withdrawn.")]
    withdrawn = ReviewedStatus.objects.get(entity_id=component.id)
    assert (withdrawn.in_force, withdrawn.withdrawn_by) == (None, reviewer)
    assert is_reviewed(library, left)


def test_one_takes_back_ones_own_request(staff: Client, library: Library, reviewer: User) -> None:
    component = library.component()
    request = api.request_changes(component.id, reviewer_id=reviewer.pk, note="Less salt")
    assert run_action(staff, "withdraw_review", draft_record(component)) == [("success", "1 review withdrawn.")]
    request.refresh_from_db()
    assert (request.in_force, request.withdrawn_by) == (None, reviewer)


def test_one_does_not_withdraw_the_review_of_somebody_else(
    staff: Client, library: Library, other_reviewer: User
) -> None:
    component = library.component(title="Salt")
    api.mark_reviewed(component.id, reviewer_id=other_reviewer.pk)
    messages = run_action(staff, "withdraw_review", draft_record(component))
    assert messages == [("warning", "You have no review of “Salt” to withdraw.")]
    assert is_reviewed(library, component)


def test_one_withdraws_ones_review_of_what_was_edited_since_the_page_was_shown(
    staff: Client, library: Library, review: Review
) -> None:
    edited, gone = library.component(), library.component(title="Gone")
    review(edited, gone)
    shown, gone_record = draft_record(edited), draft_record(gone)
    library.edit(edited)
    content_api.reset_drafts_to_published(library.package.id)
    library.edit(edited)
    DraftChangeLogRecord.objects.filter(pk=gone_record.pk).delete()
    messages = run_action(staff, "withdraw_review", shown, gone_record, draft_record(library.component(title="Salt")))
    assert messages == [
        ("error", "1 of the changes that you ticked is gone: it was undone since the page was shown."),
        ("warning", "You have no review of “Salt” to withdraw."),
        ("success", "1 review withdrawn."),
    ]
    assert not ReviewedStatus.objects.in_force().filter(entity_id=edited.id).exists()


# Ids


@pytest.mark.parametrize("wrong", ["x", "", "-1", "1.5", "²", "9" * 19, "9" * 5000, "\0"])
@pytest.mark.parametrize(
    ("model", "action"),
    [
        (DRAFT_CHANGE, "mark_reviewed"),
        (DRAFT_CHANGE, "request_changes"),
        (DRAFT_CHANGE, "withdraw_review"),
        (REVIEW, "dismiss_request"),
    ],
)
def test_an_id_that_no_row_can_have_is_complained_about(
    admin_client: Client, library: Library, model: str, action: str, wrong: str
) -> None:
    data = {"action": action, "_selected_action": [wrong], "note": "Less salt"}
    response = admin_client.post(url(model), data, follow=True)
    assert response.status_code == 200
    messages = [str(message) for message in response.context["messages"]]
    assert "1 of the rows that you ticked does not exist. Reload the page." in messages


def test_an_id_that_no_row_can_have_does_not_keep_the_others_from_being_marked(staff: Client, library: Library) -> None:
    text = library.component()
    data = {"action": "mark_reviewed", "_selected_action": ["x", draft_record(text).pk]}
    staff.post(url(DRAFT_CHANGE), data)
    assert is_reviewed(library, text)


# Dismiss request


@pytest.fixture(name="manager")
def _manager(client: Client, staff: Client, reviewer: User) -> Client:
    """The same browser, in which ``reviewer`` may also change policies."""
    reviewer.user_permissions.add(Permission.objects.get(codename="change_reviewpolicy"))
    return staff


def test_a_request_is_dismissed_and_its_page_says_why(
    manager: Client, library: Library, reviewer: User, other_reviewer: User
) -> None:
    component, left = library.component(), library.component()
    request = api.request_changes(component.id, reviewer_id=other_reviewer.pk, note="Less salt")
    other = api.request_changes(left.id, reviewer_id=other_reviewer.pk, note="More pepper")
    messages = run_action(manager, "dismiss_request", request, model=REVIEW, note="Taste it first", select_across="1")
    assert messages == [
        ("warning", "The action ran on this page only. Repeat it on the other pages, after you have looked at them."),
        ("success", "1 request dismissed."),
    ]
    request.refresh_from_db()
    assert (request.in_force, request.withdrawn_by) == (None, reviewer)
    assert ReviewedStatus.objects.in_force().get() == other
    (row,) = listed(manager, REVIEW, state="dismissed")
    assert row["state"].startswith("dismissed ")
    page = text(manager.get(url(REVIEW, "change", request.pk)).content.decode())
    assert "Less salt" in page
    assert "Taste it first" in page


def test_a_request_that_was_carried_over_is_dismissed_once(
    manager: Client, library: Library, other_reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    component = library.component(title="Salt")
    api.request_changes(component.id, reviewer_id=other_reviewer.pk, note="Less salt")
    with django_capture_on_commit_callbacks(execute=True):
        library.edit(component, title="Salt")
    requests = list(ReviewedStatus.objects.in_force())
    assert len(requests) == 2
    messages = run_action(manager, "dismiss_request", *requests, model=REVIEW, note="Taste it first")
    assert messages == [("success", "1 request dismissed.")]
    assert not ReviewedStatus.objects.in_force().exists()


def test_what_is_no_request_in_force_is_left_alone_and_told(
    manager: Client, library: Library, reviewer: User, other_reviewer: User, review: Review
) -> None:
    component, other = library.component(), library.component()
    review(component)
    ended = api.request_changes(other.id, reviewer_id=other_reviewer.pk, note="Less salt")
    api.withdraw_review(other.id, reviewer_id=other_reviewer.pk)
    before = list(ReviewedStatus.objects.values())
    ticked = [ReviewedStatus.objects.in_force().get(), ended]
    assert run_action(manager, "dismiss_request", *ticked, model=REVIEW, note="Taste it first") == [
        ("warning", "2 of the rows that you ticked are not open requests for changes.")
    ]
    assert list(ReviewedStatus.objects.values()) == before


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_dismissal_needs_a_reason(manager: Client, library: Library, other_reviewer: User, reason: str) -> None:
    requests = [
        api.request_changes(library.component().id, reviewer_id=other_reviewer.pk, note="Less salt") for _ in range(2)
    ]
    assert run_action(manager, "dismiss_request", *requests, model=REVIEW, note=reason) == [
        ("error", "Say why the request is dismissed; the reason is put on record.")
    ]
    assert ReviewedStatus.objects.in_force().count() == 2


def test_only_who_may_change_policies_dismisses_requests(
    staff: Client, library: Library, reviewer: User, other_reviewer: User
) -> None:
    request = api.request_changes(library.component().id, reviewer_id=other_reviewer.pk, note="Less salt")
    assert "dismiss_request" not in staff.get(url(REVIEW)).content.decode()
    run_action(staff, "dismiss_request", request, model=REVIEW, note="Taste it first")
    assert ReviewedStatus.objects.in_force().get() == request
    reviewer.user_permissions.add(Permission.objects.get(codename="change_reviewpolicy"))
    assert "dismiss_request" in staff.get(url(REVIEW)).content.decode()


# Cost


def make_records(name: str) -> None:
    """Make a row or more for each list, of a package and of people that no other row has."""
    author, reviewer = (get_user_model().objects.create_user(f"{role}-{name}") for role in ("author", "reviewer"))
    library = Library.create(f"lib:Many:{name}", author.pk)
    deleted, new = library.component(), library.component()
    with api.bypass_review(reason=f"Because of {name}", user_id=reviewer.pk):
        library.publish(deleted)
    library.delete(deleted)
    for item in (deleted, new):
        api.mark_reviewed(item.id, reviewer_id=reviewer.pk)
    api.request_changes(library.component().id, reviewer_id=reviewer.pk, note="Less salt")
    api.set_review_required(library.package.id, False, changed_by=reviewer.pk)


def test_a_list_takes_as_many_queries_for_twenty_rows_as_for_one(staff: Client) -> None:
    def queries(model: str, at_least: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(listed(staff, model)) >= at_least
        return len(captured)

    models = [REVIEW, JUDGEMENT, CHANGE, DRAFT_CHANGE, POLICY]
    make_records("first")
    queries(REVIEW, 1)  # The first one loads the roles.
    few = {model: queries(model, 1) for model in models}
    for n in range(20):
        make_records(f"more-{n}")
    assert {model: queries(model, 20) for model in models} == few


# What changed


def page_of(client: Client, item: Any) -> str:
    """Return what a person reads on the page of an item's change."""
    response = client.get(url(DRAFT_CHANGE, "change", draft_record(item).pk))
    assert response.status_code == 200
    return response.content.decode()


def save_olx(library: Library, item: Any, olx: str, **kwargs: Any) -> None:
    """Save a component with this text."""
    media_type = content_api.get_or_create_media_type("application/vnd.openedx.xblock.v1.html+xml")
    media = content_api.get_or_create_text_media(library.package.id, media_type.id, text=olx, created=now())
    content_api.create_next_component_version(
        item.id,
        media_to_replace={"block.xml": media.id},
        created=now(),
        created_by=library.author_id,
        **{"title": item.versioning.draft.title, **kwargs},
    )


def test_the_page_of_a_change_shows_what_changed_as_text_that_does_nothing(
    staff: Client, library: Library, review: Review
) -> None:
    component = library.component(title="Salt")
    save_olx(library, component, "<html>Two grams</html>")
    review(component)
    library.publish()
    save_olx(library, component, "<html><script>alert(1)</script></html>", title="More salt")
    html = page_of(staff, component)
    assert "The title was changed from “Salt” to “More salt”." in html
    assert "-&lt;html&gt;Two grams&lt;/html&gt;" in html
    assert "+&lt;html&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/html&gt;" in html
    assert "<script>alert(1)" not in html


def test_the_page_of_a_change_shows_what_is_hidden_in_texts_and_names_of_files(
    staff: Client, library: Library, review: Review
) -> None:
    component = library.component(title="Salt")
    review(component)
    library.publish()
    media_type = content_api.get_or_create_media_type("text/plain")
    media = content_api.get_or_create_text_media(library.package.id, media_type.id, text="Salt", created=now())
    library.edit(component, "Sa\u3164lt", files={"static/a\u202etxt.exe": media.id})
    save_olx(library, component, "<html>Two\u200bgrams</html>")
    html = page_of(staff, component)
    assert "The title was changed from “Salt” to “Sa⟨U+3164⟩lt”." in html
    assert "+&lt;html&gt;Two⟨U+200B⟩grams&lt;/html&gt;" in html
    assert "static/a⟨U+202E⟩txt.exe was added: 4 bytes (text/plain)." in html


def test_the_page_of_a_container_shows_what_became_of_its_children(
    staff: Client, library: Library, review: Review
) -> None:
    first, second, third = (library.component(title=title) for title in ("One", "Two", "Three"))
    unit = library.unit(first, second)
    review(first, second, third, unit)
    library.publish()
    library.edit(unit, unit.versioning.draft.title, entities=[second, third])
    html = page_of(staff, unit)
    for line in ("One: removed from position 1", "Two: as before", "Three: added at position 2"):
        assert line in html


def test_the_page_of_a_deletion_shows_where_it_is_still_listed(staff: Client, library: Library, review: Review) -> None:
    component = library.component()
    unit = library.unit(component, title="Dough")
    review(component, unit)
    library.publish()
    library.delete(component)
    assert "Still listed in “Dough”." in page_of(staff, component)
