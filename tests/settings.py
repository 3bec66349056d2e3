"""The workbench's settings, with nothing that outlives a test."""

from importlib.util import find_spec

from workbench.lms.settings import *

# What most tests are about has its addresses in Studio. Those of the LMS ask for workbench.lms.urls.
ROOT_URLCONF = "workbench.urls"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

OPENEDX_LEARNING = {"MEDIA": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}

# Before 1.24 openedx-authz has no action of ours, and a check says so at every start. As the reference recommends,
# one of its own is asked for.
if find_spec("openedx_authz") and not find_spec("openedx_authz.engine.schema"):
    SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION = "content_libraries.manage_library_team"
