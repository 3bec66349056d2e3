"""
The Python API of notifications: the one door for the app's own views, task and command as well as for others.

None of it checks the caller's permissions. Whether a person may see what a mail is about is checked when it is sent.
"""

from .kinds import Kind, Timing
from .preferences import get_timings, set_timings
from .sending import Outcome, find_unclear, send_again, send_waiting

__all__ = [
    "Kind",
    "Outcome",
    "Timing",
    "find_unclear",
    "get_timings",
    "send_again",
    "send_waiting",
    "set_timings",
]
