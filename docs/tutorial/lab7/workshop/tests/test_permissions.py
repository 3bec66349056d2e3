"""Who may do what: everybody who could ask, and every answer."""

import pytest
from django.test import Client

HOLD = "/api/holds/v1/entities/lb:Workshop:Tests:html:salt/hold/"
HOLDS = "/api/holds/v1/libraries/lib:Workshop:Tests/holds/"


@pytest.mark.parametrize(
    ("name", "may_view", "may_hold"),
    [("nobody", 401, 401), ("visitor", 404, 404), ("author", 200, 403), ("holder", 200, 200)],
)
def test_who_may_do_what(clients: dict[str, Client], name: str, may_view: int, may_hold: int) -> None:
    client = clients[name]
    assert client.get(HOLDS).status_code == may_view
    answer = client.put(HOLD, {"reason": "The dietician"}, content_type="application/json")
    assert answer.status_code == may_hold


def test_what_is_on_hold_is_listed(clients: dict[str, Client]) -> None:
    clients["holder"].put(HOLD, {"reason": "The dietician"}, content_type="application/json")
    assert clients["author"].get(HOLDS).json() == {
        "results": [{"key": "lb:Workshop:Tests:html:salt", "reason": "The dietician", "placed_by": "holder"}]
    }
