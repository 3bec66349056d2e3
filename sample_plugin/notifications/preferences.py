"""When each person wants to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from .conf import default_timing, kinds_of_site
from .kinds import Kind, Timing
from .models import Preference

__all__ = ["get_timings", "set_timings"]


def get_timings(person_id: int, /) -> dict[str, Timing]:
    """
    Return when this person is told about each kind: what they chose, or else the site's default. One query.

    Kinds that the site has switched off are missing.
    """
    chosen = dict(Preference.objects.filter(person=person_id).values_list("kind", "timing"))
    of_site, default = kinds_of_site(), default_timing()
    return {kind.value: Timing(chosen.get(kind.value, default)) for kind in Kind if kind in of_site}


@atomic
def set_timings(person_id: int, /, timings: Mapping[str, str]) -> None:
    """
    Decide when this person is told about these kinds; other kinds stay as they are. Up to four queries for each.

    Notifications that wait already are sent, or not, as it is decided now. Does not check permissions.

    Raises ``ValidationError`` for an unknown kind or timing.
    """
    for kind, timing in timings.items():
        if kind not in Kind.values or timing not in Timing.values:
            raise ValidationError({kind: _("Choose one of: {timings}.").format(timings=", ".join(Timing.values))})
    for kind, timing in timings.items():
        Preference.objects.update_or_create(person_id=person_id, kind=kind, defaults={"timing": timing})
