"""Say of a short text that it surely takes one line in the faces of the PDF; to be in doubt is to say no.

Setting a row whose height is known takes half the time of one that has to be tried first, and a long table has
thousands of them.
"""

import re

# The widest letter of each kind in Libertinus Serif, in parts of the size, with something to spare; a test asks typst.
_NARROW = "abcdefghijklnopqrstuvxyzàáâãèéêìíòóôõùúýăđĩũơư" + "".join(
    chr(sign) for sign in range(0x1EA0, 0x1EFA) if chr(sign).islower()
)
_KINDS = (
    (re.compile(r"[ .,;:'’|()/\-]"), 0.40),
    (re.compile(r"[0-9]"), 0.47),
    (re.compile(f"[{_NARROW}]"), 0.56),
    (re.compile("[\u0021-\u024f\u1ea0-\u1ef9\u2010-\u2026]"), 0.95),
    (re.compile(r"(?s)."), 2.0),
)


def breadth(text: str) -> float:
    """Return a width that a line of the text does not exceed, in parts of the size."""
    whole = 0.0
    for kind, width in _KINDS:
        text, times = kind.subn("", text)
        whole += times * width
    return whole
