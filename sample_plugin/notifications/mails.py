"""
The seam with edx-ace.

``ace.send`` returns nothing and keeps most errors to itself. So a mail counts as sent if edx-ace says so by its signal.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.conf import settings

from . import addresses
from .contents import Entry

__all__ = ["NotHandedOverError", "is_available", "send"]


class NotHandedOverError(Exception):
    """Raised when the mail server could not be reached, so it certainly does not have the mail."""


def is_available() -> bool:
    """Return whether edx-ace is installed."""
    try:
        import edx_ace  # noqa: F401, PLC0415, an optional dependency
    except ImportError:
        return False
    return True


def send(mail: UUID, person: Any, name: str, subject: str, entries: Sequence[Entry]) -> bool:
    """
    Send one mail, and return whether the mail server has taken it. False means that the plugin does not know.

    The same ``mail`` has the same Message-ID. ``name`` is the message's name in edx-ace, which decides the templates.
    Raises ``NotHandedOverError``, and whatever else a channel raises.
    """
    from edx_ace import ace  # noqa: PLC0415, an optional dependency
    from edx_ace.message import Message  # noqa: PLC0415
    from edx_ace.recipient import Recipient  # noqa: PLC0415
    from edx_ace.signals import ACE_MESSAGE_SENT  # noqa: PLC0415

    message = Message(
        app_label="sample_plugin_notifications",
        name=name,
        recipient=Recipient(lms_user_id=person.pk, email_address=person.email),
        context={
            "subject": subject,
            "entries": [asdict(entry) for entry in entries],
            "platform_name": getattr(settings, "PLATFORM_NAME", ""),
            "choices": addresses.of_my_reviews(),
        },
        options={"transactional": True},
        headers={"Message-ID": _message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    taken = []

    def note(*, message: dict[str, Any], **kwargs: Any) -> None:
        taken.append(message["uuid"])

    ACE_MESSAGE_SENT.connect(note)
    try:
        ace.send(message)
    except (ConnectionRefusedError, socket.gaierror) as exc:
        raise NotHandedOverError(str(exc)) from exc
    finally:
        ACE_MESSAGE_SENT.disconnect(note)
    # Another thread's mails are noted as well.
    return str(message.uuid) in taken


def _message_id(mail: UUID) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{mail}@{domain}>"
