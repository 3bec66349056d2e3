"""The filter that runs before anything goes live, and those by which other plugins add to what reviews show."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openedx_content.models_api import PublishableEntity, PublishLog
from openedx_filters.exceptions import OpenEdxFilterException
from openedx_filters.tooling import OpenEdxPublicFilter
from rest_framework import status
from rest_framework.exceptions import APIException

__all__ = ["AddedEntry", "EntityHistoryRequested", "EntityPrePublish", "LiveEvidenceRequested", "Moment"]

# An entity, at a time.
type Moment = tuple[int, datetime]


class EntityPrePublish(OpenEdxPublicFilter):
    """
    Filter used to prevent a publish of content, before it is committed.

    Purpose:
        This filter is triggered when draft content is about to go live: core has written the ``PublishLog`` and its
        ``records``, and the transaction is still open. A step can inspect what would go live, and prevent the publish.

    Filter Type:
        org.openedx.content_authoring.entity.pre_publish.v1

    Trigger:
        - Repository: this plugin
        - Path: sample_plugin/reviews/gate/wrapper.py
        - Function or Method: publish_from_drafts

    Additional Information:
        The step gets core's ``PublishLog``; ``publish_log.records`` is everything that goes live, including
        dependencies. Records with ``old_version == new_version`` are side effects on parents, which do not change
        themselves. A step must not publish, and should run one query for all records: a publish may have thousands.
        The preview of "publish reviewed items" asks the steps as well, with a publish that is rolled back. So a step
        must have no effects outside of the transaction, such as sending an e-mail.
    """

    filter_type = "org.openedx.content_authoring.entity.pre_publish.v1"

    class PreventPublish(OpenEdxFilterException, APIException):  # type: ignore[misc]  # both have a status_code
        """
        Raise to prevent the publish. Everything is rolled back, as if the publish had never been tried.

        This is also a DRF ``APIException``, because Studio publishes from DRF views. There an unknown exception is a
        500. This one is a 409, and its body gives the reason.

        A step that names the items in ``reasons`` should name all of them: "publish reviewed items" then leaves these
        out and asks the filter again, up to ten times, so that everything else can go live. Without ``reasons``, or in
        any other publish, nothing goes live.

        Attributes:
            message (str): a sentence for the publisher.
            reasons (Mapping): by entity id, a sentence for each item that must not go live, such as "It has open
                conversations." Empty if the refusal is not about certain items.
            user_message (str): the same. edx-drf-extensions' standard exception handler keeps only this of a 409.
            is_logged (bool): whether the refusal has been logged.
        """

        default_code = "publish_prevented"
        user_message: str
        reasons: Mapping[PublishableEntity.ID, str]
        is_logged = False
        # The body of a DRF view's response. (DRF itself allows only strings here.)
        detail: Any

        def __init__(
            self,
            message: str,
            *,
            status_code: int = status.HTTP_409_CONFLICT,
            reasons: Mapping[PublishableEntity.ID, str] | None = None,
            **kwargs: Any,
        ) -> None:
            """Initialize the exception with the message for the publisher, and the reasons by item."""
            super().__init__(message, status_code=status_code, **{"user_message": message, **kwargs})
            self.detail = {"code": self.default_code, "detail": message}
            self.reasons = dict(reasons or {})

        def __str__(self) -> str:
            """Return the message; APIException would show the response body."""
            return str(self.message)

    @classmethod
    def run_filter(cls, publish_log: PublishLog) -> PublishLog:
        """
        Run the configured steps on a publish that is about to be committed.

        Arguments:
            publish_log (PublishLog): the publish, with its records; the transaction is open.

        Returns:
            PublishLog: the same publish.
        """
        data: dict[str, PublishLog] = super().run_pipeline(publish_log=publish_log)
        return data["publish_log"]


@dataclass(frozen=True, kw_only=True, slots=True)
class AddedEntry:
    """One thing that happened to an entity, which another plugin adds to the entity's history."""

    code: str
    """What happened, for programs: ``conversation_started``."""
    title: str
    """What happened, for people: "Conversation started"."""
    time: datetime
    person_id: int | None
    """The user; None if unknown."""
    version_num: int | None = None
    """The version that it is about, if any."""
    text: str = ""
    """What the user wrote. Untrusted text, and never markup."""


class EntityHistoryRequested(OpenEdxPublicFilter):
    """
    Filter used to add to the history of an entity, before it is shown.

    Purpose:
        This filter is triggered when a user asks for the history of an entity. A step can add entries.

    Filter Type:
        org.openedx.content_authoring.entity.history.requested.v1

    Trigger:
        - Repository: this plugin
        - Path: sample_plugin/reviews/evidence/added.py
        - Function or Method: find_entries

    Additional Information:
        The order of the entries does not matter. A step checks no permissions: the user may see the library.
    """

    filter_type = "org.openedx.content_authoring.entity.history.requested.v1"

    @classmethod
    def run_filter(cls, entity_id: PublishableEntity.ID, entries: Sequence[AddedEntry]) -> Sequence[AddedEntry]:
        """
        Run the configured steps on the history of an entity.

        Arguments:
            entity_id (int): the entity.
            entries (Sequence): the ``AddedEntry`` of the steps before.

        Returns:
            Sequence: all added entries.
        """
        data: dict[str, Any] = super().run_pipeline(entity_id=entity_id, entries=entries)
        added: Sequence[AddedEntry] = data["entries"]
        return added


class LiveEvidenceRequested(OpenEdxPublicFilter):
    """
    Filter used to add to the report of what is live and why.

    Purpose:
        This filter is triggered for each part of the report, of up to 500 items. A step can add counts by name, as they
        were when the item went live, such as ``{"open_conversations": 0}``.

    Filter Type:
        org.openedx.content_authoring.entity.live_evidence.requested.v1

    Trigger:
        - Repository: this plugin
        - Path: sample_plugin/reviews/evidence/added.py
        - Function or Method: find_counts

    Additional Information:
        A step should take the same number of queries for one moment and for 500. It adds to the ``counts`` of a moment,
        and keeps what the steps before have added.
    """

    filter_type = "org.openedx.content_authoring.entity.live_evidence.requested.v1"

    @classmethod
    def run_filter(
        cls, moments: Collection[Moment], counts: Mapping[Moment, Mapping[str, int]]
    ) -> Mapping[Moment, Mapping[str, int]]:
        """
        Run the configured steps on a part of the report.

        Arguments:
            moments (Collection): each entity with the time at which it went live.
            counts (Mapping): by moment, what the steps before have added.

        Returns:
            Mapping: by moment, all added counts. Moments may be missing.
        """
        data: dict[str, Any] = super().run_pipeline(moments=moments, counts=counts)
        added: Mapping[Moment, Mapping[str, int]] = data["counts"]
        return added
