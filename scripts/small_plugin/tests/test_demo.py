"""What README.rst says about the demo is true."""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

README = Path(__file__).parents[1] / "README.rst"


@pytest.mark.django_db
def test_the_dashboard_says_which_card_the_learner_has_archived(client: Client) -> None:
    call_command("demo")
    call_command("demo")  # which changes nothing
    put, get = re.findall(r"\$ curl --user learner:learner .*http://127\.0\.0\.1:8000(\S+)", README.read_text("utf-8"))
    headers = {"Authorization": f"Basic {b64encode(b'learner:learner').decode()}"}
    assert client.put(put, headers=headers).status_code == 200
    runs = [card["courseRun"] for card in client.get(get, headers=headers).json()["courses"]]
    assert [run["courseId"] for run in runs if run["isArchivedByLearner"]] == ["course-v1:Demo+Bread+2026"]
    assert len(runs) == 3
