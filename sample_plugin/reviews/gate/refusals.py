"""
Log a refused publish as one warning, without a traceback, because nothing is broken.

openedx-filters logs every exception of a step as an error with its traceback. A logging filter on its logger turns
those that only prevent a publish into warnings. It works with any logging configuration.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from openedx_filters import tooling

from ..filters import EntityPrePublish
from ..texts import one_line

__all__ = ["install", "logged_once"]

log = logging.getLogger(__name__)


@contextmanager
def logged_once() -> Iterator[None]:
    """Log a refused publish, unless openedx-filters or an inner call has logged it already."""
    try:
        yield
    except EntityPrePublish.PreventPublish as exc:
        if not exc.is_logged:
            log.warning("A publish was prevented: %s", one_line(exc))
            exc.is_logged = True
        raise


class _WarnOfRefusals(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Turn a record about a refusal into a warning, and let everything pass."""
        exc = record.exc_info[1] if record.exc_info else None
        if isinstance(exc, EntityPrePublish.PreventPublish):
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
            record.msg, record.args = "%s", (one_line(record.getMessage()),)
            record.exc_info = record.exc_text = None
            exc.is_logged = True
        return True


_warn_of_refusals = _WarnOfRefusals()


def install() -> None:
    """Put the filter in place. Safe to call again."""
    tooling.log.addFilter(_warn_of_refusals)
