"""The workbench's settings, with a hash that takes no time."""

from workbench.lms.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
