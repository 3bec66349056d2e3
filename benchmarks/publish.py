"""
What the plugin costs: publishing with and without it, interleaved in one run, on the same content.

``make bench`` runs it, on SQLite or on the database that ``DATABASE_URL`` names (which it fills; use a throw-away one).
Seconds say little about another machine; the ratios are what the project promises.

Each entity has a history of ten reviews, of earlier versions or withdrawn, and what has been measured before stays in
the database. So with the size of the library grows all that is around it.

Machines change their speed from one minute to the next by more than the plugin costs. So each round measures all arms
one after the other, in turning order, and the ratio is the median of the rounds' own ratios. On SQLite it is processor
time that is measured, which does not pass while others have the processor. A publish of one item is soon over, so there
are more rounds of it. What is done once in each process, such as composing a query, is done before.

Growth is the time for one entity as a ratio to that at the size before, to be held against core's own. Time is noisy;
so there is also the work for one entity, as the database counts it (rows read or, on SQLite, steps), and its growth:
those are the same on a busy machine.

The items per second are those of the plugin. From them comes the number of items from which on publishing goes to the
background: ``SAMPLE_PLUGIN_REVIEWS_PUBLISH_IN_BACKGROUND_FROM`` in ``settings/common.py``.

``docs/scale.rst`` lists the statements of a publish, and ``tests/test_work.py`` keeps them to their number.

Each measurement is rolled back, so that the next one finds the same content. So the commit itself is not in it, in
either arm.
"""

from __future__ import annotations

import argparse
import gc
import logging
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from .database import SIZES, Filled, clock, fill, throw_away_database

# How long each may take from this number of entities on, as a ratio to core's own publish of the same. Most publishes
# are of one item.
PROMISES: dict[str, dict[int, str]] = {
    "gate": {1: "1.25", 10: "1.15", 100: "1.05"},
    "publish reviewed items": {1: "1.50", 10: "1.25", 100: "1.10"},
    "refused by the gate": {1: "1.25", 10: "1.15", 100: "1.05"},
    "mark a change log reviewed": {1_000: "0.10"},
}

# For one entity, by arm: seconds, and the work of the database.
type Costs = dict[str, tuple[float, float]]


def main() -> None:
    """Fill a database, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, *SIZES], help="entities to publish")
    parser.add_argument("--rounds", type=int, default=9, help="measurements of each arm; ten times as many of one")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        # The collector runs before each measurement, and need not look at all modules every time.
        gc.freeze()
        # Refusals are logged, as everywhere, but not in the midst of the table.
        logging.getLogger().addHandler(logging.NullHandler())
        print(f"{vendor}, {options.rounds} rounds, fewer of large sizes; seconds, ratios and growth are medians\n")
        print(
            f"{'entities':>16} {'what':<28} {'seconds':>8} {'items/s':>8} {'ratio':>7} {'promised':>8} {'growth':>7} "
            f"{'work':>7} {'growth':>7}"
        )
        before: Costs = {}
        for size in options.sizes:
            before = measure(size, 0, options.rounds, before)
        # Core does much more for what is in containers, the plugin does not: once is enough to see.
        measure(options.sizes[len(options.sizes) // 2], 10, options.rounds, {})


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One thing to measure."""

    action: Callable[[], Any]
    plugin: bool = True
    # What has to be so for it, which is not measured.
    prepare: Callable[[], Any] = lambda: None


