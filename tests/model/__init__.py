"""The plugin against a reference model of what was decided, in histories that hypothesis makes up."""

import pytest

# What disagrees is shown there, too.
pytest.register_assert_rewrite("tests.model.history")
