"""Stands in for the platform's."""


def update_module_store_settings(*args: object, **kwargs: object) -> None:
    """Do nothing."""
