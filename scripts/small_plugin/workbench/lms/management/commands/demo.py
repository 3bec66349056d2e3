"""``manage.py demo``: two accounts and some courses, so that a fresh database shows something."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from workbench.lms.courses import enroll


class Command(BaseCommand):
    """Create the missing parts of the demo. Existing parts stay as they are."""

    help = "Create the accounts “learner” and “admin”, and enroll the learner in some courses."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. The password of each account is its name."""
        for name in ("learner", "admin"):
            if not User.objects.filter(username=name).exists():
                is_admin = name == "admin"
                User.objects.create_user(name, password=name, is_staff=is_admin, is_superuser=is_admin)
        enroll(User.objects.get(username="learner"))
        self.stdout.write("Accounts: learner (password: learner) and admin (password: admin).")
