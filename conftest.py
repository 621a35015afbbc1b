"""Prepare every test run: an own home folder, and the house's rule on writes."""

import os
import tempfile
from pathlib import Path

home = Path(tempfile.mkdtemp(prefix="liencap-test-"))
os.environ.setdefault("LIENCAP_HOME", str(home))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liencap.config.settings")
