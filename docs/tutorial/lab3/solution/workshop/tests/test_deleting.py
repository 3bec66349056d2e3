"""A hold stands in nobody's way who deletes what it hangs off."""

from django.contrib.auth.models import User

from holds.models import Hold


def test_it_goes_with_the_library(hold: Hold) -> None:
    hold.entity.learning_package.delete()
    assert not Hold.objects.exists()


def test_it_stays_when_the_account_goes(hold: Hold, author: User) -> None:
    author.delete()
    hold.refresh_from_db()
    assert hold.placed_by is None
