"""
The files of a component's version, and the addresses under which its preview finds them.

The platform's address asks for the session. A preview in a sandboxed iframe sends none, so an address here also says
for whom it was made, signed and for a limited time, as the platform's addresses of handlers do.
"""

import re
from urllib.parse import unquote
from uuid import UUID

from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404
from django.urls import reverse
from openedx_content.models_api import ComponentVersion, Media

# As long as an address of a handler on the platform.
LIFETIME = 2 * 24 * 60 * 60

# As the platform finds them: in quotes, which may be escaped.
_LINK = re.compile(r"""(?P<quote>\\?['"])/static/(?P<path>[^'"\\]*)(?P=quote)""")
_IMPORT = re.compile(r"""@import url\(["']?https?://[^)]*\);""")
_SIGNER = TimestampSigner(salt="workbench.preview.assets")


def replace_static_urls(text: str, version: ComponentVersion, user: User) -> str:
    """Return the text with ``/static/…`` replaced, wherever the version has such a file. One query, if any is named."""
    if not _LINK.search(text):
        return text
    media = version.componentversionmedia_set.filter(media__has_file=True, path__startswith="static/")
    paths = set(media.values_list("path", flat=True))

    def replace(link: re.Match[str]) -> str:
        # As it is, or unquoted: both occur.
        for path in (f"static/{link['path']}", f"static/{unquote(link['path'])}"):
            if path in paths:
                return f"{link['quote']}{_address(version, path, user)}{link['quote']}"
        return link[0]

    return _LINK.sub(replace, text)


def without_other_sites(css: str) -> str:
    """Return a block's own style sheet without its fonts, which come from another site: there may be no network."""
    return _IMPORT.sub("", css)


def find_file(version: ComponentVersion, path: str) -> Media:
    """Return a file of this version. Raises Http404, with a sentence, for one that does not exist or is no file."""
    media = version.media.filter(componentversionmedia__path=path, has_file=True).first()
    if media is None:
        raise Http404(f"This version of the component has no file “{path}”.")
    return media


def user_of(token: str, version: UUID) -> User | None:
    """Return the user for whom the address was made. None if it was changed, is too old, or the user may not log in."""
    try:
        user_id, of_version = _SIGNER.unsign_object(token, max_age=LIFETIME)
    except BadSignature:
        return None
    return User.objects.filter(pk=user_id, is_active=True).first() if of_version == str(version) else None


def _address(version: ComponentVersion, path: str, user: User) -> str:
    address = reverse("workbench:component-file", args=[version.uuid, path])
    return f"{address}?token={_SIGNER.sign_object([user.pk, str(version.uuid)])}"
