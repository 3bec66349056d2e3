"""
What it costs over REST to tell what has changed, beside the page of the same entity, interleaved in one run.

``make bench`` runs it. What is compared is as large as it may be, and as bad: what takes difflib longest before it is
given up, and what it just does not give up. It does not depend on the size of the library, so there is one of them: the
smallest that is asked for.

The ratio is to ``GET entities/{key}/``, the whole request like ours. What is promised is a second.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from .database import SIZES, clock, fill, throw_away_database

# What the contents of an item were, and are.
type Sides = tuple[Any, Any]


def main() -> None:
    """Fill a database, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="entities in the library; the first counts")
    parser.add_argument("--rounds", type=int, default=9, help="measurements of each")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        print(f"\n{vendor}, {options.rounds} rounds; milliseconds and ratios are medians, at most 1,000 ms promised\n")
        print(f"{'what':<44} {'state':<16} {'queries':>7} {'entity':>8} {'ours':>8} {'most':>8} {'ratio':>7}")
        measure(options.sizes[0], options.rounds)


def texts() -> Iterator[tuple[str, Sides]]:
    """Yield pairs of OLX."""
    from sample_plugin.reviews.differences.texts import MAX_TEXT_SIZE  # noqa: PLC0415

    def pair(size: int, edited: Callable[[int], bool], kinds: int) -> Sides:
        lines = ["".join(f"{side}{n}\n" if edited(n) else f"{n % kinds}\n" for n in range(size)) for side in "ab"]
        return (lines[0].encode()[:MAX_TEXT_SIZE], lines[1].encode()[:MAX_TEXT_SIZE])

    yield "OLX: 200 lines, three edited", pair(200, lambda n: n in (20, 100, 101), 200)
    yield "OLX: 4,000 lines, every 20th edited", pair(4_000, lambda n: n % 20 == 1, 4_000)
    yield "OLX: 1,500 lines, every other one edited", pair(1_500, lambda n: n % 2 == 1, 1_500)
    yield "OLX: 35,000 lines, every other one edited", pair(35_000, lambda n: n % 2 == 1, 35_000)
    yield "OLX: the same, those kept just not popular", pair(35_000, lambda n: n % 2 == 1, 102)
    yield "OLX: 200 kB, all lines edited", pair(35_000, lambda n: True, 1)
    yield "OLX: 200 kB of empty lines, to spaces", (b"\n" * MAX_TEXT_SIZE, b" \n" * (MAX_TEXT_SIZE // 2))
    yield "OLX: one line of 200 kB, no UTF-8", (b"\xfe" * MAX_TEXT_SIZE, b"\xff" * MAX_TEXT_SIZE)


def measure(size: int, rounds: int) -> None:
    """Measure a component for each pair of texts, one with many files, and containers as large as they may be."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from openedx_content.models_api import LearningPackage, PublishableEntity  # noqa: PLC0415

    from sample_plugin.reviews import api, keys  # noqa: PLC0415
    from sample_plugin.reviews.differences.children import MAX_CHILDREN  # noqa: PLC0415
    from tests.content import Library  # noqa: PLC0415

    library = Library(LearningPackage.objects.get(pk=fill(size, 0).package_id), None)
    items: dict[str, Any] = {name: library.component(media={"block.xml": old}) for name, (old, _new) in texts()}
    files = library.component(media={f"static/{n}.png": f"old {n}".encode() for n in range(1_000)})
    film = library.component(media={"static/film.mp4": b"old" * 7_000_000})
    one, two, three = (library.component() for _ in range(3))
    units = {
        "container: all children the same one": library.unit(*[one] * MAX_CHILDREN),
        "container: every other child replaced": library.unit(three, *[one, two] * (MAX_CHILDREN // 2 - 1)),
    }
    with api.bypass_review(reason="To begin with"):
        library.publish(*items.values(), files, film, *units.values())
    for name, (_old, new) in texts():
        library.edit(items[name], files={"block.xml": new})
    library.edit(files, files={f"static/{n}.png": f"new {n}".encode() for n in range(1_000)})
    library.edit(film, files={"static/film.mp4": b"new" * 7_000_000})
    same, replaced = units.values()
    library.edit(same, entities=[two, *[one] * (MAX_CHILDREN - 1)])
    library.edit(replaced, entities=[*[one, three] * (MAX_CHILDREN // 2 - 1), two])
    items |= {"1,000 files, all replaced": files, "a file of 21 MB, replaced": film, **units}

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get_or_create(username="admin", is_staff=True)[0])
    for name, item in items.items():
        key = keys.studio_key_of(PublishableEntity.objects.get(pk=item.id))
        path = f"/api/sample-plugin/reviews/v1/entities/{key}/"

        def get(address: str) -> tuple[float, Any]:
            start = clock()
            response = client.get(address)
            spent = 1000 * (clock() - start)
            assert response.status_code == 200, response.content
            return spent, response.json()

        get(f"{path}difference/")  # who may do what is looked up once
        with CaptureQueriesContext(connection) as queries:
            _spent, shown = get(f"{path}difference/")
        query_count = len(queries)
        state = shown["children_state"] or (shown["olx"] or {"state": f"{shown['file_count']} files"})["state"]
        times = [(get(path)[0], get(f"{path}difference/")[0]) for _ in range(rounds)]
        ours = [our for _entity, our in times]
        print(
            f"{name:<44} {state:<16} {query_count:>7} {statistics.median(entity for entity, _our in times):>8.1f} "
            f"{statistics.median(ours):>8.1f} {max(ours):>8.1f} "
            f"{statistics.median(our / entity for entity, our in times):>7.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
