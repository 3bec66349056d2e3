"""
Compose a query once, and run it with other values each time; or an INSERT, and run it for many rows.

Django composes the SQL of a queryset anew whenever the queryset runs. For the gate's rule that takes many times as long
as the database takes to answer, and a publish of one item would spend most of its time there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.db import connections, router
from django.db.models import BigIntegerField, Expression, Model, QuerySet
from django.db.models.sql import InsertQuery

from .conf import SETTINGS

__all__ = ["Rows", "composed_once", "composed_once_within", "insert_copies"]

type Rows = list[tuple[Any, ...]]

# Longer lists are rare, and their SQL is too long to be kept.
_LONGEST_LIST = 512


class Parameter(Expression):
    """A number in a query that is not known until the query runs."""

    def __init__(self, name: str, position: int = 0) -> None:
        super().__init__(output_field=BigIntegerField())
        self.name = name
        self.position = position

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave a place in the SQL, and this object among its values."""
        return "%s", (self,)


def composed_once(model: type[Model]) -> Callable[[Callable[..., QuerySet[Any, Any]]], Callable[..., Rows]]:
    """
    Turn a function that returns a queryset of tuples into one that runs the query and returns the rows.

    Its arguments are passed by name: a number, None, or a list of numbers for ``__in``. The queryset is composed at the
    first call, and again after a setting of the plugin has changed. A query inside the query, or a very long list, is
    composed at every call. One query, on the database to which ``model`` is written.
    """

    def decorate(compose: Callable[..., QuerySet[Any, Any]]) -> Callable[..., Rows]:
        kept = _Kept(compose)

        @wraps(compose)
        def run(**values: Any) -> Rows:
            if not all(value is None or isinstance(value, int) or _is_short_list(value) for value in values.values()):
                return list(compose(**values))
            values = {name: _fill_up(value) if isinstance(value, Sequence) else value for name, value in values.items()}
            database = router.db_for_write(model)
            return kept.composed_for(database, values).run(database, values)

        return run

    return decorate


def composed_once_within(compose: Callable[..., QuerySet[Any, Any]]) -> Callable[..., Within]:
    """
    Turn a function that returns a queryset of one number into one that returns an expression for ``__in``.

    For a lazy queryset that other code runs: Django composes the query around the expression anew each time, and this
    part of it only once. Arguments as above, without lists. No query.
    """
    kept = _Kept(lambda **values: compose(**values).distinct())

    @wraps(compose)
    def within(**values: int | None) -> Within:
        return Within(kept, values)

    return within


def insert_copies(row: Model, columns: Sequence[str], values: Iterable[Sequence[int | None]]) -> None:
    """
    Insert a copy of this row for each of these values, which are ids or other numbers for these columns.

    As ``bulk_create`` does, but that composes the SQL value by value; here Django composes it for one row. One query.
    Raises ``IntegrityError`` if a constraint of the table forbids one of them. Some may be inserted then, so the caller
    takes a savepoint.
    """
    database = router.db_for_write(type(row))
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    [(sql, template)] = query.get_compiler(database).as_sql()
    names = [field.attname for field in fields]
    places = [names.index(column) for column in columns]
    rows = []
    for numbers in values:
        parameters = list(template)
        for place, number in zip(places, numbers, strict=True):
            parameters[place] = number
        rows.append(parameters)
    with connections[database].cursor() as cursor:
        cursor.executemany(sql, rows)


class Within(Expression):
    """A query inside a query, composed once."""

    def __init__(self, kept: _Kept, values: dict[str, int | None]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.kept = kept
        self.values = values

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return the SQL for the database on which the query around it runs."""
        composed = self.kept.composed_for(connection.alias, self.values)
        # As a table that is made once (DISTINCT keeps it from being merged): MariaDB could otherwise join it with the
        # query around it row by row, which for a package with a thousand changes is a million rows.
        sql = f"(SELECT * FROM ({composed.sql}) AS composed)"  # noqa: S608, composed by Django
        return sql, composed.fill_in(self.values)


class _Kept:
    """A function that returns a queryset, and what was composed of it."""

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self.compose = compose
        self.composed: dict[object, _Composed] = {}

    def composed_for(self, database: str, values: dict[str, Any]) -> _Composed:
        """Return what was composed for such values: for none, a number, or a list of this length."""
        shapes = ((name, len(one) if isinstance(one, list) else one is None) for name, one in values.items())
        key = (database, *(repr(setting.value) for setting in SETTINGS), *shapes)
        if key not in self.composed:
            parameters = {name: _parameters(name, value) for name, value in values.items()}
            self.composed[key] = _Composed(self.compose(**parameters), database)
        return self.composed[key]


def _is_short_list(value: object) -> bool:
    return isinstance(value, Sequence) and 0 < len(value) <= _LONGEST_LIST


def _parameters(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [Parameter(name, position) for position in range(len(value))]
    return None if value is None else Parameter(name)


def _fill_up(numbers: Sequence[int]) -> list[int]:
    """Repeat the last number up to a power of two, so that a few lengths serve all lists."""
    missing = (1 << (len(numbers) - 1).bit_length()) - len(numbers)
    return [*numbers, *[numbers[-1]] * missing]


class _Composed:
    def __init__(self, queryset: QuerySet[Any, Any], database: str) -> None:
        compiler = queryset.query.get_compiler(database)
        self.sql, self.parameters = compiler.as_sql()
        # By column: what turns the database's value into Python's.
        self.converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])

    def fill_in(self, values: dict[str, Any]) -> list[Any]:
        """Return the values in the order of their places in the SQL."""
        return [_value(one, values) for one in self.parameters]

    def run(self, database: str, values: dict[str, Any]) -> Rows:
        connection = connections[database]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.fill_in(values))
            rows = [list(row) for row in cursor.fetchall()]
        for column, (converters, expression) in self.converters.items():
            for row in rows:
                for convert in converters:
                    row[column] = convert(row[column], expression, connection)
        return [tuple(row) for row in rows]


def _value(parameter: Any, values: dict[str, Any]) -> Any:
    if not isinstance(parameter, Parameter):
        return parameter
    value = values[parameter.name]
    return value if isinstance(value, int) else value[parameter.position]
