"""Django admin: the page of what is live and why. It shows the report of the API, by library, reviewer and time."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sample_plugin.reviews import api
from sample_plugin.reviews.admin import live_content
from sample_plugin.reviews.models import LiveContent, ReviewedStatus

from .content import Library, core_publish_from_drafts, make_live
from .test_admin import text

pytestmark = pytest.mark.django_db

type Review = Callable[..., None]

PAGE = "admin:sample_plugin_reviews_livecontent_changelist"
DOWNLOAD = "admin:sample_plugin_reviews_livecontent_csv"
MAY = datetime(2026, 5, 1, tzinfo=timezone.utc)


def rows(client: Client, **query: Any) -> list[dict[str, str]]:
    """Return what a person reads in each row, by column."""
    response = client.get(reverse(PAGE), query)
    assert response.status_code == 200
    body = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        {name: text(cell) for name, cell in re.findall(r'<t[dh] class="field-(\w+)">(.*?)</t[dh]>', row, re.DOTALL)}
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.fixture(name="live")
def _live(library: Library, reviewer: User, other_reviewer: User) -> dict[str, Any]:
    """Three live items in two libraries: reviewed in May, bypassed in June, and published around the gate."""
    salt, pepper = library.component("salt", title="<b>Salt</b>"), library.component("pepper", title="Pepper")
    review = api.mark_reviewed(salt.id, reviewer_id=reviewer.pk)
    library.publish(salt, published_by=other_reviewer.pk, published_at=MAY)
    ReviewedStatus.objects.update(in_force=None, withdrawn_at=datetime(2030, 1, 1, tzinfo=timezone.utc))
    with api.bypass_review(reason="<b>An exam</b>", user_id=other_reviewer.pk):
        library.publish(pepper, published_at=MAY.replace(month=6))
    other = Library.create("lib:Other:Yeast", library.author_id)
    yeast = other.component("yeast", title="Yeast")
    api.set_review_required(other.package.id, False, changed_by=None)
    core_publish_from_drafts(other.package.id, other.drafts(yeast), published_at=MAY.replace(month=7))
    return {"salt": salt, "pepper": pepper, "yeast": yeast, "review": review, "other": other}


def test_the_page_says_what_is_live_since_when_and_why(admin_client: Client, live: dict[str, Any]) -> None:
    (salt, pepper, yeast) = rows(admin_client)
    approved = api.get_live_evidence(None)[0:1][0].reviews[0]
    assert salt.pop("reviews").startswith(f"{approved.reviewer} approved, ")
    assert salt == {
        "title": "<b>Salt</b>, v1 lb:Test:Gated:html:salt",
        "learning_package": "lib:Test:Gated",
        "published": "May 1, 2026, midnight UTC by other-reviewer",
        "basis": "reviewed",
    }
    assert pepper == {
        "title": "Pepper, v1 lb:Test:Gated:html:pepper",
        "learning_package": "lib:Test:Gated",
        "published": "June 1, 2026, midnight UTC by an unknown person",
        "basis": "bypassed by other-reviewer <b>An exam</b>",
        "reviews": "none",
    }
    assert (yeast["learning_package"], yeast["basis"]) == ("lib:Other:Yeast", "unexplained")
    html = admin_client.get(reverse(PAGE)).content.decode()
    # The last one stands out. What others wrote is text.
    assert html.count('reviews-alarm">') == 1
    assert "<b>" not in html
    # A review that was withdrawn later stood then, and the page says both.
    assert "; withdrawn Jan. 1, 2030, midnight UTC" in html
    for model, pk in (
        ("openedx_content_publishableentity", live["salt"].id),
        ("sample_plugin_reviews_publishjudgement", api.get_live_evidence(None)[0:1][0].publish_log_id),
        ("sample_plugin_reviews_reviewedstatus", live["review"].pk),
    ):
        assert f'href="{reverse(f"admin:{model}_change", args=[pk])}"' in html


def test_one_asks_by_library_reviewer_basis_time_and_name(
    admin_client: Client, live: dict[str, Any], reviewer: User
) -> None:
    for query, expected in [
        ({"library": live["other"].package.pk}, ["Yeast"]),
        ({"reviewer": reviewer.pk}, ["<b>Salt</b>"]),
        ({"basis": "bypassed"}, ["Pepper"]),
        ({"basis": "unexplained"}, ["Yeast"]),
        ({"since": "2026-06-01", "until": "2026-07-01"}, ["Pepper"]),
        ({"text": "PEP"}, ["Pepper"]),
        ({"text": "lb:Other:Yeast:html:yeast"}, ["Yeast"]),
        ({"text": "pepper", "reviewer": reviewer.pk}, []),
    ]:
        assert [row["title"].partition(",")[0] for row in rows(admin_client, **query)] == expected
        # The download is the same.
        file = b"".join(admin_client.get(reverse(DOWNLOAD), query).streaming_content).decode()  # type: ignore[attr-defined]
        assert [row["title"] for row in csv.DictReader(file.splitlines())] == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"library": "x"},
        {"library": "9" * 30},
        {"reviewer": "\0"},
        {"basis": "no such"},
        {"since": "May"},
        {"since": "0001-01-01", "until": "0001-01-01"},
        {"since": "2026-07-01", "until": "2026-06-01"},
        {"text": "\0"},
    ],
)
def test_a_wrong_question_is_refused_rather_than_ignored(
    admin_client: Client, live: dict[str, Any], wrong: dict[str, str]
) -> None:
    assert rows(admin_client, **wrong) == []
    assert 'class="errorlist"' in admin_client.get(reverse(PAGE), wrong).content.decode()
    assert admin_client.get(reverse(DOWNLOAD), wrong).headers["Location"].startswith(reverse(PAGE))


def test_only_staff_with_the_permission_sees_it_and_nobody_changes_it(
    client: Client, live: dict[str, Any], reviewer: User
) -> None:
    pages = [reverse(PAGE), reverse(DOWNLOAD)]
    reviewer.user_permissions.add(Permission.objects.get(codename="view_livecontent"))
    client.force_login(reviewer)
    assert [client.get(page).status_code for page in pages] == [302, 302]
    reviewer.is_staff = True
    reviewer.save()
    assert [client.get(page).status_code for page in pages] == [200, 200]
    reviewer.user_permissions.clear()
    assert [client.get(page).status_code for page in pages] == [403, 403]
    # It brings no permission but this one, and no page to add, change or delete anything.
    permissions = Permission.objects.filter(content_type__model="livecontent")
    assert [permission.codename for permission in permissions] == ["view_livecontent"]
    assert client.get(f"{reverse(PAGE)}{LiveContent.objects.all()[0].pk}/change/").status_code == 404


def test_each_page_takes_as_many_queries_whatever_there_is(
    admin_client: Client, library: Library, reviewer: User, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_content, "_ON_A_PAGE", 3)

    def queries(**query: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert rows(admin_client, **query)
        return len(captured)

    review(library.component())
    library.publish()
    queries()  # The first one loads the roles.
    questions: list[dict[str, Any]] = [{}, {"reviewer": reviewer.pk}, {"basis": "reviewed"}, {"text": "text"}]
    few = [queries(**question) for question in questions]
    for n in range(3):
        other = Library.create(f"lib:Many:{n}", library.author_id)
        items = [other.component(), other.component()]
        review(*items)
        make_live(other)
    assert [queries(**question) for question in questions] == few
    assert [queries(**question, page=3) for question in questions] == few
    assert [len(rows(admin_client, page=page)) for page in (1, 2, 3)] == [3, 3, 1]
    # The links to the other pages ask the same.
    html = admin_client.get(reverse(PAGE), {"text": "text", "page": "2"}).content.decode()
    assert 'href="?text=text&amp;page=3"' in html
