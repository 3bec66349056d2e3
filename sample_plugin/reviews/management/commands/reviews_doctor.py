"""Tell an operator whether the gate holds."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from openedx_content.models_api import LearningPackage
from tqdm import tqdm

from ... import api
from ...texts import one_line


class Command(BaseCommand):
    """
    ``manage.py reviews_doctor``.

    Exit codes: 0 no problem; 1 a problem, or with ``--strict`` a warning; 2 wrong arguments.
    """

    help = "Check whether the gate holds on this site, and say what to do where it does not. Changes nothing."
    # Django would run them first, and an error would end the command before it has said anything.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the format, and how strict the exit code is."""
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            default="text",
            help="text for people (the default), json for scripts",
        )
        parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings, too")

    def handle(self, format: str, strict: bool, **options: Any) -> None:
        """Print each finding as soon as it is found."""
        write = self._write_json if format == "json" else self._write_text
        counts = write(api.examine(track=_track))
        failures = [level for level in (api.Level.PROBLEM, api.Level.WARNING) if counts[level]]
        if failures and (strict or failures[0] == api.Level.PROBLEM):
            found = " and ".join(_counted(level, counts) for level in failures)
            raise CommandError(f"The doctor found {found}. Each comes with what to do about it.")

    def _write_text(self, findings: Iterable[api.Finding]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for finding in findings:
            counts[finding.level] += 1
            self._write(f"{finding.level:8} {one_line(finding.sentence)}")
            if finding.hint:
                self._write(f"{'':8} {one_line(finding.hint)}")
        self._write(
            f"\nChecked: {counts.total()}. "
            + ", ".join(_counted(level, counts) for level in (api.Level.PROBLEM, api.Level.WARNING))
            + f", {counts[api.Level.OK]} ok."
        )
        return counts

    def _write_json(self, findings: Iterable[api.Finding]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for finding in findings:
            self._write(f"{',' if counts else '['} {json.dumps(asdict(finding), ensure_ascii=False)}")
            counts[finding.level] += 1
        self._write("]")
        return counts

    def _write(self, line: str) -> None:
        # A progress bar makes way for the line.
        with tqdm.external_write_mode():
            self.stdout.write(line)


def _track(packages: Iterable[LearningPackage], count: int) -> Iterable[LearningPackage]:
    return tqdm(packages, total=count, desc="Who can review", unit=" libraries", disable=None, leave=False)


def _counted(level: str, counts: Counter[str]) -> str:
    count = counts[level]
    return f"1 {level}" if count == 1 else f"{count} {level}s"
