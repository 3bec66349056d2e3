"""Read times that people write."""

from __future__ import annotations

from datetime import datetime
from datetime import timezone as zones

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

__all__ = ["parse_time"]


def parse_time(text: str) -> datetime:
    """
    Return a date or a time in ISO 8601 as a time with a zone: the site's if none is given. A date is its first moment.

    Raises ``ValidationError``.
    """
    try:
        day = parse_date(text)
        when = datetime.combine(day, datetime.min.time()) if day else parse_datetime(text)
        if when is not None:
            # In UTC, as the database has it: near the year 1 and the year 9999 that may not exist.
            return (timezone.make_aware(when) if timezone.is_naive(when) else when).astimezone(zones.utc)
    except (ValueError, OverflowError):
        pass
    # The text is not repeated: it may be half a character, which no answer can contain.
    raise ValidationError(_("This is not a time: write 2026-05-01, or 2026-05-01T12:00+02:00."))
