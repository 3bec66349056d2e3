"""A real request, a real event: what is tried is what is in the post."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail.backends import locmem
from openedx_content import api as content_api
from openedx_content.models_api import Component, LearningPackage, Unit

from sample_plugin.reviews import api as reviews_api
from sample_plugin.reviews.signals import CHANGES_REQUESTED

from ..receivers import tell_author_after_request

pytestmark = pytest.mark.django_db

STUDIO = "https://apps.studio.example.com/authoring"


@pytest.fixture(name="_connected", autouse=True)
def _connect(settings: Any) -> Iterator[None]:
    """Connect our receiver, as the platform does."""
    settings.COURSE_AUTHORING_MICROFRONTEND_URL = STUDIO
    CHANGES_REQUESTED.connect(tell_author_after_request)
    yield
    CHANGES_REQUESTED.disconnect(tell_author_after_request)


@pytest.fixture(name="author")
def _author() -> User:
    """Somebody with an e-mail address."""
    return User.objects.create_user("author", email="author@example.com")


@pytest.fixture(name="reviewer")
def _reviewer() -> User:
    """Somebody with a name."""
    return User.objects.create_user("reviewer", first_name="Rosa", last_name="Reader")


@pytest.fixture(name="library")
def _library() -> LearningPackage:
    """A library without anything in it."""
    return content_api.create_learning_package("lib:House:Rules", title="House rules")


def write(library: LearningPackage, created_by: int | None, title: str = "Salt") -> Component:
    """Write a text, as a draft."""
    component, _version = content_api.create_component_and_version(
        library.id,
        component_type=content_api.get_or_create_component_type("xblock.v1", "html"),
        component_code="salt",
        title=title,
        created=datetime.now(tz=timezone.utc),
        created_by=created_by,
    )
    return component


@pytest.fixture(name="salt")
def _salt(library: LearningPackage, author: User) -> Component:
    """A text by the author."""
    return write(library, author.pk)


@pytest.fixture(name="ask")
def _ask(reviewer: User, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> Any:
    """A function that asks for changes to something, and returns what is in the post then."""

    def ask(item: Any, note: str = "How much of it?", by: User = reviewer) -> list[Any]:
        with django_capture_on_commit_callbacks(execute=True):
            reviews_api.request_changes(item.id, reviewer_id=by.pk, note=note)
            assert mailoutbox == []  # not before the commit
        return mailoutbox

    return ask


def test_the_author_is_told_what_was_asked_for(salt: Component, ask: Any) -> None:
    (message,) = ask(salt, "How much of it?\n\n<b>Grams</b>, please.")
    assert message.to == ["author@example.com"]
    assert message.subject == "Changes requested: Salt"
    assert message.body.splitlines() == [
        "Rosa Reader has looked at your change to “Salt” and asks for changes:",
        "",
        "> How much of it?",
        "> ",
        "> <b>Grams</b>, please.",
        "",
        f"{STUDIO}/library/lib:House:Rules/components/lb:House:Rules:html:salt",
    ]
    assert message.alternatives == []  # plain text: there is no markup in it that could do anything


def test_a_unit_has_a_page_of_its_own(library: LearningPackage, author: User, ask: Any) -> None:
    unit, _version = content_api.create_container_and_version(
        library.id,
        container_code="dough",
        title="Dough",
        container_cls=Unit,
        entities=[],
        created=datetime.now(tz=timezone.utc),
        created_by=author.pk,
    )
    (message,) = ask(unit)
    assert message.body.endswith("/library/lib:House:Rules/unit/lct:House:Rules:unit:dough")


def test_a_deletion_is_called_one(salt: Component, author: User, ask: Any) -> None:
    reviews_api.set_review_required(salt.learning_package.id, False, changed_by=None)
    content_api.publish_all_drafts(salt.learning_package.id)
    content_api.soft_delete_draft(salt.id, deleted_by=author.pk)
    (message,) = ask(salt, "It is in a course.")
    assert "your deletion of “Salt”" in message.body
    assert message.body.endswith("/library/lib:House:Rules")


def test_a_title_over_several_lines_breaks_no_header(library: LearningPackage, author: User, ask: Any) -> None:
    (message,) = ask(write(library, author.pk, title="Salt\nBcc: everybody@example.com"))
    assert message.subject == "Changes requested: Salt Bcc: everybody@example.com"
    assert message.recipients() == ["author@example.com"]


def test_nobody_is_told_where_studio_has_kept_no_author(library: LearningPackage, ask: Any) -> None:
    assert ask(write(library, None)) == []


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}], ids=["no address", "deactivated"])
def test_an_author_who_cannot_be_written_to_is_not(
    salt: Component, author: User, ask: Any, change: dict[str, Any]
) -> None:
    User.objects.filter(pk=author.pk).update(**change)
    assert ask(salt) == []


def test_authors_who_review_their_own_changes_need_no_mail(
    salt: Component, author: User, ask: Any, settings: Any
) -> None:
    settings.SAMPLE_PLUGIN_REVIEWS_ALLOW_SELF_REVIEW = True
    assert ask(salt, by=author) == []


def test_without_the_setting_there_is_no_link(salt: Component, ask: Any, settings: Any) -> None:
    del settings.COURSE_AUTHORING_MICROFRONTEND_URL
    (message,) = ask(salt)
    assert message.body.endswith("> How much of it?")


class UnwillingBackend(locmem.EmailBackend):
    """A mail server that answers at the second attempt."""

    refusals = 1

    def send_messages(self, messages: Any) -> Any:
        """Refuse, or send."""
        if type(self).refusals:
            type(self).refusals -= 1
            raise smtplib.SMTPServerDisconnected
        return super().send_messages(messages)


def test_a_mail_server_that_is_away_is_asked_again(salt: Component, ask: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.UnwillingBackend"
    assert len(ask(salt)) == 1
    assert UnwillingBackend.refusals == 0
