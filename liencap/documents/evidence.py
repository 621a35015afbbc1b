"""What a file of evidence is, and the picture without what a camera wrote into it.

Both functions run in the child process; the module imports no Django. Pillow is loaded before the walls stand, and
so is PDFium, a library loaded by ctypes, which they refuse.
"""

import contextlib
import io

from PIL import Image, ImageOps

from liencap.core.reading.formats import secrecy_mark, to_text
from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.sniff import sniff

with contextlib.suppress(ModuleNotFoundError):
    import pypdfium2  # noqa: F401  # loaded for its library, see above

PIXELS = 50_000_000


def look(data: bytes) -> dict[str, str]:
    """Return the kind of a file and its secrecy mark; raise UnreadableFile when its text cannot be had."""
    kind = sniff(data)
    if kind == "picture":
        return {"kind": kind, "mark": ""}
    source = to_text(data)
    return {"kind": source.kind, "mark": secrecy_mark(source.text) or ""}


def bare_picture(data: bytes) -> bytes:
    """Return a picture as JPEG or PNG, upright, without place, time or maker; refuse what is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > PIXELS:
                raise UnreadableFile("too-large", "The picture has more than 50 million points.")
            upright = ImageOps.exif_transpose(picture)
            kind = "PNG" if picture.format == "PNG" else "JPEG"
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile("broken", "The picture cannot be opened.") from error
    out = io.BytesIO()
    bare.convert("RGB" if kind == "JPEG" else bare.mode).save(out, kind, quality=88)
    return out.getvalue()
