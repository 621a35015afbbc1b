"""Write the built-in Word templates of reviews, one a language; run after changing make_templates.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_templates as common

TARGET = common.ROOT / "liencap" / "reviews" / "printing" / "templates"


def main() -> None:
    """Write the look of reports under the names that reviews print; they differ only in the language Word spells by."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for language, tag in (("vi", "vi-VN"), ("en", "en-GB")):
        TARGET.joinpath(f"review_{language}.docx").write_bytes(common.build(tag))


if __name__ == "__main__":
    main()
