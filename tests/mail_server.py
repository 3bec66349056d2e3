"""A real mail server for tests, in a thread."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

__all__ = ["MailServer", "running"]


class MailServer:
    """What the server has taken, and what it does when a client says goodbye: by then it has answered “250 OK”."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.on_quit: Callable[[], None] = lambda: None
        self.port = 0

    @property
    def told(self) -> list[tuple[str, str]]:
        """To whom each mail went, and its subject, without the marks that isolate what people typed."""
        return [(mail["To"], without_marks(mail["Subject"]).strip()) for mail in self.mails]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        """Say goodbye."""
        self.on_quit()
        return "221 Bye"


@contextmanager
def running() -> Iterator[MailServer]:
    """Run a mail server on a free port."""
    handler = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def without_marks(text: str) -> str:
    """Return the text without U+2068 and U+2069."""
    return text.replace("\u2068", "").replace("\u2069", "")
