"""
What an upgrade of openedx-core leaves of the reviews: all of them. For ``scripts/try_upgrade``.

That calls :func:`fill` with the oldest core that is supported, migrates the database, and calls :func:`check` with the
newest, each in ``manage.py shell``. What was there before goes from one to the other in a file.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from openedx_content import api as content_api
from openedx_content.models_api import Draft, LearningPackage, PublishableEntity, PublishLog

from sample_plugin.reviews import api
from sample_plugin.reviews.models import Basis, PublishJudgement, ReviewedStatus, ReviewPolicy, ReviewPolicyChange
from sample_plugin.reviews.pipeline import UnreviewedChanges

from .content import Library, ids, live_versions

GATED = "lib:Upgrade:Gated"
OPEN = "lib:Upgrade:Open"
CLOSED = "lib:Upgrade:Closed"

MODELS: tuple[type[Model], ...] = (ReviewedStatus, ReviewPolicy, ReviewPolicyChange, PublishJudgement)


def fill(file: str) -> None:
    """Leave rows of every kind behind, and in the file what they mean."""
    author, reviewer, other, leaving, admin = (
        User.objects.create_user(name).pk for name in ("author", "reviewer", "other", "leaving", "admin")
    )

    def review(*items: Any, by: int = reviewer, note: str = "") -> None:
        for item in items:
            api.mark_reviewed(item.id, reviewer_id=by, note=note)

    # What went live: all of it reviewed, but for one that went past the gate.
    library = Library.create(GATED, author)
    texts = [library.component(f"live-{number}") for number in range(7)]
    unchanged, edited, edited_again, deleted, deleted_unreviewed, resaved, past_the_gate = texts
    review(*texts[:-1], library.unit(unchanged, edited), note="Geprüft ✓ 🎉")
    assert len(api.publish_reviewed_items(library.package.id, published_by=admin).published) == 7
    with api.bypass_review(reason="Der Kurs beginnt „gleich“ 🚀", user_id=admin):
        library.publish(past_the_gate)

    # What has changed since.
    for item in (edited, edited_again, past_the_gate):
        library.edit(item)
        review(item, note="Better now")
    review(edited, by=other)
    library.edit(edited_again)
    api.withdraw_review(past_the_gate.id, reviewer_id=reviewer, withdrawn_by_id=admin)
    library.delete(deleted)
    review(deleted)
    library.delete(deleted_unreviewed)
    library.edit(resaved, title="Saved")
    review(resaved)
    library.edit(resaved, title="Saved")

    # What is new.
    library.component("unreviewed")
    review(library.component("reviewed"), library.section(library.subsection(library.unit())))
    review(library.unit(library.component("unreviewed-in-a-unit")))
    review(library.component("reviewed-by-somebody-who-has-left"), by=leaving)
    User.objects.get(pk=leaving).delete()
    undone = library.component("undone")
    first = Draft.objects.get(pk=undone.id).version_id
    with content_api.bulk_draft_changes_for(library.package.id):
        library.edit(undone)
        review(undone)
        library.set_draft(undone, first)

    for package_ref, required in ((OPEN, False), (CLOSED, True)):
        library = Library.create(package_ref, author)
        api.set_review_required(library.package.id, required, changed_by=admin)
        review(library.component("reviewed"))
        library.component("unreviewed")

    Path(file).write_text(json.dumps(state()), encoding="utf-8")
    print(f"On openedx-core {version('openedx-core')}:", *(f"{len(rows(model))} {model.__name__}," for model in MODELS))
    # What is not there cannot get lost.
    reviews = ReviewedStatus.objects
    assert reviews.filter(in_force=None).exists()
    assert reviews.filter(version_num=0).exists()
    assert reviews.filter(reviewer=None).exists()
    assert reviews.filter(draft_change_log_record=None).exists()
    assert reviews.exclude(carried_over_from=None).exists()


def check(file: str) -> None:
    """Raise ``AssertionError`` unless all is as it was, and the gate does what it did."""
    before, after = json.loads(Path(file).read_text(encoding="utf-8")), state()
    for what, was in before.items():
        assert after[what] == was, f"{what} {was} has become {after[what]}"
    print(f"On openedx-core {version('openedx-core')}: the same rows, and they mean the same.")

    admin = User.objects.get(username="admin").pk
    was_live = live_versions()
    for package_ref in (GATED, CLOSED):
        package = LearningPackage.objects.get(package_ref=package_ref)
        unreviewed, reviewed = ids(api.get_unreviewed_entities(package.id)), ids(api.get_reviewed_entities(package.id))
        assert refused(package) == unreviewed
        assert live_versions() == was_live
        result = api.publish_reviewed_items(package.id, published_by=admin)
        published = {item.entity_id for item in result.published}
        left = {item.entity_id for item in result.skipped}
        assert published | left == reviewed
        assert ids(api.get_reviewed_entities(package.id)) == left
        assert ids(api.get_unreviewed_entities(package.id)) == unreviewed
        print(
            f"{package_ref}: {len(unreviewed)} refused, {len(result.published)} published, {len(result.skipped)} left"
        )
        for entity in api.get_unreviewed_entities(package.id):
            api.mark_reviewed(entity.id, reviewer_id=admin)
        content_api.publish_all_drafts(package.id)
        assert not content_api.get_entities_with_unpublished_changes(package.id, include_deleted_drafts=True).exists()
        was_live = live_versions()

    content_api.publish_all_drafts(LearningPackage.objects.get(package_ref=OPEN).id)
    assert live_versions() != was_live
    assert PublishJudgement.objects.latest("pk").basis == Basis.NOT_REQUIRED
    print(f"{OPEN}: no review is asked for")


def state() -> dict[str, Any]:
    """Return what is stored, row by row, and what it means."""
    packages = LearningPackage.objects.order_by("pk")
    return {
        **{model.__name__: rows(model) for model in MODELS},
        "required": {package.package_ref: api.is_review_required(package.id) for package in packages},
        "reviewed": {package.package_ref: refs(api.get_reviewed_entities(package.id)) for package in packages},
        "unreviewed": {package.package_ref: refs(api.get_unreviewed_entities(package.id)) for package in packages},
        "bypassed": [
            [log.review_judgement.reason, sorted(str(record.entity) for record in log.records.all())]
            for log in PublishLog.objects.filter(review_judgement__basis=Basis.BYPASSED)
        ],
    }


def rows(model: type[Model]) -> list[dict[str, str]]:
    """Return all that is stored in a table."""
    stored = model._base_manager.order_by("pk").values()
    return [{name: str(value) for name, value in row.items()} for row in stored]


def refs(entities: Any) -> list[str]:
    """Return what core calls these entities."""
    return sorted(str(entity) for entity in entities)


def refused(package: LearningPackage) -> set[PublishableEntity.ID]:
    """Return what the gate misses when everything is published, or nothing if it misses nothing."""
    try:
        content_api.publish_all_drafts(package.id)
    except UnreviewedChanges as refusal:
        return {item.entity_id for item in refusal.unreviewed}
    return set()
