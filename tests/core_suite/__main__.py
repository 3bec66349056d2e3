"""
Runs openedx-core's own tests with the plugin, in the environment that this is started in: ``make core-tests``.

Core's sdist carries them. With the gate off they pass, but for those that count queries (``query_counts.txt``). With
the gate on nothing is published in them, whatever they try: ``watch.py`` looks.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
BUILD = ROOT / "build" / "core_suite"

# The oldest whose sdist has the tests in it. Older cores are held to its tests of content.
OLDEST_WITH_TESTS = "1.6.0"

# How Django says that there are more queries than expected, and how pytest-django does.
COUNTS = (
    re.compile(r"(?P<done>\d+) queries executed, (?P<expected>\d+) expected"),
    re.compile(r"Expected to perform (?P<expected>\d+) queries but (?P<done>\d+) were done"),
)


@dataclass
class Run:
    """What watch.py has seen in one run of the tests."""

    results: dict[str, tuple[str, str]]
    publishes: list[tuple[str, str]]
    live: list[tuple[str, str]]

    @property
    def failed(self) -> dict[str, str]:
        """The tests that have failed, and why."""
        return {test: why for test, (outcome, why) in self.results.items() if outcome == "failed"}

    def with_publish(self, *what: str) -> set[str]:
        """Return the tests in which that came of a publish."""
        return {test for test, came_of_it in self.publishes if came_of_it in what}

    def __str__(self) -> str:
        outcomes = Counter(outcome for outcome, _why in self.results.values())
        publishes = Counter(came_of_it for _test, came_of_it in self.publishes)
        return f"{len(self.results)} tests ({say(outcomes)}), {len(self.publishes)} publishes ({say(publishes)})"


def main() -> None:
    """Run the tests, say what came of it, and exit with 1 if that is not as it should be."""
    started = time.monotonic()
    core = version("openedx-core")
    tests_of = max(core, OLDEST_WITH_TESTS, key=lambda number: [int(part) for part in number.split(".")])
    print(f"openedx-core {core} and its tests" + (f", those of {tests_of}" if tests_of != core else ""), flush=True)
    prepare(tests_of)

    off = run(tests_of, "off", ["tests" if tests_of == core else "tests/openedx_content"])
    # The whole files: how many queries it takes depends on what earlier tests have left in core's caches.
    without = run(tests_of, "absent", files(off.failed))
    problems = judge_off(off, without)
    on = run(tests_of, "on", files(test for test, _came_of_it in off.publishes))
    problems += judge_on(on, off)
    print(f"This took {time.monotonic() - started:.0f} seconds.")
    sys.exit("\n".join(problems) or None)


def judge_off(off: Run, without: Run) -> list[str]:
    """Say what the tests do with the gate off, and return what they must not."""
    print(f"Gate off: {off}")
    ours = {test: more_queries(why) for test, why in off.failed.items() if test not in without.failed}
    print(f"  failing without the plugin, too: {len(off.failed) - len(ours)}")
    for test, more in sorted(ours.items()):
        print(f"  {more or '?'} more queries: {test}")
    lines = (HERE / "query_counts.txt").read_text(encoding="utf-8").splitlines()
    listed = {test: int(most) for most, test in (line.split(" ", 1) for line in lines if not line.startswith("#"))}
    return [
        *(f"Fails with the plugin, {log('off')} says why: {test}" for test, more in ours.items() if not more),
        *(f"Counts queries, and is not listed: {test}" for test, more in ours.items() if more and test not in listed),
        *(
            f"{more} more queries, where {listed[test]} are listed: {test}"
            for test, more in ours.items()
            if more > listed.get(test, more)
        ),
        *(f"Listed, and passes: {test}" for test in listed.keys() & off.results.keys() - off.failed.keys()),
    ]


def judge_on(on: Run, off: Run) -> list[str]:
    """Say what the tests do with the gate on, and return what they must not."""
    refused = on.with_publish("refused") | {test for test, why in on.failed.items() if "UnreviewedChanges" in why}
    print(f"Gate on, where they publish: {on}")
    print(f"  tests that ran into the gate: {len(refused)}; live afterwards, restores left out: {len(on.live)}")
    for test in sorted(on.with_publish("restored")):
        print(f"  restores: {test}")
    return [
        *(f"Published with the gate on: {test}" for test in on.with_publish("published")),
        *(f"With the gate on {what}: {test}" for test, what in on.live),
        *(f"Publishes, and was not refused: {test}" for test in off.with_publish("published") - refused),
        *(
            f"Fails with the gate on, and not for a refusal, {log('on')} says why: {test}"
            for test in on.failed.keys() - refused - off.failed.keys()
        ),
    ]


def files(tests: Iterable[str]) -> set[str]:
    """Return the files that the tests are in."""
    return {test.partition("::")[0] for test in tests}


def more_queries(why: str) -> int:
    """Return how many more there were than a test expects, or 0 if that is not why it has failed."""
    found = next(filter(None, (count.search(why) for count in COUNTS)), None)
    return int(found["done"]) - int(found["expected"]) if found else 0


def say(counts: Counter[str]) -> str:
    """Return the counts in words."""
    return ", ".join(f"{count} {what}" for what, count in counts.most_common()) or "none"


def prepare(tests_of: str) -> None:
    """Download the tests and what they import, unless that is there."""
    if not (BUILD / f"openedx_core-{tests_of}").exists():
        pip("download", "--no-deps", "--no-binary=openedx-core", f"--dest={BUILD}", f"openedx-core=={tests_of}")
        with tarfile.open(BUILD / f"openedx_core-{tests_of}.tar.gz") as sdist:
            sdist.extractall(BUILD, filter="data")
    requirements = ROOT / "requirements" / "core-tests.txt"
    pip("install", "--no-deps", "--upgrade", f"--target={BUILD / 'lib'}", f"--requirement={requirements}")


def pip(*args: str) -> None:
    """Let pip do something."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *args], check=True)


def run(tests_of: str, gate: str, what: Iterable[str]) -> Run:
    """Run these of the tests, with the gate on or off or the plugin absent, and return what was seen."""
    (BUILD / "selected").write_text("\n".join(sorted(what)), encoding="utf-8")
    with log(gate).open("w", encoding="utf-8") as output:
        subprocess.run(
            [
                *(sys.executable, "-m", "pytest", f"@{BUILD / 'selected'}", "-p", "watch"),
                *("--ds", "core_settings"),
                # What core's own configuration asks for beyond the tests: their coverage.
                *("--override-ini", "addopts=", "--continue-on-collection-errors", "-W", "ignore", "--tb", "short"),
            ],
            cwd=BUILD / f"openedx_core-{tests_of}",
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(str, [HERE, BUILD / "lib", ROOT])),
                "GATE": gate,
                "WATCHED": str(BUILD / "watched.json"),
            },
            stdout=output,
            stderr=output,
            check=False,
        )
    watched = BUILD / "watched.json"
    seen = json.loads(watched.read_text(encoding="utf-8"))
    watched.unlink()  # so that it is never the one of another run
    return Run(**seen)


def log(gate: str) -> Path:
    """Return where the output of a run is."""
    return BUILD / f"core-{version('openedx-core')}-gate-{gate}.log"


if __name__ == "__main__":
    main()
