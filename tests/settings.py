"""The workbench's settings, with nothing that outlives a test."""

from importlib.util import find_spec

from edx_django_utils.plugins import add_plugins, get_plugin_apps

from workbench.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

OPENEDX_LEARNING = {"MEDIA": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}

# Before 1.24 openedx-authz has no action of ours, and a check says so at every start. As the reference recommends,
# one of its own is asked for.
if find_spec("openedx_authz") and not find_spec("openedx_authz.engine.schema"):
    SAMPLE_PLUGIN_REVIEWS_REVIEW_ACTION = "content_libraries.manage_library_team"

# The workbench is a Studio. The tests also install the apps that only the LMS loads.
LMS = "lms.djangoapp"
INSTALLED_APPS += [app for app in get_plugin_apps(LMS) if app not in INSTALLED_APPS]
add_plugins(__name__, LMS, "common")
add_plugins(__name__, LMS, "production")
