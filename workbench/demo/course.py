"""
The demo's course: one unit, which reuses components of the demo's library, and has a text of its own.

Beside it is what else the course has, which a library can import.
"""

from dataclasses import dataclass
from pathlib import Path
from xml.dom import minidom
from xml.dom.minidom import Element

from . import LIBRARY_KEY

_RUN = "WorkbenchDemo+FirstLoaf+2026"
_LIBRARY = LIBRARY_KEY.removeprefix("lib:")

COURSE_KEY = f"course-v1:{_RUN}"
UNIT_KEY = f"block-v1:{_RUN}+type@vertical+block@your-first-loaf"
UNIT_TITLE = "Your first loaf"


@dataclass(frozen=True)
class Block:
    """A component of the unit, and the one in the library that it came from."""

    name: str
    type: str
    code: str
    upstream: str | None = None
    # The version that the library had published when the block was added to the course, or last brought up to date.
    version_synced: int = 1

    @property
    def key(self) -> str:
        """The usage key in the course."""
        return f"block-v1:{_RUN}+type@{self.type}+block@{self.code}"


BLOCKS = [
    Block("Before you start", "html", "before-you-start"),
    # One with nothing new in the library, two that have been edited there, and one that is about to be deleted.
    Block("Flour and water", "html", "flour", f"lb:{_LIBRARY}:html:flour-and-water"),
    Block("Salt", "html", "salt", f"lb:{_LIBRARY}:html:salt"),
    Block("What builds gluten?", "problem", "gluten", f"lb:{_LIBRARY}:problem:gluten"),
    Block("Steam from ice cubes", "html", "steam", f"lb:{_LIBRARY}:html:ice-cubes"),
]


def get_source(course_key: str) -> Element:
    """Return the source (OLX) of what an import takes from the course. Raises LookupError when there is no course."""
    if course_key != COURSE_KEY:
        raise LookupError(f"There is no course with the key “{course_key}”.")
    # Unlike others, this parser leaves CDATA as it is.
    document = minidom.parse(str(Path(__file__).parent / "course.xml"))  # noqa: S318  (it is our own)
    return document.documentElement  # type: ignore[return-value]
