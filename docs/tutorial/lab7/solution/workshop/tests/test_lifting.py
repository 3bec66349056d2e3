"""Lifting a hold over REST."""

from django.test import Client

HOLD = "/api/holds/v1/entities/lb:Workshop:Tests:html:salt/hold/"


def test_who_may_hold_may_lift(clients: dict[str, Client]) -> None:
    clients["holder"].put(HOLD, {"reason": "The dietician"}, content_type="application/json")
    assert clients["author"].delete(HOLD).status_code == 403
    assert clients["holder"].delete(HOLD).status_code == 204
    assert clients["holder"].delete(HOLD).status_code == 404
