"""The workbench's settings, with nothing that outlives a test."""

from workbench.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

OPENEDX_LEARNING = {"MEDIA": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
