"""The cast; and print nothing in tests that do not look at the paper: each paper takes child processes."""

import pytest

from liencap.reports.actions import consolidating
from liencap.reports.editions import actions as editing
from liencap.reports.issuing import papers as numbering
from liencap.reports.issuing.actions import drafts
from liencap.testing import make_cast


@pytest.fixture
def cast(settings, tmp_path):
    """Return the cast, whose files lie in a folder of the test's own."""
    settings.FILES = tmp_path
    return make_cast()


@pytest.fixture
def papers():
    """Ask for this fixture to have real DOCX and PDF made."""


@pytest.fixture(autouse=True)
def quick_papers(request, monkeypatch):
    if "papers" in request.fixturenames:
        return
    for module in (consolidating, drafts, numbering, editing):
        monkeypatch.setattr(module, "render_docx", lambda values, _template=None: values.to_json().encode())
        monkeypatch.setattr(module, "render_pdf", lambda values: b"%PDF-" + values.to_json().encode())
