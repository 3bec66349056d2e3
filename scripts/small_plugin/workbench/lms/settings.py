"""
Settings of the workbench, put together in the order in which the LMS puts together its own.

For development only: the key that signs sessions is public, and so are the passwords of the demo accounts.
"""

from pathlib import Path

from edx_django_utils.plugins import add_plugins, get_plugin_apps

# Plugins come from the entry point group of this name. Each AppConfig says what the plugin has for it.
LMS = "lms.djangoapp"

VAR_DIR = Path(__file__).resolve().parents[1] / "var"
VAR_DIR.mkdir(exist_ok=True)

# --- Stage 1: the platform's own settings (lms/envs/common.py) --------------------------------------------------------

DEBUG = True
SECRET_KEY = "workbench-for-development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "workbench.lms.urls"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
# The platform's. A plugin states its own in its AppConfig.
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "organizations",
    "rest_framework",
    "openedx_catalog",
    # Before the plugins, as on the platform: their receivers are connected here, then their own ready() runs.
    "workbench.lms",
]

MIDDLEWARE = [
    # Empties the cache in which apps keep what they have looked up for one request; without it, it is for good.
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # For filter steps, which are not told whose request it is.
    "crum.CurrentRequestUserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# As on the platform, whose default for permissions is DRF's own, none: a view that forgets them is open to everybody.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        # Not on the platform: for "curl --user learner:learner".
        "rest_framework.authentication.BasicAuthentication",
    ],
    "DEFAULT_PAGINATION_CLASS": "edx_rest_framework_extensions.paginators.DefaultPagination",
    "PAGE_SIZE": 10,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}

# The platform sets this, and it ends up in the migrations of every model with a history.
SIMPLE_HISTORY_DATE_INDEX = False

# By default edx-django-utils looks for New Relic, and warns that it is not there.
OPENEDX_TELEMETRY: list[str] = []

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "workbench.sqlite3",
        "ATOMIC_REQUESTS": True,  # as on the platform
    }
}

# --- Stage 2: the plugins' Django apps, then their "common" settings (the end of lms/envs/common.py) ------------------

INSTALLED_APPS += get_plugin_apps(LMS)
add_plugins(__name__, LMS, "common")

# --- Stage 3: here the platform reads the operator's YAML. Each key in it replaces a setting whole --------------------

# --- Stage 4: the plugins' "production" settings, which have the last word (the end of lms/envs/production.py) --------

add_plugins(__name__, LMS, "production")
