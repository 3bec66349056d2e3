"""What is live is explained by the record of its publish, whatever happened since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sample_plugin.reviews import api
from sample_plugin.reviews.evidence import publishes
from sample_plugin.reviews.gate import exemptions
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus

from .content import Item, Library, core_publish_from_drafts, draft_record, make_live, now

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

type Review = Callable[..., None]


def live(library: Library, item: Item) -> api.LiveEvidence:
    """Return the evidence for one live item."""
    [found] = [one for one in api.get_live_evidence(library.package.id) if one.entity.id == item.id]
    return found


def bases(library: Library, **which: Any) -> list[str]:
    """Return the bases of what is live."""
    return [str(one.basis) for one in api.get_live_evidence(library.package.id, **which)]


def test_a_live_version_comes_with_its_publish_and_its_reviews(
    library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component("salt", title="Salt")
    library.component("draft-only")
    given = api.mark_reviewed(text.id, reviewer_id=reviewer.pk, note="Checked the amounts")
    publish_log = library.publish(text, published_by=other_reviewer.pk)
    library.edit(text, "More salt")

    [found] = api.get_live_evidence(library.package.id)
    assert (found.entity_ref, found.key, found.title, found.version_num) == (
        "xblock.v1:html:salt",
        "lb:Test:Gated:html:salt",
        "Salt",
        1,
    )
    assert (found.publish_log_id, found.published_at) == (publish_log.pk, publish_log.published_at)
    assert (found.published_by, found.published_by_id) == (other_reviewer, other_reviewer.pk)
    assert (found.basis, found.is_unreviewed, found.mode, found.required_reviewers) == (
        api.EvidenceBasis.REVIEWED,
        False,
        "required",
        1,
    )
    assert (found.reviews, found.decided_by, found.reason, found.is_live) == ((given,), None, "", True)


def test_it_is_shown_as_it_was_judged_whatever_happens_later(
    library: Library, author: User, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    library.publish(text, published_by=author.pk)
    # A later review, a stricter policy, a withdrawn review and deleted accounts.
    library.edit(text)
    library.set_draft(text, ReviewedStatus.objects.get().version_id)
    api.set_required_reviewers(library.package.id, 2, changed_by=None)
    ReviewedStatus.objects.update(in_force=None, withdrawn_at=now(), withdrawn_by=other_reviewer)
    ReviewedStatus.objects.create(
        entity_id=text.id,
        version_id=draft_record(text).new_version_id,
        version_num=1,
        reviewer=other_reviewer,
        created=now(),
    )
    User.objects.all().delete()

    found = live(library, text)
    assert (found.basis, found.required_reviewers, found.published_by_id) == (api.EvidenceBasis.REVIEWED, 1, None)
    [then] = found.reviews
    assert (then.reviewer_id, then.verdict) == (None, api.Verdict.REVIEWED)
    assert then.withdrawn_at is not None


def test_what_was_withdrawn_before_the_publish_did_not_stand(
    library: Library, reviewer: User, other_reviewer: User
) -> None:
    text = library.component()
    api.request_changes(text.id, reviewer_id=reviewer.pk, note="Less salt")
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    standing = api.request_changes(text.id, reviewer_id=other_reviewer.pk, note="None at all")
    with api.bypass_review(reason="The exam is in an hour", user_id=reviewer.pk):
        library.publish(text)
    found = live(library, text)
    assert [(one.verdict, one.reviewer) for one in found.reviews] == [
        (api.Verdict.REVIEWED, reviewer),
        (api.Verdict.CHANGES_REQUESTED, other_reviewer),
    ]
    assert found.reviews[-1] == standing
    assert (found.basis, found.is_unreviewed, found.decided_by, found.reason) == (
        api.EvidenceBasis.BYPASSED,
        True,
        reviewer,
        "The exam is in an hour",
    )


def test_in_a_bypassed_publish_what_was_reviewed_is_reviewed(library: Library, review: Review) -> None:
    reviewed, unreviewed = library.component(), library.component()
    review(reviewed)
    make_live(library)
    assert live(library, reviewed).basis == api.EvidenceBasis.REVIEWED
    assert live(library, unreviewed).basis == api.EvidenceBasis.BYPASSED


def test_of_a_bypass_that_names_no_items_nothing_is_called_reviewed(library: Library) -> None:
    """One from before judgements were recorded."""
    text = library.component()
    make_live(library)
    judgement = PublishJudgement.objects.get()
    PublishJudgement.objects.filter(pk=judgement.pk)._raw_delete(using="default")
    PublishJudgement.objects.create(publish_log=judgement.publish_log, basis=Basis.BYPASSED, created=now())
    found = live(library, text)
    assert (found.basis, found.is_unreviewed, found.mode) == (api.EvidenceBasis.BYPASSED, None, None)


def test_a_publish_without_a_record_is_unexplained(ungated_library: Library) -> None:
    text, other = ungated_library.component(), ungated_library.component()
    core_publish_from_drafts(ungated_library.package.id, ungated_library.drafts(text))
    ungated_library.publish(other)
    assert bases(ungated_library) == ["unexplained", "not_required"]
    found = live(ungated_library, text)
    assert (found.is_unreviewed, found.required_reviewers, found.reason) == (None, None, "")


def test_a_restore_says_so(library: Library) -> None:
    class Unzipper:
        learning_package_id: Any = library.package.id

    library.component()
    with exemptions.restoring(Unzipper()):
        library.publish()
    assert bases(library) == ["restored"]


def test_a_side_effect_does_not_explain_what_is_live(library: Library, review: Review) -> None:
    """Core's own pointer names the last record of the unit, with which only its child went live."""
    text = library.component()
    unit = library.unit(text)
    review(text, unit)
    first = library.publish(unit)
    library.edit(text)
    with api.bypass_review(reason="In a hurry"):
        second = library.publish(text)
    assert unit.publishable_entity.published.publish_log_record.publish_log == second
    found = live(library, unit)
    assert (found.publish_log_id, found.basis) == (first.pk, api.EvidenceBasis.REVIEWED)


