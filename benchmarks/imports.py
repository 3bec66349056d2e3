"""
What the plugin costs an import: the same import with and without it, interleaved in one run.

Without the plugin the import goes live. With it, the import stays drafts, because its library requires reviews: core's
work of publishing is left out. So the second ratio is to core's import without its publish. Each import runs as one of
the platform's import tasks does, in this process, and is committed, into a library of its own: the plugin hears of new
drafts after the commit.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from .database import interleaved, throw_away_database

TASK = "benchmarks.import_of_"


def main() -> None:
    """Import, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000], help="components to import")
    parser.add_argument("--rounds", type=int, default=5, help="imports of each kind")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        print(f"{vendor}, {options.rounds} rounds; seconds and ratios are medians\n")
        print(f"{'components':>10} {'core':>8} {'plugin':>8} {'ratio':>7} {'to reach':>8} {'without publish':>15}")
        for size in options.sizes:
            measure(size, options.rounds)


def measure(size: int, rounds: int) -> None:
    """Measure imports of one size."""
    from openedx_content import api as content_api  # noqa: PLC0415

    from tests.content import live_versions, without_plugin  # noqa: PLC0415

    run = importer(size)
    live = live_versions()
    run()  # what is done once in each process
    assert live_versions() == live, "The import went live."
    signal = content_api.signals.ENTITIES_DRAFT_CHANGED

    def core(*, publish: bool) -> None:
        ours, signal.receivers = signal.receivers, []
        signal.sender_receivers_cache.clear()
        try:
            with without_plugin():
                run(publish=publish)
        finally:
            signal.receivers = ours
            signal.sender_receivers_cache.clear()

    measured = interleaved([partial(core, publish=True), run, partial(core, publish=False)], rounds)
    of_core, of_ours, unpublished = measured
    ratio, drafts_only = (
        statistics.median(our / cores for our, cores in zip(of_ours, times, strict=True))
        for times in (of_core, unpublished)
    )
    print(
        f"{size:>10} {statistics.median(of_core):>8.3f} {statistics.median(of_ours):>8.3f} {ratio:>7.3f} {'1.05':>8} "
        f"{drafts_only:>15.3f}",
        flush=True,
    )


def importer(size: int) -> Callable[..., None]:
    """Return a function that imports so many components into a new library, and publishes them."""
    from celery import shared_task  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from openedx_content import api as content_api  # noqa: PLC0415
    from user_tasks.tasks import UserTask  # noqa: PLC0415

    from tests.content import Library  # noqa: PLC0415

    author, _made = get_user_model().objects.get_or_create(username="author")

    @shared_task(base=UserTask, bind=True, name=f"{TASK}{size}")  # type: ignore[untyped-decorator]
    def import_components(_task: Any, user_id: int, publish: bool) -> None:
        library = Library.create(f"lib:Bench:{uuid4()}", user_id)
        with content_api.bulk_draft_changes_for(library.package.id):
            items = [library.component(created_by=None) for _ in range(size)]
        if publish:
            drafts = library.drafts(*items)
            content_api.publish_from_drafts(library.package.id, draft_qset=drafts, published_by=user_id)

    settings.SAMPLE_PLUGIN_REVIEWS_IMPORT_TASKS = [import_components.name]

    def run(*, publish: bool = True) -> None:
        assert import_components.apply(kwargs={"user_id": author.pk, "publish": publish}).successful()

    return run


if __name__ == "__main__":
    main()
