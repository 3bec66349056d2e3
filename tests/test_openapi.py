"""
The REST API is as its OpenAPI schema says: schemathesis makes up requests, sensible and not, and looks at the answers.

No 500, and no status, content type, header or body that the schema does not know.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi import checks

from sample_plugin.conversations import api as conversations_api
from sample_plugin.conversations.models import Conversation

from .content import Library
from .hostile import STEP

pytestmark = pytest.mark.once

# Of every app of the plugin.
V1 = r"^/api/sample-plugin/\w+/v1/"

schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True)).include(path_regex=V1)
schema.app = get_wsgi_application()

# Not that everything is refused which the schema forbids: DRF takes 0 for false and passes over a page_size of "x".
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]


@pytest.fixture(name="reviewed_library")
def _reviewed_library(db: None, settings: Any) -> Library:
    """A library with something in every state, and somebody who may do everything in it."""
    settings.SAMPLE_PLUGIN_REVIEWS_THROTTLE_RATE = "1000/second"
    User.objects.create_superuser("admin", password="admin")
    library = Library.create("lib:Test:Schema")
    texts = [library.component(code) for code in ("salt", "yeast", "flour")]
    library.unit(*texts)
    conversations_api.start_conversation(texts[0].id, author_id=User.objects.get().pk, body="How much?")
    return library


def test_the_schema_has_no_gaps() -> None:
    """Whatever drf-spectacular cannot find out by itself is said, also in apps that only the LMS loads."""
    call_command("spectacular", urlconf="workbench.lms.urls", validate=True, fail_on_warn=True, stdout=StringIO())


def test_a_page_in_the_schema_has_what_the_platforms_paginator_adds() -> None:
    pages = SchemaGenerator().get_schema(public=True)["components"]["schemas"]
    for name in ("PaginatedEntityList", "PaginatedReviewList"):
        for added in ("num_pages", "current_page", "start"):
            assert pages[name]["properties"][added] == {"type": "integer"}
            assert added in pages[name]["required"]


EXAMPLES = settings(
    max_examples=50 if STEP == 1 else 5,
    deadline=None,
    derandomize=True,  # the same requests every time: a red build means a change
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@settings(EXAMPLES)
def test_every_answer_about_what_exists_is_in_the_schema(case: Any, reviewed_library: Library) -> None:
    keys = {
        "library_key": "lib:Test:Schema",
        "key": "lb:Test:Schema:html:salt",
        "version_num": 1,
        "conversation_id": Conversation.objects.order_by("pk")[0].pk,
        "comment_id": Conversation.objects.order_by("pk")[0].comments.all()[0].pk,
    }
    case.path_parameters = {name: keys.get(name, value) for name, value in case.path_parameters.items()}
    send(case)


# Hardly any of these keys exists, so the rest of a request hardly matters: no examples that vary it systematically.
@schema.parametrize()
@settings(EXAMPLES, phases=[Phase.generate])
def test_every_answer_about_any_key_is_in_the_schema(case: Any, reviewed_library: Library) -> None:
    send(case)


def send(case: Any) -> None:
    """Send the request, and look at the answer."""
    response = case.call(auth=("admin", "admin"), headers={"Host": "localhost"})
    # An error marks the transaction for rollback: on the platform the request's, here the test's.
    transaction.set_rollback(False)
    case.validate_response(response, checks=CHECKS)
