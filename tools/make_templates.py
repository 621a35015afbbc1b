"""Write the Word templates that reports, reviews and plans are printed with: python tools/make_templates.py

They are ordinary Word files; this script exists so that their first form can be read and made again.
"""

from collections.abc import Callable

from plan_template import plan
from report_template import ROOT, report, review


def main() -> None:
    """Write all of them."""
    write("reports", "report", report)
    write("reviews", "review", review)
    write("plans", "plan", plan)


def write(room: str, name: str, build: Callable[[str], bytes]) -> None:
    """Write a room's template in each language; they differ only in the language Word spells by."""
    target = ROOT / "liencap" / room / "printing" / "templates"
    target.mkdir(parents=True, exist_ok=True)
    for language, tag in (("vi", "vi-VN"), ("en", "en-GB")):
        target.joinpath(f"{name}_{language}.docx").write_bytes(build(tag))


if __name__ == "__main__":
    main()
