"""
The preview of a component: its learner's view, in one version, as Studio renders it in an iframe.

The blocks are the platform's own, and so is the address (see views.py). Between them stands a small runtime (see
runtime.py). The XBlock packages are large, so they are optional: ``make demo`` installs them, ``make test`` does not.

A preview runs the scripts that authors put into their content. Nothing in it is trusted, and nothing here makes it
safe: as in Studio, the page answers at the address of the session. The frame around it isolates it. An iframe with
``sandbox="allow-scripts"``, and without ``allow-same-origin``, has an origin of its own, so its scripts cannot read
Studio's pages or cookies, and their requests carry no session.
"""

from importlib.util import find_spec


def is_installed() -> bool:
    """Return whether the XBlock packages of requirements/previews.txt are installed."""
    return bool(find_spec("xblock") and find_spec("xblocks_contrib"))
