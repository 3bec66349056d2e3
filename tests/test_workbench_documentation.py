"""What the reference says of the workbench is true: its tables of endpoints agree with the workbench's addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, resolve

from workbench.urls import studio_urls

PAGE = Path(__file__).parents[1] / "docs/reference/workbench.rst"
ROW = re.compile(r"^   \* - ``(/\S+)``\n     - (.*)\n     -(.*)\n", re.MULTILINE)
METHODS = {"get", "post", "put", "patch", "delete"}

type Table = dict[str, tuple[set[str], set[str]]]


def methods(cell: str) -> set[str]:
    """Return the methods that a cell of the table names."""
    return {method.lower() for method in re.findall("[A-Z]+", cell)}


@pytest.fixture(name="table", scope="module")
def _table() -> Table:
    """What the workbench has and lacks, as the page says, by address."""
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    table = {re.sub(r"\{\w+\}", "{}", address): (methods(has), methods(lacks)) for address, has, lacks in rows}
    assert len(table) == len(rows) > 40
    return table


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, set[str]]]:
    """Yield the address of each endpoint, and its methods."""
    for pattern in patterns:
        address = prefix + re.sub(r"<\w+:\w+>", "{}", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            view = pattern.callback.view_class  # type: ignore[attr-defined]
            yield address, {method for method in METHODS if hasattr(view, method)}


def test_every_endpoint_of_the_workbench_is_in_the_table_with_its_methods(table: Table) -> None:
    assert dict(addresses(studio_urls)) == {address: has for address, (has, _lacks) in table.items() if has}


def test_what_the_workbench_lacks_is_not_there(table: Table) -> None:
    for address, (has, lacks) in table.items():
        assert has or lacks, address
        assert not has & lacks, address
        if not has:
            with pytest.raises(Resolver404):
                resolve(address.replace("{}", "x"))
