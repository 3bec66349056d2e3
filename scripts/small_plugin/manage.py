#!/usr/bin/env python
"""Django's command line for the workbench, the small stand-in for the LMS in this repository."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.lms.settings")
    execute_from_command_line(sys.argv)
