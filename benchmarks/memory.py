"""
How much memory the plugin needs: Python's peak while it publishes and marks, as a ratio to that of core's own publish.

The peaks are those of one run of each arm of ``benchmarks/publish.py``, after one that is not measured. They do not
depend on how busy the machine is.
"""

from __future__ import annotations

import argparse
import logging
import tracemalloc

from .database import fill, throw_away_database
from .publish import Arm, arms_for, undone

# As a ratio to core's own publish of as many entities.
TO_REACH = "1.20"


def main() -> None:
    """Fill a database, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000], help="entities to publish")
    parser.add_argument("--rounds", help=argparse.SUPPRESS)  # a peak is the same in each, but make bench says it to all
    options = parser.parse_args()
    with throw_away_database() as vendor:
        logging.getLogger().addHandler(logging.NullHandler())
        print(f"{vendor}; Python's peak in MB\n")
        print(f"{'entities':>10} {'what':<28} {'peak':>8} {'ratio':>7} {'to reach':>8}")
        for size in options.sizes:
            peaks = {name: peak(arm) for name, arm in arms_for(fill(size, 0)).items()}
            for name, most in peaks.items():
                ratio = most / peaks["core"]
                print(f"{size:>10} {name:<28} {most / 1_000_000:>8.1f} {ratio:>7.2f} {TO_REACH:>8}", flush=True)


def peak(arm: Arm) -> int:
    """Return the most that Python had allocated while it was done, in bytes."""
    with undone(arm):
        arm.action()
    with undone(arm):
        tracemalloc.start()
        try:
            arm.action()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


if __name__ == "__main__":
    main()