def measure(size: int, unit_size: int, rounds: int, before: Costs) -> Costs:
    """Measure one size: flat components, or components in units of ``unit_size``."""
    library = fill(size, unit_size)
    arms = arms_for(library)
    work = {name: counted(arm) / size for name, arm in arms.items()}
    seconds: dict[str, list[float]] = {name: [] for name in arms}
    for turn in range(max(10 * rounds // size, min(rounds, max(3, 20_000 // size)))):
        names = list(arms)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            seconds[name].append(timed(arms[name]))

    costs = {name: (statistics.median(seconds[name]) / size, work[name]) for name in arms}

    def growth(name: str, what: int) -> str:
        return f"{costs[name][what] / before[name][what]:.2f}" if before else ""

    shape = f"{size} ({'in units' if unit_size else 'flat'})"
    for name, (spent, counts) in costs.items():
        ratio = statistics.median(our / core for our, core in zip(seconds[name], seconds["core"], strict=True))
        print(
            f"{shape:>16} {name:<28} {size * spent:>8.3f} {1 / spent:>8.0f} {ratio:>7.3f} {promise(name, size):>8} "
            f"{growth(name, 0):>7} {counts:>7.1f} {growth(name, 1):>7}",
            flush=True,
        )
    return costs


def promise(name: str, size: int) -> str:
    """Return the largest ratio that is promised for this many entities."""
    return next((ratio for least, ratio in reversed(PROMISES.get(name, {}).items()) if least <= size), "")


def arms_for(library: Filled) -> dict[str, Arm]:
    """Return what there is to measure: core alone, and all that the plugin has a part in. Everything is reviewed."""
    from openedx_content import api as content_api  # noqa: PLC0415
    from openedx_content.models_api import Draft  # noqa: PLC0415

    from sample_plugin.reviews import api  # noqa: PLC0415
    from sample_plugin.reviews.filters import EntityPrePublish  # noqa: PLC0415

    def mark_logs(reviewer_id: int) -> None:
        for change_log_id in library.change_log_ids:
            api.mark_change_log_reviewed(change_log_id, reviewer_id=reviewer_id)

    def publish_everything() -> None:
        content_api.publish_all_drafts(library.package_id)

    def refused(publish: Callable[[], Any]) -> None:
        try:
            publish()
        except EntityPrePublish.PreventPublish:
            return
        raise AssertionError("Something went live that nobody reviewed.")

    drafts = Draft.objects.filter(entity__learning_package=library.package_id)
    shown = dict(drafts.values_list("entity_id", "draft_log_record_id"))
    mark_logs(library.reviewer_id)
    # Those that are marked already would not be marked again.
    other, last = library.other_reviewer_id, max(shown)
    return {
        "core": Arm(action=publish_everything, plugin=False),
        "gate": Arm(action=publish_everything),
        "publish reviewed items": Arm(action=lambda: api.publish_reviewed_items(library.package_id)),
        "its dry run": Arm(action=lambda: api.publish_reviewed_items(library.package_id, dry_run=True)),
        "its dry run, steps not asked": Arm(
            action=lambda: api.publish_reviewed_items(library.package_id, dry_run=True, ask_steps=False)
        ),
        "refused, nothing reviewed": Arm(
            action=lambda: refused(publish_everything), prepare=lambda: withdraw(library.package_id)
        ),
        "refused, one not reviewed": Arm(
            action=lambda: refused(publish_everything), prepare=lambda: withdraw(library.package_id, entity=last)
        ),
        # What it costs where nobody can tell beforehand: core has done all its work.
        "refused by the gate": Arm(
            action=lambda: refused(lambda: content_api.publish_from_drafts(library.package_id, drafts.all())),
            prepare=lambda: withdraw(library.package_id, entity=last),
        ),
        "mark a change log reviewed": Arm(action=lambda: mark_logs(other)),
        "mark many reviewed": Arm(action=lambda: api.mark_many_reviewed(shown, reviewer_id=other)),
        "counts": Arm(action=lambda: api.get_package_overview(library.package_id)),
    }


def withdraw(learning_package_id: Any, **which: Any) -> None:
    """Take back the reviews that cover the drafts: all, or those that this describes."""
    from sample_plugin.reviews.models import ReviewedStatus  # noqa: PLC0415

    covering = ReviewedStatus.objects.in_force().filter(version__draft__entity__learning_package=learning_package_id)
    covering.filter(**which).update(in_force=None, withdrawn_at=datetime.now(tz=timezone.utc))


def timed(arm: Arm) -> float:
    """Return how long it takes."""
    with undone(arm):
        start = clock()
        arm.action()
        return clock() - start


def counted(arm: Arm) -> int:
    """Return what the database does for it."""
    from tests.counting import counting_work  # noqa: PLC0415

    with undone(arm):
        with counting_work() as work:
            arm.action()
        return work()


@contextmanager
def undone(arm: Arm) -> Iterator[None]:
    """Make ready for it, and undo it."""
    from django.db import transaction  # noqa: PLC0415

    from tests.content import without_plugin  # noqa: PLC0415

    gc.collect()
    with transaction.atomic():
        arm.prepare()
        with nullcontext() if arm.plugin else without_plugin():
            yield
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
