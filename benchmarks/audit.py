"""
What the report on everything that is live costs, beside reading the same from core's tables, interleaved in one run.

``make bench`` runs it. Core's part is what is live, with its version and its publish, as objects and no more. Ours is
the whole file: why each item could go live, its reviews as they stood then, and the keys, as CSV. *Of one basis* is the
number of what was bypassed, for which every record is read: as a ratio to the same.

One publish took everything live, and its record lists the half that was not reviewed. Memory is Python's peak during
ours, above what it held before. It should not grow with the size, but for that list and the ids of the items.
"""

from __future__ import annotations

import argparse
import statistics
import tracemalloc

from .database import SIZES, fill, interleaved, throw_away_database


def main() -> None:
    """Fill a database, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="live entities in the library")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        print(f"{vendor}, {options.rounds} rounds; seconds and ratios are medians\n")
        print(
            f"{'entities':>10} {'core':>8} {'ours':>8} {'items/s':>8} {'ratio':>7} {'growth':>7} "
            f"{'of one basis':>12} {'memory':>10}"
        )
        before = 0.0
        for size in options.sizes:
            before = measure(size, options.rounds, before)


def measure(size: int, rounds: int, before: float) -> float:
    """Measure one size: flat components, one half reviewed and the other half bypassed, all published at once."""
    from openedx_content import api as content_api  # noqa: PLC0415
    from openedx_content.models_api import DraftChangeLogRecord, Published  # noqa: PLC0415

    from sample_plugin.reviews import api  # noqa: PLC0415

    library = fill(size, 0)
    package_id = library.package_id
    records = DraftChangeLogRecord.objects.filter(draft_change_log__in=library.change_log_ids).order_by("pk")
    api.mark_many_reviewed(dict(records.values_list("entity_id", "pk")[: size // 2]), reviewer_id=library.reviewer_id)
    with api.bypass_review(reason="To measure"):
        content_api.publish_all_drafts(package_id)

    def core() -> None:
        live = Published.objects.filter(entity__learning_package=package_id, version__isnull=False)
        for _ in live.select_related("entity", "version", "publish_log_record__publish_log").iterator(500):
            pass

    def ours() -> None:
        lines = sum(1 for _ in api.csv_lines(api.get_live_evidence(package_id)))
        assert lines == size + 1

    def counted() -> None:
        bypassed = api.get_live_evidence(package_id, basis=api.EvidenceBasis.BYPASSED)
        assert bypassed.count() == size - size // 2

    of_core, of_ours, of_counted = interleaved([core, ours, counted], rounds)
    tracemalloc.start()
    ours()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    ratio, ratio_counted = (
        statistics.median(our / cores for our, cores in zip(times, of_core, strict=True))
        for times in (of_ours, of_counted)
    )
    seconds = statistics.median(of_ours)
    growth = f"{seconds / size / before:.2f}" if before else ""
    print(
        f"{size:>10} {statistics.median(of_core):>8.3f} {seconds:>8.3f} {size / seconds:>8.0f} {ratio:>7.1f} "
        f"{growth:>7} {ratio_counted:>12.2f} {most / 1_000_000:>7.1f} MB",
        flush=True,
    )
    return seconds / size


if __name__ == "__main__":
    main()
