"""Prepare every test run: an own home folder, and the house's rule on writes."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

home = Path(tempfile.mkdtemp(prefix="liencap-test-"))
os.environ.setdefault("LIENCAP_HOME", str(home))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liencap.config.settings")

# A busy machine is not a failure: no law here is about time.
hypothesis_settings.register_profile("house", deadline=None, max_examples=60)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash the cast's passwords quickly: the slow hash is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def only_deeds_write():
    """Fail a test in which a row of ours is written by anything but a deed."""
    from tests.guard import watched_writes

    with watched_writes():
        yield
