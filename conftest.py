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


# The files that take longest go first: begun last, they would keep one core busy while the other waits.
LONGEST = (
    "test_demo.py", "test_crash_line.py", "test_first_hour.py", "test_offline_journey.py",
    "test_journey.py", "test_crash.py", "test_passkeys.py", "test_office.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files that take longest first; the order of the others, and inside a file, stays."""
    place = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):  # noqa: ARG001  # it names the worker's database
    """Give the tests a database in a file."""
    from tests.prepared import use

    use(home)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):  # noqa: ARG001  # it says which database
    """Begin with the database that an earlier run has migrated, if its migrations are those of today."""
    from tests.prepared import load

    return load()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001  # it migrates
    """Keep the migrated database for the next run."""
    from tests.prepared import save

    with django_db_blocker.unblock():
        save()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash the cast's passwords quickly: the slow hash is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def static_files_on_demand(settings):
    """Let no client of a test look through all static files when it is made."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def language_of_the_house():
    """Begin each test in the installation's language: a page that an earlier one opened leaves its reader's behind."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def only_deeds_write():
    """Fail a test in which a row of ours is written by anything but a deed."""
    from tests.guard import watched_writes

    with watched_writes():
        yield
