"""Report what is live, why it could go live, and who had approved it."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from ... import api
from ...texts import one_line
from ...texts.times import parse_time
from ._base import ReviewsCommand

_NAMES = {
    api.EvidenceBasis.REVIEWED: "reviewed",
    api.EvidenceBasis.BYPASSED: "bypassed",
    api.EvidenceBasis.NOT_REQUIRED: "not required",
    api.EvidenceBasis.RESTORED: "restored",
    api.EvidenceBasis.BEFORE_PLUGIN: "before the plugin",
    api.EvidenceBasis.UNEXPLAINED: "unexplained",
}


class Command(ReviewsCommand):
    """``manage.py reviews_audit PACKAGE --format table|csv|json``."""

    help = (
        "Report what is live in a learning package: since when, why it could go live, and who had approved it. By the "
        "records of that time, not by today's policy. The rows are on stdout, the summary of a csv or json on stderr."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the format, and what to report."""
        super().add_arguments(parser)
        parser.add_argument(
            "--format",
            choices=["table", "csv", "json"],
            default="table",
            help="a line for each item (table), a spreadsheet (csv), or a JSON array with an item on each line (json)",
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="report every change that was ever published, also if it is no longer live, with deletions",
        )
        when = "a date or a time in ISO 8601; without a zone, in that of the site"
        parser.add_argument(
            "--since", metavar="TIME", type=_time, help=f"only what was published then or later: {when}"
        )
        parser.add_argument("--until", metavar="TIME", type=_time, help=f"only what was published before then: {when}")
        parser.add_argument("--basis", choices=list(api.EvidenceBasis), help="only what went live for this reason")
        parser.add_argument(
            "--unreviewed",
            action="store_true",
            help="only what was not reviewed when it went live, or may not have been",
        )
        parser.add_argument("--reviewer", metavar="USERNAME", help="only what this user had approved when it went live")
        parser.add_argument(
            "--strict", action="store_true", help="exit with 1 if any of it is unexplained, for use in scripts"
        )

    def handle(
        self,
        package: str,
        format: str,
        all: bool,
        since: datetime | None,
        until: datetime | None,
        basis: str | None,
        unreviewed: bool,
        reviewer: str | None,
        strict: bool,
        **options: Any,
    ) -> None:
        """Print the rows and a summary."""
        learning_package = self.get_package(package)
        reviewer_id = self.get_user_id(reviewer)
        if since and until and since >= until:
            raise CommandError("--since must be before --until.")
        get = api.get_publish_evidence if all else api.get_live_evidence
        found = get(learning_package.id, since=since, until=until, basis=api.EvidenceBasis(basis) if basis else None)
        counts: Counter[api.EvidenceBasis] = Counter()
        live = 0
        is_complete = True

        def counted() -> Iterator[api.LiveEvidence]:
            nonlocal live, is_complete
            for item in self._with_progress(found):
                if unreviewed and item.is_unreviewed is False:
                    continue
                if reviewer_id is not None and not item.is_approved_by(reviewer_id):
                    continue
                counts[item.basis] += 1
                live += item.is_live
                is_complete &= item.added is not None
                yield item

        write = {"table": self._write_table, "csv": self._write_csv, "json": self._write_json}[format]
        write(counted())
        parts = ", ".join(f"{name}: {counts[one]}" for one, name in _NAMES.items())
        summary = f"Live: {live}" + (f", changes: {counts.total()}" if all else "") + f". {parts}."
        # A file has rows only.
        if format == "table":
            self.stdout.write(summary)
        else:
            self.stderr.write(summary, style_func=str)
        if not is_complete:
            self.stderr.write("What other plugins add is missing: a step of one of them has failed; see the log.")
        if strict and counts[api.EvidenceBasis.UNEXPLAINED]:
            raise CommandError(
                f"Unexplained: {counts[api.EvidenceBasis.UNEXPLAINED]}. These went live around the gate. Find out how "
                "before you trust them, then have them reviewed and publish them again."
            )

    def _with_progress(self, found: api.Evidence) -> Iterable[api.LiveEvidence]:
        # On a terminal the lines themselves show the progress, and a bar would end up between them.
        no_bar = self.stdout.isatty() or None
        return tqdm(found, desc="Reading", unit=" items", disable=no_bar, leave=False)

    def _write_table(self, items: Iterable[api.LiveEvidence]) -> None:
        for item in items:
            self.stdout.write(_line(item))

    def _write_csv(self, items: Iterable[api.LiveEvidence]) -> None:
        for line in api.csv_lines(items):
            self.stdout.write(line, ending="")

    def _write_json(self, items: Iterable[api.LiveEvidence]) -> None:
        # One document, of which a line is an item. In ASCII, which no terminal and no encoding spoils.
        before = "["
        for item in items:
            self.stdout.write(f"{before}{json.dumps(api.to_json(item))}", ending="")
            before = ",\n"
        self.stdout.write("]" if before != "[" else "[]")


def _line(item: api.LiveEvidence) -> str:
    version = "deletion" if item.version_num is None else f"v{item.version_num}"
    when = f"{timezone.localtime(item.published_at):%Y-%m-%d %H:%M %Z}"
    by = f" by {one_line(item.published_by.get_username())}" if item.published_by else ""
    what = f"{when}  “{one_line(item.title)}” {version}  {one_line(item.key or item.entity_ref)}  published{by}"
    why = f"{_NAMES[item.basis]}"
    if item.basis not in (api.EvidenceBasis.REVIEWED, api.EvidenceBasis.UNEXPLAINED) and item.is_unreviewed is False:
        why += " (and reviewed)"
    if item.decided_by:
        why += f" by {one_line(item.decided_by.get_username())}"
    if item.reason:
        why += f": {one_line(item.reason)}"
    people = dict.fromkeys(
        one_line(one.reviewer.get_username()) if one.reviewer else "a deleted account" for one in item.approvals
    )
    added = f"; {one_line(api.say_added(item))}" if item.added else ""
    needed = f", {item.required_reviewers} required" if (item.required_reviewers or 1) > 1 else ""
    return f"  {what}: {why}" + (f"; approved by {', '.join(people)}{needed}" if people else "") + added


def _time(text: str) -> datetime:
    try:
        return parse_time(text)
    except ValidationError as exc:
        raise ArgumentTypeError(" ".join(exc.messages)) from exc
