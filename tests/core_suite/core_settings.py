"""openedx-core's own test settings, with the plugin as Studio loads it: see ``__main__.py``."""

import os
import sys
from importlib.util import find_spec

import test_settings
from test_settings import *

from sample_plugin.reviews.settings import common, production

# The tests may be those of a newer core. Verawood's has no openedx_learning, and its openedx_catalog takes a newer
# edx-opaque-keys than the oldest that we support.
_MISSING: set[str] = set() if find_spec("openedx_learning") else {"openedx_catalog", "openedx_learning"}
INSTALLED_APPS: list[str] = [app for app in test_settings.INSTALLED_APPS if app not in _MISSING]

if os.environ["GATE"] != "absent":
    INSTALLED_APPS.append("sample_plugin.reviews.apps.ReviewsConfig")
    SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT = os.environ["GATE"] == "on"
    common.plugin_settings(sys.modules[__name__])
    production.plugin_settings(sys.modules[__name__])
