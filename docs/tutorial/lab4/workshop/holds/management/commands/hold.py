"""Put an item of a library on hold."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from opaque_keys import InvalidKeyError

from holds import api, keys


class Command(BaseCommand):
    """``manage.py hold KEY --user NAME --reason TEXT``. Exits with 1, and changes nothing, if that is refused."""

    help = "Put an item of a library on hold: it is not published until the hold is lifted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what, who and why."""
        parser.add_argument("key", help="of a component, as Studio writes it: lb:Org:Slug:html:code")
        parser.add_argument("--user", required=True)
        parser.add_argument("--reason", required=True)

    def handle(self, key: str, user: str, reason: str, **options: Any) -> None:
        """Do it, or say why not."""
        try:
            entity = keys.find_entity(key)
            hold = api.place_hold(entity.id, placed_by_id=User.objects.get(username=user).id, reason=reason)
        except InvalidKeyError as exc:
            raise CommandError(f"“{key}” is no key of a component.") from exc
        except ObjectDoesNotExist as exc:
            raise CommandError(f"There is no “{key}”, or no user “{user}”.") from exc
        except ValidationError as exc:
            raise CommandError(" ".join(exc.messages)) from exc
        self.stdout.write(f"On hold: {hold}")
