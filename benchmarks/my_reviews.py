"""
What "my reviews" costs over REST: everything that waits for one person, in 500 libraries at once.

``make bench`` runs it. The caller has a role in each library, reviewer in most and admin in every fifth, and has made
the changes of every tenth; the rest waits for a review by the caller. The whole request is measured, from the session
to the JSON: what may the caller view, what is in which group, and the first page. Then the same with the tag of the
last answer (304), and the figures of all libraries.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from typing import Any

from .database import SIZES, interleaved, throw_away_database

ADDRESS = "/api/sample-plugin/reviews/v1/my-reviews/?page_size=100"


def main() -> None:
    """Fill a database with the largest of the sizes, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="changes; the largest is measured")
    parser.add_argument("--libraries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each")
    options = parser.parse_args()
    with throw_away_database() as vendor:
        size = max(options.sizes)
        print(f"{vendor}, {size} changes in {options.libraries} libraries, {options.rounds} rounds; medians\n")
        print(f"{'what':<32} {'queries':>7} {'seconds':>8}")
        measure(size, options.libraries, options.rounds)


def measure(size: int, library_count: int, rounds: int) -> None:
    """Fill the libraries evenly, and measure."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from sample_plugin.reviews import api  # noqa: PLC0415
    from tests.content import Library  # noqa: PLC0415
    from tests.history import write_components  # noqa: PLC0415
    from workbench.roles import PLUGINS_MAY_BRING_ROLES, give_role, load_roles  # noqa: PLC0415

    load_roles()
    caller, author = (get_user_model().objects.create_user(name) for name in ("caller", "author"))
    package_ids = []
    for number in range(library_count):
        library = Library.create(f"lib:Bench:Mine{number}", caller.pk if number % 10 == 0 else author.pk)
        package_ids.append(library.package.id)
        write_components(library, size // library_count)
        is_admin = number % 5 == 0 or not PLUGINS_MAY_BRING_ROLES
        give_role(caller, "library_admin" if is_admin else "library_reviewer", library.package.package_ref)
    client = Client(headers={"host": "localhost"})
    client.force_login(caller)
    tag = client.get(ADDRESS)["ETag"]

    def my_reviews() -> Any:
        response = client.get(ADDRESS)
        assert response.status_code == 200, response.content
        return response.json()["counts"]

    def unchanged() -> None:
        # On the hour the tag is another one.
        assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code in (200, 304)

    def figures() -> None:
        assert len(api.get_queue_figures(package_ids)) == library_count

    actions: dict[str, Callable[[], Any]] = {"my reviews": my_reviews, "304: my reviews": unchanged, "figures": figures}
    query_counts = []
    for action in actions.values():
        action()
        with CaptureQueriesContext(connection) as queries:
            action()
        query_counts.append(len(queries))
    for name, count, times in zip(actions, query_counts, interleaved([*actions.values()], rounds), strict=True):
        print(f"{name:<32} {count:>7} {statistics.median(times):>8.2f}", flush=True)
    print(f"\n{my_reviews()}")


if __name__ == "__main__":
    main()
