"""
What the list of changes costs over REST, beside core's bare page of the same entities, interleaved in one run.

``make bench`` runs it. Core's page is ``get_entities_with_unpublished_changes``: a count and the first hundred rows, as
objects and no more. Ours is the whole request, from the session to the JSON: who is it, may they, how many are there,
which hundred come first by this filter and in this order, and all that a screen says about each.

The first size is there to show that the number of queries does not depend on it. Growth is the time for one page, as a
ratio to that at the size before.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from typing import Any

from .database import SIZES, fill, interleaved, throw_away_database

# The time for core's page and for ours, by address.
type Times = dict[str, tuple[float, float]]

PAGES = [
    "",
    "entities/",
    "entities/?order=-changed",
    "entities/?order=state",
    "entities/?state=unreviewed",
    "entities/?state=reviewed",
    "entities/?state=outdated",
    "entities/?kind=unit",
    "entities/?text=text",
    "queue/?page_size=500",
    # The first time after a change, when nothing is kept yet.
    "new: ",
    "new: entities/",
    # Asked again with the tag of the last answer.
    "304: ",
    "304: queue/?page_size=500",
]


def main() -> None:
    """Fill a database, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="entities in the library")
    parser.add_argument("--rounds", type=int, default=9, help="measurements of each")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        print(f"{vendor}, pages of 100, {options.rounds} rounds; milliseconds and ratios are medians\n")
        print(
            f"{'entities':>10} {'page':<32} {'queries':>7} {'core page':>10} {'ours':>8} {'ratio':>7} "
            f"{'growth':>7} {'of core':>7}"
        )
        before: Times = {}
        for size in options.sizes:
            before = measure(size, options.rounds, before)


def measure(size: int, rounds: int, before: Times) -> Times:
    """Measure one size: components in units of ten, the first half reviewed."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.core.cache import cache  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from openedx_content import api as content_api  # noqa: PLC0415
    from openedx_content.models_api import DraftChangeLogRecord, LearningPackage  # noqa: PLC0415

    from sample_plugin.reviews import api  # noqa: PLC0415

    library = fill(size, 10)
    package_id = library.package_id
    records = DraftChangeLogRecord.objects.filter(draft_change_log__in=library.change_log_ids).order_by("pk")
    api.mark_many_reviewed(dict(records.values_list("entity_id", "pk")[: size // 2]), reviewer_id=library.reviewer_id)
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get_or_create(username="admin", is_staff=True)[0])
    library_key = LearningPackage.objects.get(pk=package_id).package_ref

    def core_page() -> None:
        entities = content_api.get_entities_with_unpublished_changes(package_id, include_deleted_drafts=True)
        entities.count()
        list(entities.order_by("pk")[:100])

    def page(address: str) -> Callable[[], Any]:
        known, new = address.startswith("304: "), address.startswith("new: ")
        asked = address.removeprefix("304: ").removeprefix("new: ")
        path, _, query = f"/api/sample-plugin/reviews/v1/libraries/{library_key}/{asked}".partition("?")
        path = f"{path}?{query}" if "page_size" in query else f"{path}?{query}&page_size=100"
        headers = {"if-none-match": client.get(path)["ETag"]} if known else {}

        def get() -> None:
            if new:
                cache.clear()
            response = client.get(path, headers=headers)
            assert response.status_code == (304 if known else 200), response.content

        return get

    medians: Times = {}
    for address in PAGES:
        get = page(address)
        get()
        with CaptureQueriesContext(connection) as queries:
            get()
        query_count = len(queries)
        core, ours = ([1000 * second for second in seconds] for seconds in interleaved([core_page, get], rounds))
        ratio = statistics.median(our / cores for our, cores in zip(ours, core, strict=True))
        now = medians[address] = (statistics.median(core), statistics.median(ours))
        then = before.get(address)
        growth = f"{now[1] / then[1]:>7.2f} {now[0] / then[0]:>7.2f}" if then else ""
        print(
            f"{size:>10} {address or '(the library, with its counts)':<32} "
            f"{query_count:>7} {now[0]:>10.1f} {now[1]:>8.1f} {ratio:>7.1f} {growth}",
            flush=True,
        )
    return medians


if __name__ == "__main__":
    main()
