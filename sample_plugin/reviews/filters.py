"""The filter that runs before anything goes live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openedx_content.models_api import PublishableEntity, PublishLog
from openedx_filters.exceptions import OpenEdxFilterException
from openedx_filters.tooling import OpenEdxPublicFilter
from rest_framework import status
from rest_framework.exceptions import APIException

__all__ = ["EntityPrePublish"]


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
