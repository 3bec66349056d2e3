"""The page on the REST API has all endpoints and all errors. The rest of it is made from the OpenAPI schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from drf_spectacular.generators import SchemaGenerator

from sample_plugin.reviews.filters import EntityPrePublish
from sample_plugin.reviews.rest_api.v1 import errors

PAGE = (Path(__file__).parents[1] / "docs/reference/rest_api.rst").read_text(encoding="utf-8")
V1 = "/api/sample-plugin/reviews/v1/"

type Endpoint = tuple[str, str]


@pytest.fixture(name="answers", scope="module")
def _answers() -> dict[Endpoint, set[str]]:
    """The statuses with which each endpoint may answer, by its method and its address."""
    return {
        (method.upper(), re.sub(r"{\w+}", "{}", path.removeprefix(V1))): set(operation["responses"])
        for path, operations in SchemaGenerator().get_schema(public=True)["paths"].items()
        if path.startswith(V1)
        for method, operation in operations.items()
    }


def test_the_table_of_endpoints_is_complete(answers: dict[Endpoint, set[str]]) -> None:
    rows = re.findall(r"^((?:``[A-Z]+`` )+)(.+)$", PAGE, re.MULTILINE)
    named = [
        (method, re.sub(r"{\w+}", "{}", address.partition("?")[0]))
        for methods, rest in rows
        for address in re.findall(r"``([\w-]+/.*?)``", rest)
        for method in re.findall(r"[A-Z]+", methods)
    ]
    assert sorted(named) == sorted(answers)


def test_the_table_of_errors_is_complete(answers: dict[Endpoint, set[str]]) -> None:
    statuses = {status for status in set.union(*answers.values()) if status >= "4"}
    assert re.findall(r"^   \* - (\d+)$", PAGE, re.MULTILINE) == sorted(statuses)
    of_all = re.search(r"^With (.*) any endpoint may answer", PAGE, re.MULTILINE)
    assert of_all
    assert set(re.findall(r"\d+", of_all[1])) == set.intersection(*answers.values()) - {"200"}


def test_the_table_of_errors_has_every_code_of_ours() -> None:
    codes = {
        *errors.CODES.values(),
        *(error.default_code for error in (errors.NoCourseLinks, errors.TooLarge, errors.TryAgain, errors.Unavailable)),
        EntityPrePublish.PreventPublish.default_code,
        # Those that a view gives to an error of the more general kind.
        *("no_review", "not_all_reviewable", "unknown_keys"),
    }
    assert codes <= set(re.findall(r"``(\w+)``", PAGE))
