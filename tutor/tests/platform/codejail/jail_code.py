"""Stands in for the platform's."""


def configure(*args: object, **kwargs: object) -> None:
    """Do nothing."""
