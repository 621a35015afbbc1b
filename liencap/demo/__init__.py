"""The invented federation on which anybody can try Liencap."""

import os
import shutil
from pathlib import Path


def prepare() -> None:
    """Empty the demo's home folder; only a folder that carries the demo's mark is ever emptied."""
    os.umask(0o077)  # the settings do the same, later
    home = Path(os.environ["LIENCAP_HOME"])
    if home.exists() and any(home.iterdir()):
        if not (home / "demo-mark").exists():
            raise SystemExit(
                f"liencap: {home} holds something that is not a demo; choose another LIENCAP_HOME."
            )
        shutil.rmtree(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "demo-mark").write_text("SAMPLE DATA / DỮ LIỆU MẪU\n", encoding="utf-8")
