"""Prepare every test run: an own home folder, and the house's rule on writes."""

import os
import tempfile
from pathlib import Path

import pytest

home = Path(tempfile.mkdtemp(prefix="liencap-test-"))
os.environ.setdefault("LIENCAP_HOME", str(home))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liencap.config.settings")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash the cast's passwords quickly: the slow hash is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