def test_a_version_that_went_live_again_is_explained_by_the_last_time(library: Library, review: Review) -> None:
    text = library.component()
    first = draft_record(text).new_version_id
    review(text)
    library.publish(text)
    library.edit(text)
    review(text)
    library.publish(text)
    library.set_draft(text, first)
    again = library.publish(text)
    assert live(library, text).publish_log_id == again.pk


def test_a_version_that_no_publish_put_there_is_unexplained(library: Library, review: Review) -> None:
    text = library.component()
    review(text)
    publish_log = library.publish(text)
    # Straight in the table.
    published = text.publishable_entity.published
    type(published).objects.filter(pk=published.pk).update(version=library.edit(text))
    found = live(library, text)
    assert (found.basis, found.version_num, found.judgement) == (api.EvidenceBasis.UNEXPLAINED, 2, None)
    # The best that core knows.
    assert found.publish_log_id == publish_log.pk


def test_the_publishes_include_what_is_no_longer_live(library: Library, reviewer: User, review: Review) -> None:
    text = library.component(title="Salt")
    make_live(library)
    library.edit(text, "Pepper")
    review(text)
    library.publish(text)
    library.delete(text)
    of_deletion = api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    library.publish()

    assert list(api.get_live_evidence(library.package.id)) == []
    found = list(api.get_publish_evidence(library.package.id))
    assert [(one.title, one.version_num, str(one.basis), one.is_live) for one in found] == [
        ("Salt", 1, "bypassed", False),
        ("Pepper", 2, "reviewed", False),
        ("Pepper", None, "reviewed", False),
    ]
    assert found[-1].reviews == (of_deletion,)


def test_of_several_deletions_the_one_that_was_published_has_the_review(library: Library, reviewer: User) -> None:
    text = library.component()
    version = draft_record(text).new_version_id
    make_live(library)
    library.delete(text)
    api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    library.set_draft(text, version)
    library.delete(text)
    make_live(library)
    *_, deletion = api.get_publish_evidence(library.package.id)
    assert (deletion.basis, deletion.reviews) == (api.EvidenceBasis.BYPASSED, ())


