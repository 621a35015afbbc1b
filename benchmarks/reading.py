"""Measure the reader: citations against eyecite, the whole against NFD, linearity, memory, a PDF of sixty pages.

The last lines are one bar each. eyecite runs in its own environment (`.venv-bench`, from
`requirements/bench.txt`), in turns with ours, and must find the citations that were put there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / ".venv-bench" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PEER_SCRIPT = """
import json, sys, time
from eyecite import get_citations
text = sys.stdin.read()
get_citations(text[:4000])
best = 1e9
for _ in range(3):
    start = time.perf_counter(); found = get_citations(text); best = min(best, time.perf_counter() - start)
print(json.dumps({"seconds": best, "found": len(found)}))
"""
PAGES = 60
ENGLISH = "The members of the federation met again and agreed that the common work of the branches shall go on as it was planned in the year before. "
VIETNAMESE = "Các đơn vị tiếp tục triển khai công tác tuyên truyền, vận động hội viên tham gia xây dựng phong trào hợp tác xã ở cơ sở và nâng cao đời sống. "
# An item as long, and as rich in dates and units, as those of real plans: 1,500 characters with three labels.
PROSE = (
    "Tiếp tục nâng cao nhận thức của cán bộ, thành viên và người lao động về vị trí, vai trò của kinh tế tập thể; gắn việc phát triển "
    "hợp tác xã với chuyển đổi số, bảo vệ môi trường, liên kết theo chuỗi giá trị và nâng cao đời sống của người dân ở nông thôn. "
    "Chú trọng bồi dưỡng đội ngũ quản lý trẻ, có trình độ, gắn bó lâu dài; khuyến khích các hợp tác xã cùng ngành nghề liên kết, "
    "chia sẻ kinh nghiệm, dùng chung kho lạnh, phương tiện vận chuyển và thương hiệu. "
)
TASK = (
    "{n}. Xây dựng đề án phát triển hợp tác xã. "
    + PROSE
    + "Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ tham mưu theo "
    "Quyết định số {n}/QĐ-UBND ngày 12/3/2025; hoàn thành trước ngày 30/6/2025.\n"
    "a) Tổ chức khảo sát, đánh giá thực trạng hoạt động của các hợp tác xã trên địa bàn từng xã, phường. "
    + PROSE
    + "\n"
    "b) Báo cáo kết quả trong quý IV/2025 và định kỳ hằng năm theo quy định. " + PROSE + "\n"
)


def main() -> None:
    """Print what was measured, and the bars last."""
    from liencap.core.reading import read_text

    bars = {"citations_vs_eyecite": citations_vs_eyecite()}
    read_text(plan(20_000))
    small, large = plan(100_000), plan(10_000_000)
    bars["whole_vs_nfd"] = best(lambda: read_text(small)) / best(lambda: unicodedata.normalize("NFD", small))
    bars["linearity_10mb_vs_100kb"] = linearity(read_text, small, large)
    bars["memory_per_text"] = memory(read_text, large)
    bars["pdf_60_pages_seconds_of_3"] = long_pdf() / 3
    for name, value in bars.items():
        print(f"BAR {name} {value:.3f}" if value is not None else f"{name}: not measured, {PEER} is missing")


def long_pdf() -> float:
    """Return the seconds that opening and reading a plan of sixty printed pages takes."""
    import pypdfium2
    import typst

    from liencap.core.reading import read_document

    head, *paragraphs = plan(260_000).split("\n")
    words = "\n\n".join('#text("' + p.replace('"', "'") + '")' for p in [head, *paragraphs] if p)
    setup = '#set page(paper: "a4", margin: 2cm, header: [An Sơn], numbering: "1")\n#set text(size: 13pt)\n'
    data = typst.compile((setup + words).encode())
    pages = len(pypdfium2.PdfDocument(data))
    print(f"a PDF of {pages} pages, {len(data)} bytes")
    if pages < PAGES:
        sys.exit(f"The PDF should have had {PAGES} pages.")
    return best(lambda: read_document(data, "plan.pdf"), 3)


def plan(size: int) -> str:
    """Return an invented plan of about that many bytes."""
    head = "KẾ HOẠCH\nphát triển hợp tác xã năm 2025\n\nAn Sơn, ngày 01 tháng 02 năm 2025\n\nI. NHIỆM VỤ\n"
    pieces = [head]
    length, n = len(head.encode()), 1
    while length < size:
        piece = TASK.format(n=n % 90 + 1)
        pieces.append(piece)
        length += len(piece.encode())
        n += 1
    return "".join(pieces)


def best(run: Callable[[], object], rounds: int = 5) -> float:
    """Return the shortest time of several runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def linearity(read: Callable[[str], object], small: str, large: str) -> float:
    """Return time per character of the large text over that of the small one."""
    return best(lambda: read(large), 1) / len(large) / (best(lambda: read(small)) / len(small))


def memory(read: Callable[[str], object], text: str) -> float:
    """Return the peak of memory over the bytes of the text, the text itself left out."""
    size = len(text.encode())
    tracemalloc.start()
    read(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / size


def citations_vs_eyecite() -> float | None:
    """Return our time per character over eyecite's, with one citation in 400 characters of each language."""
    from liencap.core.reading.grammar import load
    from liencap.core.reading.view import make_view

    if not PEER.exists():
        return None
    english = cited(ENGLISH, "See Smith v. Jones, {a} U.S. {b} (1984). ", 200_000)
    vietnamese = cited(VIETNAMESE, "Thực hiện Quyết định số {a}/QĐ-UBND ngày 01/02/2024. ", 200_000)
    grammar = load("vi")
    view = make_view(vietnamese, grammar.line_start())
    ours = best(lambda: grammar.citations(view), 3) / len(vietnamese)
    done = subprocess.run(
        [str(PEER), "-c", PEER_SCRIPT], input=english, capture_output=True, text=True, check=True
    )
    peer = json.loads(done.stdout)
    wanted = english.count(" U.S. ")
    found = len(grammar.citations(view)), vietnamese.count("/QĐ-UBND")
    print(f"eyecite found {peer['found']} of {wanted}, the reader {found[0]} of {found[1]}")
    if peer["found"] < wanted or found[0] != found[1]:
        sys.exit("The peers did not find the citations that were put there.")
    return ours / (peer["seconds"] / len(english))


def cited(filler: str, citation: str, size: int) -> str:
    """Return running text with one citation in 400 characters."""
    pieces: list[str] = []
    length, n = 0, 1
    while length < size:
        piece = (
            (filler * 4)[: 400 - len(citation)].rpartition(" ")[0]
            + ". "
            + citation.format(a=n % 500 + 1, b=n % 900 + 1)
        )
        pieces.append(piece + ("\n" if n % 5 == 0 else ""))
        length += len(piece)
        n += 1
    return "".join(pieces)


if __name__ == "__main__":
    main()
