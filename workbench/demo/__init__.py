"""The demo: five accounts, and beside this file the library that the ``demo`` command restores."""

from dataclasses import dataclass
from pathlib import Path

from workbench.roles import PLUGINS_MAY_BRING_ROLES

# An unzipped library backup, in openedx-core's own format, so that a reader can look at it file by file.
LIBRARY_DIR = Path(__file__).parent / "library"
LIBRARY_KEY = "lib:WorkbenchDemo:Bread"


@dataclass(frozen=True)
class Account:
    """A demo account. The password is the username: this is for development only."""

    username: str
    role: str
    is_staff: bool = False
    is_superuser: bool = False


AUTHOR = Account("author", "writes the content")
REVIEWER = Account("reviewer", "has the roles of the plugins", is_staff=not PLUGINS_MAY_BRING_ROLES)
LEARNER = Account("learner", "takes courses, and has no role in the library")
VISITOR = Account("visitor", "can log in, but has no role in the library")
ADMIN = Account("admin", "may do anything", is_staff=True, is_superuser=True)
ACCOUNTS = [AUTHOR, REVIEWER, LEARNER, VISITOR, ADMIN]
