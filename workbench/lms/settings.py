"""
The workbench's settings with the LMS in the same process, for ``make demo`` and the tests.

``workbench.settings`` alone is a Studio. What plugins have for both is loaded once.
"""

from edx_django_utils.plugins import add_plugins, get_plugin_apps

from workbench.settings import *

LMS = "lms.djangoapp"

ROOT_URLCONF = "workbench.lms.urls"
INSTALLED_APPS += ["workbench.lms", *(app for app in get_plugin_apps(LMS) if app not in INSTALLED_APPS)]
add_plugins(__name__, LMS, "common")
add_plugins(__name__, LMS, "production")
