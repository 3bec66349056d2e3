"""Work that nobody should wait for."""

from __future__ import annotations

from celery import shared_task
from django.contrib.auth import get_user_model
from django.core.mail import send_mail

from .addresses import address_in_studio


# A mail server that does not answer is an OSError, and so is what smtplib raises.
@shared_task(ignore_result=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def tell_author_what_is_missing(
    *,
    author_id: int,
    reviewer_id: int | None,
    title: str,
    note: str,
    is_deletion: bool,
    library_key: str | None,
    entity_key: str | None,
) -> None:
    """Tell the author of a change what a reviewer misses in it."""
    people = get_user_model().objects.in_bulk([author_id, reviewer_id])
    author, reviewer = people.get(author_id), people.get(reviewer_id)
    if author is None or not author.is_active or not author.email:
        return
    name = (reviewer.get_full_name() or reviewer.get_username()) if reviewer else "A reviewer"
    title = " ".join(title.split())  # a line break in a subject is refused
    lines = [
        f"{name} has looked at your {'deletion of' if is_deletion else 'change to'} “{title}” and asks for changes:",
        "",
        # Marked as somebody's words, line by line: nobody writes what looks like ours.
        *(f"> {line}" for line in note.splitlines()),
    ]
    address = address_in_studio(library_key, None if is_deletion else entity_key)
    if address:
        lines += ["", address]
    send_mail(f"Changes requested: {title}", "\n".join(lines), from_email=None, recipient_list=[author.email])