def test_one_asks_for_a_time_or_a_basis(library: Library, review: Review) -> None:
    may = datetime(2026, 5, 1, tzinfo=timezone.utc)
    old, new = library.component("old"), library.component("new")
    review(old)
    library.publish(old, published_at=may)
    with api.bypass_review(reason="In a hurry"):
        library.publish(new, published_at=may + timedelta(days=31))

    assert bases(library, since=may, until=may + timedelta(days=31)) == ["reviewed"]
    assert bases(library, since=may + timedelta(seconds=1)) == ["bypassed"]
    found = api.get_live_evidence(library.package.id, basis=api.EvidenceBasis.BYPASSED)
    assert (found.count(), [one.entity.id for one in found], [one.entity.id for one in found[0:10]]) == (
        1,
        [new.id],
        [new.id],
    )
    assert api.get_live_evidence(library.package.id).count() == 2


def test_one_asks_for_what_a_reviewer_had_approved_by_then(
    library: Library, reviewer: User, other_reviewer: User
) -> None:
    approved, withdrawn_since, withdrawn_before, requested, reviewed_since = (library.component() for _ in range(5))
    for text in (approved, withdrawn_since, withdrawn_before):
        api.mark_reviewed(text.id, reviewer_id=reviewer.pk)
    api.withdraw_review(withdrawn_before.id, reviewer_id=reviewer.pk)
    api.request_changes(requested.id, reviewer_id=reviewer.pk, note="Less salt")
    api.mark_reviewed(approved.id, reviewer_id=other_reviewer.pk)
    # What is judged, and what the reviews are compared with, is not the time that the caller has chosen.
    with api.bypass_review(reason="In a hurry"):
        library.publish(published_at=datetime(2026, 5, 1, tzinfo=timezone.utc))
    ReviewedStatus.objects.filter(entity_id=withdrawn_since.id).update(in_force=None, withdrawn_at=now())
    version = reviewed_since.versioning.published.pk
    ReviewedStatus.objects.create(
        entity_id=reviewed_since.id, version_id=version, version_num=1, reviewer=reviewer, created=now()
    )
    for person, theirs in ((reviewer, [approved, withdrawn_since]), (other_reviewer, [approved])):
        found = api.get_live_evidence(library.package.id, reviewer_id=person.pk)
        assert [one.entity.id for one in found] == [text.id for text in theirs]
        everything = api.get_live_evidence(library.package.id)
        assert [one.entity.id for one in everything if one.is_approved_by(person.pk)] == [text.id for text in theirs]
        assert found.count() == len(theirs)


def test_one_asks_for_the_whole_site_for_a_title_for_a_code_or_for_a_key(library: Library) -> None:
    other = Library.create("lib:Other:Salty", library.author_id)
    salt, unit, other_salt = library.component("SALT-1", title="Kitchen"), library.unit(), other.component("SALT-1")
    make_live(library)
    make_live(other)
    library.edit(salt, "A draft title")

    def found(package_id: Any, text: str) -> list[int]:
        return [one.entity.id for one in api.get_live_evidence(package_id, text=text)]

    everywhere = None
    assert found(everywhere, "") == [salt.id, unit.id, other_salt.id]
    assert found(everywhere, "salt") == [salt.id, other_salt.id]
    assert found(library.package.id, "salt") == [salt.id]
    assert found(everywhere, "itche") == [salt.id]
    assert found(everywhere, "draft title") == []
    keys = [one.key for one in api.get_live_evidence(None)]
    assert [found(everywhere, str(key)) for key in keys] == [[salt.id], [unit.id], [other_salt.id]]


@pytest.mark.parametrize("get", [api.get_live_evidence, api.get_publish_evidence])
def test_a_library_is_read_in_parts_of_few_queries(
    get: Callable[..., api.Evidence], library: Library, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [library.component() for _ in range(5)]
    review(*texts)
    library.publish()
    for at_once, count in ((10, 8), (2, 20)):
        monkeypatch.setattr(publishes, "_AT_ONCE", at_once)
        with CaptureQueriesContext(connection) as queries:
            found = list(get(library.package.id))
        assert [one.entity.id for one in found] == [text.id for text in texts]
        # Six for each part, and one of conversations; the publish is loaded once. And one that finds nothing more.
        assert len(queries) == count
