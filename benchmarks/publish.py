"""
What the plugin costs: publishing with and without it, interleaved in one run, on the same content.

``make bench`` runs it, on SQLite or on the database that ``DATABASE_URL`` names (which it fills; use a throw-away one).
Seconds say little about another machine; the ratios are what the project promises.

Machines change their speed from one minute to the next by more than the plugin costs. So each round measures all arms
one after the other, in turning order, and the ratio is the median of the rounds' own ratios.

The items per second are those of the plugin. From them comes the number of items from which on publishing goes to the
background: ``PUBLISH_IN_BACKGROUND_FROM`` in ``settings/common.py``.

Each measurement is rolled back, so that the next one finds the same content. So the commit itself is not in it, in
either arm.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from .database import throw_away_database

# How long each may take from 1,000 entities on, as a ratio to core's own publish of the same. Below that, the time that
# Django takes to put a dozen queries together shows.
PROMISES = {"gate": 1.05, "publish reviewed items": 1.10, "mark a change log reviewed": 0.10}


def main() -> None:
    """Fill a database, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 5_000], help="entities to publish")
    parser.add_argument("--rounds", type=int, default=15, help="measurements of each arm")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        print(f"{vendor}, {options.rounds} rounds; seconds and ratios are medians\n")
        print(f"{'entities':>24} {'what':<28} {'core alone':>10} {'plugin':>10} {'items/s':>8} {'ratio':>7}  promised")
        for size in options.sizes:
            measure(size, 0, options.rounds)
        # Core does much more for what is in containers, the plugin does not: once is enough to see.
        measure(options.sizes[len(options.sizes) // 2], 10, options.rounds)


def measure(size: int, unit_size: int, rounds: int) -> None:
    """Measure one size: flat components, or components in units of ``unit_size``."""
    from openedx_content import api as content_api  # noqa: PLC0415

    from sample_plugin.reviews import api  # noqa: PLC0415

    package_id, change_log_id, reviewer_id, other_reviewer_id = fill(size, unit_size)
    shape = f"{size} ({'in units' if unit_size else 'flat'})"

    arms: dict[str, tuple[bool, Callable[[], Any]]] = {
        "core": (False, lambda: content_api.publish_all_drafts(package_id)),
        "gate": (True, lambda: content_api.publish_all_drafts(package_id)),
        "publish reviewed items": (True, lambda: api.publish_reviewed_items(package_id)),
        # Those that are marked already would not be marked again.
        "mark a change log reviewed": (
            True,
            lambda: api.mark_change_log_reviewed(change_log_id, reviewer_id=other_reviewer_id),
        ),
    }
    api.mark_change_log_reviewed(change_log_id, reviewer_id=reviewer_id)
    seconds: dict[str, list[float]] = {name: [] for name in arms}
    for turn in range(rounds):
        names = list(arms)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            plugin, action = arms[name]
            seconds[name].append(timed(action, plugin=plugin))

    core = seconds.pop("core")
    for name, ours in seconds.items():
        ratio = statistics.median(our / cores for our, cores in zip(ours, core, strict=True))
        print(
            f"{shape:>24} {name:<28} {statistics.median(core):>10.3f} {statistics.median(ours):>10.3f} "
            f"{size / statistics.median(ours):>8.0f} {ratio:>7.3f}  {PROMISES[name]:.2f}",
            flush=True,
        )


def timed(action: Callable[[], Any], *, plugin: bool) -> float:
    """Return how long the action takes, and undo it."""
    from django.db import transaction  # noqa: PLC0415

    gc.collect()
    with transaction.atomic():
        with nullcontext() if plugin else plugin_out_of_the_way():
            start = time.perf_counter()
            action()
            seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    return seconds


@contextmanager
def plugin_out_of_the_way() -> Iterator[None]:
    """Let core publish as if the plugin were not installed."""
    from django.db.models.signals import pre_save  # noqa: PLC0415
    from openedx_content import api as content_api  # noqa: PLC0415
    from openedx_content.applets.publishing import api as core_publishing  # noqa: PLC0415
    from openedx_content.models_api import PublishLog  # noqa: PLC0415

    from sample_plugin.reviews import publish_gate  # noqa: PLC0415
    from tests.content import core_publish_from_drafts  # noqa: PLC0415

    pre_save.disconnect(sender=PublishLog, dispatch_uid=publish_gate._TRIPWIRE)
    core_publishing.publish_from_drafts = core_publish_from_drafts
    content_api.publish_from_drafts = core_publish_from_drafts
    try:
        yield
    finally:
        publish_gate.install()


def fill(size: int, unit_size: int) -> tuple[Any, int, int, int]:
    """Return a new package with ``size`` unpublished entities, the log of their making, and two reviewers."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from openedx_content import api as content_api  # noqa: PLC0415

    from tests.content import Library  # noqa: PLC0415

    library = Library.create(f"lib:Bench:{size}-{unit_size}")
    with content_api.bulk_draft_changes_for(library.package.id) as change_log:
        component_count = size * unit_size // (unit_size + 1) if unit_size else size
        components = [library.component() for _ in range(component_count)]
        if unit_size:
            for start in range(0, len(components), unit_size):
                library.unit(*components[start : start + unit_size])
    users = [get_user_model().objects.get_or_create(username=name)[0] for name in ("reviewer", "other-reviewer")]
    return library.package.id, change_log.pk, users[0].pk, users[1].pk


if __name__ == "__main__":
    main()
