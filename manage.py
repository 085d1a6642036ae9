#!/usr/bin/env python3
"""The installation's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")  # a setting that cannot be: a sentence for people, not a page of Python


if __name__ == "__main__":
    main()
