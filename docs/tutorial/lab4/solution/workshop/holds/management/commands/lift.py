"""Lift a hold."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from opaque_keys import InvalidKeyError

from holds import api, keys


class Command(BaseCommand):
    """``manage.py lift KEY``. Exits with 1 if there is nothing to lift."""

    help = "Lift the hold on an item of a library: it can be published again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the item."""
        parser.add_argument("key", help="of a component, as Studio writes it: lb:Org:Slug:html:code")

    def handle(self, key: str, **options: Any) -> None:
        """Do it, or say why not."""
        try:
            api.lift_hold(keys.find_entity(key).id)
        except InvalidKeyError as exc:
            raise CommandError(f"“{key}” is no key of a component.") from exc
        except ObjectDoesNotExist as exc:
            raise CommandError(f"“{key}” is not on hold.") from exc
        self.stdout.write(f"No longer on hold: {key}")
