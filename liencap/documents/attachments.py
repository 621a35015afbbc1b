"""Look at a file that somebody attaches to a deed, and return the bytes to keep."""

from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from liencap.documents.refusals import code_of, sentence
from liencap.errors import DomainError
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child


def bare_name(filename: str) -> str:
    """Return a file's name without folders."""
    return PurePath(filename.replace("\\", "/")).name[:240] or "evidence"


def looked_at(data: bytes, *, no_secrecy: bool) -> tuple[str, bytes]:
    """Return the kind of a file and the bytes to keep; refuse what is marked, broken or of a strange kind.

    It takes a child process, so it stands before a transaction. A picture loses what the camera wrote into it.
    """
    if len(data) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise DomainError("too-large", _("The file is larger than %(most)s MB.") % {"most": most})
    try:
        seen = run_in_child("liencap.documents.evidence:look", data=data)
        if seen["kind"] == "picture":
            return "picture", run_in_child("liencap.documents.evidence:bare_picture", data=data)
    except (ChildRefusal, ChildFailed) as failure:
        code = code_of(failure.code)
        if code == "scan-without-text" and no_secrecy:
            return "pdf", data
        if code == "scan-without-text":
            raise DomainError(
                "secrecy-unknown",
                _(
                    "The file's text cannot be read here, so a secrecy mark cannot be ruled out. "
                    "Declare below that it carries none, and send it again."
                ),
            ) from failure
        raise DomainError(code, str(sentence(code))) from failure
    if seen["mark"]:
        raise DomainError(
            "secrecy-mark",
            _("The document carries the secrecy mark “%(mark)s”. It was not stored and no copy was kept.")
            % {"mark": seen["mark"]},
        )
    return seen["kind"], data
