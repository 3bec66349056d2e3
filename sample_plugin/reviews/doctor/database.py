"""
Whether the database can roll a publish back, reads what is committed, and can store what people write.

What a check decides from is read from the connection, not from the settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db import connection, router
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from openedx_content.models_api import (
    Draft,
    DraftChangeLogRecord,
    LearningPackage,
    Published,
    PublishLog,
    PublishLogRecord,
)

from ..gate import checks
from .findings import Check, Finding, from_system_check, listed, ok, problem, warning

__all__ = ["CHECKS", "judge_charset", "judge_engines", "judge_isolation"]

_OURS = "sample_plugin_reviews"
# What core writes in a publish, or the gate reads.
_CORES: tuple[type[Model], ...] = (
    LearningPackage,
    Draft,
    DraftChangeLogRecord,
    Published,
    PublishLog,
    PublishLogRecord,
)
_CONSEQUENCE = "Nothing can be published, or what is stored may be misread."


def check_vendor() -> Iterator[Finding]:
    """The platform runs on MySQL."""
    if connection.vendor == "mysql":
        yield ok("The database is MySQL or MariaDB.")
    elif connection.vendor == "sqlite":
        yield warning(
            "The database is SQLite, which is for trying things out: one process writes, and the others wait.",
            "Use MySQL on a site that people work with.",
        )
    else:
        yield warning(
            f"The database is {connection.vendor}, with which the plugin is not tested.", "Use MySQL, as the platform."
        )


def check_isolation() -> Iterator[Finding]:
    """The gate must see that a review is withdrawn."""
    if connection.vendor == "mysql":
        yield judge_isolation(_value("transaction_isolation", "tx_isolation"))
    else:
        yield ok("Publishes of one library run one after the other, and read what is committed.")


def judge_isolation(level: str) -> Finding:
    """Return what there is to say about this isolation level."""
    # With “serializable”, transactions wait for each other, which is slow and safe.
    if level.upper() in ("READ-COMMITTED", "SERIALIZABLE"):
        return ok(f"The database's isolation level is {level}.")
    return problem(
        f"The database's isolation level is {level}: a running publish may not see that a review is withdrawn.",
        "Remove isolation_level from the database's OPTIONS, and what sets it in init_command: “read committed” is the "
        "default of Django and of the platform.",
    )


def check_charset() -> Iterator[Finding]:
    """A note may have an emoji in it."""
    if connection.vendor == "mysql":
        yield judge_charset(_value("character_set_connection"))
    else:
        yield ok("The connection can send every character.")


def judge_charset(charset: str) -> Finding:
    """Return what there is to say about this character set of the connection."""
    if charset.lower() == "utf8mb4":
        return ok("The connection can send every character.")
    return warning(
        f"The connection's character set is {charset}: emoji in notes and reasons cannot be stored.",
        "Set charset to “utf8mb4” in the database's OPTIONS, and remove what sets another in init_command.",
    )


def check_engines() -> Iterator[Finding]:
    """The gate refuses a publish by rolling it back."""
    if connection.vendor != "mysql":
        if connection.features.supports_transactions:
            yield ok("The database can roll a publish back.")
        else:
            yield judge_engines({"all": connection.vendor})
        return
    tables = {model._meta.db_table for model in _models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE()")
        yield judge_engines({table: engine for table, engine in cursor.fetchall() if table in tables})


def judge_engines(engines: Mapping[str, str]) -> Finding:
    """Return what there is to say about tables with these engines."""
    others = sorted(f"{table} ({engine})" for table, engine in engines.items() if engine.lower() != "innodb")
    if not others:
        return ok("The database can roll a publish back.")
    return problem(
        f"The database cannot roll back what is written to {listed(others)}: a refused publish may stay live.",
        "Convert each table: ALTER TABLE … ENGINE = InnoDB;",
    )


def check_one_database() -> Iterator[Finding]:
    """The gate's transaction is one of the default database."""
    elsewhere = sorted(model.__name__ for model in _models() if router.db_for_write(model) != connection.alias)
    if elsewhere:
        yield problem(
            f"A database router sends rows to another database: {listed(elsewhere)}. The gate cannot roll them back.",
            "Let the database router keep openedx_content and sample_plugin_reviews in the default database.",
        )
    else:
        yield ok("All that a publish writes, and all that the gate reads, is in one database.")


def check_migrations() -> Iterator[Finding]:
    """Of the plugin, and of the apps whose tables it refers to."""
    executor = MigrationExecutor(connection)
    labels = {_OURS, *(key[0] for key in _ancestors(executor))}
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] in labels]
    unapplied = sorted({f"{one.app_label}.{one.name}" for one, _backwards in executor.migration_plan(leaves)})
    unknown = sorted(
        f"{app}.{name}"
        for app, name in executor.recorder.applied_migrations()
        if app == _OURS and (app, name) not in executor.loader.disk_migrations
        and not any((app, name) in one.replaces for one in executor.loader.disk_migrations.values())
    )  # fmt: skip
    if unapplied:
        yield problem(
            f"Migrations have not been run: {listed(unapplied)}. {_CONSEQUENCE}", "Run manage.py cms migrate."
        )
    if unknown:
        yield problem(
            f"A newer release of the plugin has migrated the tables: {listed(unknown)}. {_CONSEQUENCE}",
            "Install that release again. To go back, migrate its tables back with it first.",
        )
    if not unapplied and not unknown:
        yield ok("All migrations of the plugin have been run, and those of the apps that it needs.")


def _ancestors(executor: MigrationExecutor) -> set[tuple[str, str]]:
    """Return the plugin's migrations and all that they depend on."""
    graph = executor.loader.graph
    return {key for leaf in graph.leaf_nodes(_OURS) for key in graph.forwards_plan(leaf)}


def check_tables() -> Iterator[Finding]:
    """A migration may be on record, and its table gone."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    tables = {model._meta.db_table for model in _models()}
    missing = sorted(tables - there)
    if missing:
        yield problem(
            f"Tables are missing: {listed(missing)}. Nothing can be published.",
            "Run manage.py cms migrate. If it has nothing to do, restore the database from a backup.",
        )
    else:
        yield ok("The plugin's tables are there, and those of core that it needs.")


def _models() -> list[type[Model]]:
    """Return the plugin's models, and those of core in which a publish is written."""
    return [*_CORES, *apps.get_app_config(_OURS).get_models()]


def _value(*names: str) -> str:
    """Return the connection's value of the first of these variables that the server has."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SHOW VARIABLES LIKE %s", [name])
            row = cursor.fetchone()
            if row:
                return str(row[1])
    raise LookupError(f"the server has no variable {names[0]}")


CHECKS = (
    Check("database.vendor", check_vendor),
    Check("database.migrations", check_migrations),
    Check("database.tables", check_tables),
    Check("database.rollback", check_engines),
    Check("database.router", check_one_database),
    Check("database.isolation", check_isolation),
    Check("database.connection_charset", check_charset),
    Check(
        "database.columns",
        from_system_check(checks.check_columns, otherwise="Notes and reasons are stored with every character."),
    ),
)
