"""Work that nobody should wait for."""

from __future__ import annotations

from collections import defaultdict

from celery import shared_task
from django.core.mail import send_mail
from openedx_content.models_api import DraftChangeLogRecord


@shared_task(ignore_result=True)
def tell_authors(record_ids: list[int]) -> None:
    """Tell the authors of these changes that they were reviewed, in one e-mail each."""
    records = DraftChangeLogRecord.objects.filter(pk__in=record_ids).order_by("pk")
    titles: dict[str, list[str]] = defaultdict(list)
    for email, title in records.values_list("draft_change_log__changed_by__email", "new_version__title"):
        if email and title:  # core may know of no author, and of a deletion there is no version
            titles[email].append(title)
    for email, of_one_author in titles.items():
        send_mail("Reviewed", "\n".join(of_one_author), from_email=None, recipient_list=[email])
