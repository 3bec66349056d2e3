"""``manage.py demo``: accounts and content to play with, so that a fresh database shows something."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from edx_django_utils.plugins import get_plugin_apps
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_content import api as content_api

from workbench.courses import get_staff
from workbench.demo import ACCOUNTS, AUTHOR, LEARNER, LIBRARY_DIR, LIBRARY_KEY, REVIEWER, Account
from workbench.demo.course import BLOCKS, COURSE_KEY
from workbench.library import find_component
from workbench.mfe import is_built
from workbench.models import ComponentLink, CourseOverview
from workbench.roles import get_roles_of_plugins, give_role, load_roles
from workbench.steps import as_text, get_steps

# Published, and then deleted by the author. A backup cannot carry a deletion, so it is made after the restore.
DELETED_COMPONENT = "lb:WorkbenchDemo:Bread:html:ice-cubes"


class Command(BaseCommand):
    """Create the missing parts of the demo, all or none. Existing parts stay as they are."""

    help = "Create the demo accounts and the demo library, unless they exist."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the port of the server."""
        parser.add_argument("--port", type=int, default=8000, help="port of runserver, for the address that is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create accounts and library, and print the addresses to open."""
        load_roles()
        with transaction.atomic():
            users = {account.username: _get_or_create_user(account) for account in ACCOUNTS}
            author, reviewer = users[AUTHOR.username], users[REVIEWER.username]
            is_new = not content_api.learning_package_exists(LIBRARY_KEY)
            if is_new:
                _restore_library(author)
            _make_course(author)
            give_role(author, "library_author", LIBRARY_KEY)
            _permit_what_plugins_add(reviewer)
            if apps.is_installed("workbench.lms"):
                from workbench.lms.courses import enroll  # noqa: PLC0415, a Studio has no enrollments

                enroll(users[LEARNER.username])
        self.stdout.write(f"{LIBRARY_KEY} {'is ready' if is_new else 'exists already and was not changed'}.\n\n")
        site = f"http://127.0.0.1:{options['port']}"
        pages = {"plain": reverse("workbench:library", kwargs={"key": LIBRARY_KEY})}
        if is_built():
            pages = {"as in Studio": reverse("workbench:page", kwargs={"path": f"library/{LIBRARY_KEY}"}), **pages}
        for name, path in pages.items():
            self.stdout.write(f"  {name:14}{site}{path}")
        self.stdout.write("\nAccounts (the password is the name):")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:10}{account.role}")
        if steps := get_steps(site):
            self.stdout.write(f"\nWhat to try (also at {site}{reverse('workbench:steps')}):")
            self.stdout.write("The steps work in any order. Log in with a second account in a private window.")
            self.stdout.write(as_text(steps, site))
            if not is_built():
                self.stdout.write("\nWith Node.js 20 or newer, there is more to try: install it, and start again.")


def _get_or_create_user(account: Account) -> User:
    """Return the user of a demo account. One that exists is not changed, least of all its password."""
    existing = User.objects.filter(username=account.username).first()
    return existing or User.objects.create_user(
        account.username,
        email=f"{account.username}@example.com",
        password=account.username,
        is_staff=account.is_staff,
        is_superuser=account.is_superuser,
    )


def _permit_what_plugins_add(user: User) -> None:
    """
    Let a user of the library do what installed plugins have brought, by the roles that they define for it.

    Where they cannot define any, staff gets their permissions of Django's to see things and to add to them. Runs each
    time, for a plugin may have been installed since the last.
    """
    for role in ["library_user", *get_roles_of_plugins()]:
        give_role(user, role, LIBRARY_KEY)
    if not user.is_staff:
        return
    plugin_apps = get_plugin_apps(settings.PROJECT_TYPE)
    labels = [
        config.label
        for config in apps.get_app_configs()
        if f"{type(config).__module__}.{type(config).__name__}" in plugin_apps
    ]
    user.user_permissions.add(
        *Permission.objects.filter(content_type__app_label__in=labels, codename__regex="^(view|add)_")
    )


def _make_course(author: User) -> None:
    """Make the course, with the author on its staff, and record what it took from the library."""
    course_key = CourseKey.from_string(COURSE_KEY)
    CourseOverview.objects.get_or_create(id=course_key)
    author.groups.add(get_staff(course_key))
    for block in BLOCKS:
        if block.upstream:
            ComponentLink.objects.get_or_create(
                downstream_usage_key=UsageKey.from_string(block.key),
                defaults={
                    "downstream_context_key": course_key,
                    "upstream_context_key": LIBRARY_KEY,
                    "upstream_usage_key": UsageKey.from_string(block.upstream),
                    "upstream_block": find_component(block.upstream),
                    "version_synced": block.version_synced,
                    **dict.fromkeys(["created", "updated"], now()),
                },
            )


def _restore_library(author: User) -> None:
    """Restore the library in the name of its author, who then deletes one component."""
    with tempfile.TemporaryDirectory() as folder:
        archive = shutil.make_archive(str(Path(folder) / "library"), "zip", LIBRARY_DIR)
        result = content_api.load_learning_package(archive, package_ref=LIBRARY_KEY, user=author)
    if result["status"] != "success":
        log = result["log_file_error"]
        raise CommandError(log.getvalue() if log else "The demo library could not be restored.")
    content_api.soft_delete_draft(find_component(DELETED_COMPONENT).id, deleted_by=author.id)
