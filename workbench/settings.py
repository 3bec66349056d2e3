"""
Settings of the workbench, put together in the order in which Studio puts together its own.

That order decides what a plugin can rely on: its ``common`` settings run before the operator's YAML and may be
overruled by it, its ``production`` settings run after it. For development only: the keys that sign sessions and tokens
are public, and so are the passwords of the demo accounts.

Environment variables:

* ``WORKBENCH_VAR``: folder for the database, the media files and the mails (default: workbench/var)
* ``WORKBENCH_YAML``: a file with the operator's settings (Studio's ``CMS_CFG``)
* ``DATABASE_URL``: another database than SQLite, such as ``mysql://user:password@127.0.0.1:3306/workbench``
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import yaml
from edx_django_utils.plugins import add_plugins, get_plugin_apps
from openedx_content.settings_api import openedx_content_backcompat_apps_to_install

# What makes this a Studio: plugins come from the entry point group of this name, and each tells in its AppConfig what
# it brings for this project type.
PROJECT_TYPE = "cms.djangoapp"

BASE_DIR = Path(__file__).resolve().parent
VAR_DIR = Path(os.environ.get("WORKBENCH_VAR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Stage 1: the platform's own settings (cms/envs/common.py) --------------------------------------------------------

DEBUG = True
SECRET_KEY = "workbench-for-development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "workbench.urls"
USE_TZ = True
TIME_ZONE = "UTC"
# The platform's, and what the migrations of its older apps expect. A plugin states its own in its AppConfig.
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "organizations",
    "simple_history",
    "waffle",
    "user_tasks",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    # Imports the ``rules`` module of every app, plugins included.
    "rules.apps.AutodiscoverRulesConfig",
    "openedx_catalog",
    "openedx_content",
    *openedx_content_backcompat_apps_to_install(),
    # Before the plugins, as on the platform: their receivers are connected here, then their own ready() runs.
    "workbench",
    "workbench.migrator",
]

MIDDLEWARE = [
    "workbench.roles.first_question_alone",
    # Empties the cache in which apps keep what they have looked up for one request; without it, it is for good.
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Puts the two cookies together again in which a micro-frontend sends its token.
    "edx_rest_framework_extensions.auth.jwt.middleware.JwtAuthCookieMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # For apps that put on record who did something, and are not told.
    "crum.CurrentRequestUserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "workbench:login"
LOGIN_REDIRECT_URL = "workbench:libraries"
LOGOUT_REDIRECT_URL = "workbench:login"

STATIC_URL = "/static/"

# As on a developer's platform: XBlocks bring their own style sheets and scripts, and nothing has collected them.
PIPELINE = {"PIPELINE_ENABLED": False}
REQUIRE_DEBUG = True

# Which other sites may show a preview in a frame.
CORS_ORIGIN_WHITELIST: list[str] = []

# What is served under /authoring/, once it is built: see mfe.py.
PAGE_DIR = BASE_DIR.parent / "frontend" / "workbench" / "dist"

# What to try with the plugins that are installed: see steps.py.
STEPS_FILE = BASE_DIR.parent / "scripts" / "try_this.toml"

# As on the platform, whose defaults for permissions and throttling are DRF's own, none: a view of a plugin that forgets
# its permission classes is open to everybody, there and here.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one says how to log in, so who is not logged in gets a 401.
        "edx_rest_framework_extensions.auth.jwt.authentication.JwtAuthentication",
        "rest_framework.authentication.SessionAuthentication",
        # Not on the platform: for "curl --user author:author".
        "rest_framework.authentication.BasicAuthentication",
    ],
    "DEFAULT_PAGINATION_CLASS": "edx_rest_framework_extensions.paginators.DefaultPagination",
    "PAGE_SIZE": 10,
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        # Not on the platform: for people who try an endpoint in a browser.
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    # No ?format=… in an address.
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_RATES": {
        "user": "60/minute",
        "service_user": "800/minute",
        "registration_validation": "30/minute",
        "high_service_user": "2000/minute",
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}

# What is at /api/schema/ and /api/docs/: the REST APIs that plugins bring. The workbench's own are Studio's (views/).
SPECTACULAR_SETTINGS = {
    "TITLE": "REST APIs of the plugins",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",  # from here, not from a CDN: a workshop may have no network
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "PREPROCESSING_HOOKS": ["workbench.openapi.without_the_platforms_own"],
}

# On the platform the LMS signs the tokens. Here anybody can who reads this file.
_JWT_ISSUER = {
    "ISSUER": "http://127.0.0.1:8000/oauth2",
    "AUDIENCE": "workbench",
    "SECRET_KEY": "workbench-for-development-only-signs-tokens",
}
JWT_AUTH: dict[str, Any] = {
    "JWT_ISSUERS": [_JWT_ISSUER],
    "JWT_ISSUER": _JWT_ISSUER["ISSUER"],
    "JWT_AUDIENCE": _JWT_ISSUER["AUDIENCE"],
    "JWT_SECRET_KEY": _JWT_ISSUER["SECRET_KEY"],
    "JWT_ALGORITHM": "HS256",
    "JWT_PUBLIC_SIGNING_JWK_SET": None,
    "JWT_DECODE_HANDLER": "edx_rest_framework_extensions.auth.jwt.decoder.jwt_decode_handler",
    "JWT_LEEWAY": 1,
    "JWT_AUTH_HEADER_PREFIX": "JWT",
    "JWT_AUTH_COOKIE": "edx-jwt-cookie",
    "JWT_AUTH_COOKIE_HEADER_PAYLOAD": "edx-jwt-cookie-header-payload",
    "JWT_AUTH_COOKIE_SIGNATURE": "edx-jwt-cookie-signature",
}
# A token says who somebody is. It does not change what is stored about them.
EDX_DRF_EXTENSIONS: dict[str, Any] = {"JWT_PAYLOAD_USER_ATTRIBUTE_MAPPING": {}}

# There is no worker: a task runs where it is called (see celery.py). One that fails does so as it would in a worker,
# out of the caller's sight.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = False

# Mails are files, to read. In the terminal they would be between what a command says.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mails")
# Where the links in them lead.
COURSE_AUTHORING_MICROFRONTEND_URL = "http://127.0.0.1:8000/authoring"

# Nothing is measured here. By default edx-django-utils looks for New Relic, and warns that it is not there.
OPENEDX_TELEMETRY: list[str] = []

# openedx-core keeps the files of components here: a folder that is not served to browsers.
OPENEDX_LEARNING = {
    "MEDIA": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "media_private")},
    },
}

# openedx-authz warns that there is nothing to take over from before it was.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "openedx_authz.migrations": {"level": "ERROR"},
        # The only place where an import says why it has failed. Celery keeps to itself what tasks log.
        "workbench.migrator.tasks": {"handlers": ["console"]},
        # edx-ace looks for everything that it could send with, and says what it cannot load.
        "stevedore.extension": {"level": "CRITICAL"},
        "edx_ace.channel.sailthru": {"level": "ERROR"},
        # It warns with every request that a token has no signature. Ours has none on purpose: see mfe.py.
        "edx_rest_framework_extensions.auth.jwt.middleware": {"level": "ERROR"},
    },
}

# The platform sets this, and it ends up in the migrations of every model with a history.
SIMPLE_HISTORY_DATE_INDEX = False


def _database() -> dict[str, Any]:
    """Return the database to use, with the transaction behaviour that the platform has on MySQL."""
    database: dict[str, Any]
    url = os.environ.get("DATABASE_URL")
    if url:
        database = {**dj_database_url.parse(url)}
    else:
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "workbench.sqlite3")}
    if database["ENGINE"] == "django.db.backends.mysql":
        options: dict[str, Any] = {"charset": "utf8mb4", "isolation_level": "read committed"}
        database["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_unicode_ci"}
    elif database["ENGINE"] == "django.db.backends.sqlite3":
        # SQLite knows one writer at a time. Asking for the lock when a transaction begins makes the others wait for
        # their turn; a transaction that asks later, at its first write, fails at once with "database is locked".
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE"}
    else:
        options = {}
    database["OPTIONS"] = {**options, **database.get("OPTIONS", {})}
    # As on the platform. Most of its content library views opt out, and so do ours (see views/); a plugin's do not.
    database["ATOMIC_REQUESTS"] = True
    return database


DATABASES = {"default": _database()}

# What openedx-authz calls libraries and courses: see models.py.
OPENEDX_AUTHZ_CONTENT_LIBRARY_MODEL = "workbench.ContentLibrary"
OPENEDX_AUTHZ_COURSE_OVERVIEW_MODEL = "workbench.CourseOverview"

# --- Stage 2: the plugins' Django apps, then their ``common`` settings (the end of cms/envs/common.py) ----------------

INSTALLED_APPS += get_plugin_apps(PROJECT_TYPE)
add_plugins(__name__, PROJECT_TYPE, "common")

# --- Stage 3: the operator's settings (cms/envs/production.py reads CMS_CFG) ------------------------------------------

# Each key replaces a setting whole. A dict that a plugin has just filled is gone if the operator sets that key too.
if "WORKBENCH_YAML" in os.environ:
    globals().update(yaml.safe_load(Path(os.environ["WORKBENCH_YAML"]).read_text(encoding="utf-8")) or {})

# --- Stage 4: the plugins' ``production`` settings, which have the last word (the end of cms/envs/production.py) ------

add_plugins(__name__, PROJECT_TYPE, "production")
