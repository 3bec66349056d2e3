"""The event that the plugin sends: an entity was put on hold. After the commit, as core's own."""

from attrs import frozen
from django.db.transaction import on_commit
from openedx_content import api as content_api
from openedx_events.tooling import OpenEdxPublicSignal

from .models import Hold

__all__ = ["ENTITY_PUT_ON_HOLD", "HoldData", "send_entity_put_on_hold"]

LearningPackageEventData = content_api.signals.LearningPackageEventData


@frozen
class HoldData:
    """A hold, in values: whoever gets the event need not have our models."""

    entity_id: int
    reason: str


# .. event_type: org.openedx.content_authoring.entity.put_on_hold.v1
# .. event_name: ENTITY_PUT_ON_HOLD
# .. event_description: Sent when somebody has put an entity of a learning package on hold.
# .. event_data: LearningPackageEventData, HoldData
# .. event_trigger_repository: openedx/sample-plugin
ENTITY_PUT_ON_HOLD = OpenEdxPublicSignal(
    event_type="org.openedx.content_authoring.entity.put_on_hold.v1",
    data={"learning_package": LearningPackageEventData, "hold": HoldData},
)


def send_entity_put_on_hold(hold: Hold) -> None:
    """Send ``ENTITY_PUT_ON_HOLD`` once the transaction is committed; if it is rolled back, nothing is sent."""
    package = hold.entity.learning_package
    data = {
        "learning_package": LearningPackageEventData(id=package.id, title=package.title),
        "hold": HoldData(entity_id=hold.entity_id, reason=hold.reason),
    }

    def send() -> None:
        ENTITY_PUT_ON_HOLD.send_event(**data)

    # Robust: a receiver that crashes is logged, and whoever placed the hold is not bothered with it.
    on_commit(send, robust=True)
