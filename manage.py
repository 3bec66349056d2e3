#!/usr/bin/env python
"""Django's command line for the workbench, the small Studio stand-in that this repository develops against."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    execute_from_command_line(sys.argv)
