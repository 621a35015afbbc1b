"""Pair the tasks of two plans, ours against difflib's SequenceMatcher used greedily: right pairs, wrong pairs, time.

The plans are invented: tasks put together of verbs, things and places, then changed as units change them (shortened,
with words of their own, another day, another order). Some are changed so that they are no longer the same task: another
number, a "không". Pairing one of those is a wrong pair.
"""

import random
import time
from difflib import SequenceMatcher

from liencap.core.matching import Line, match
from liencap.core.text import fold

# ruff: noqa: SIM905 - one string a list reads better here

VERBS = "Tổ chức|Mở|Rà soát|Vận động|Xây dựng|Kiểm tra|Sưu tầm|Tổng kết|Hướng dẫn|Thành lập".split("|")
THINGS = (
    "lớp bồi dưỡng kế toán cho cán bộ|danh sách thành viên và vốn góp|phong trào trồng cây xanh quanh trụ sở|"
    "quỹ hỗ trợ thành viên gặp thiên tai|hội nghị điển hình tiên tiến|tư liệu lịch sử của đơn vị|"
    "cổng thông tin giá nông sản|công tác phòng cháy tại kho bãi|đại hội thành viên các cấp|"
    "việc học tập nghị quyết đại hội|tổ hợp tác về chế biến|hồ sơ đất đai của hợp tác xã"
).split("|")
TAILS = "tại các khu vực|trong toàn liên hiệp|gắn với sinh hoạt định kỳ|theo hướng dẫn của ban|có sơ kết hằng quý".split(
    "|"
)
OWN = "Sửa chữa đường nội đồng|Thăm hỏi gia đình chính sách|Mua sắm máy bơm chung|Liên hoan văn nghệ cuối năm".split(
    "|"
)
SIZE, ROUNDS, SURE = 40, 4, 0.6


def plans(chance: random.Random) -> tuple[list[Line], list[Line], dict[str, str]]:
    """Return inherited lines, own lines, and which own line is which inherited one."""
    said = [f"{v} {t} {x}" for v in VERBS for t in THINGS for x in TAILS]
    chosen = chance.sample(said, SIZE)
    inherited, own, truth = [], [], {}
    for n, words in enumerate(chosen):
        count = chance.choice(["", f", ít nhất {chance.randint(2, 9)} đợt"])
        text = f"{words}{count}; hoàn thành trước ngày {chance.randint(1, 28)}/{chance.randint(1, 12)}/2026."
        inherited.append(Line(f"i{n}", text, f"II.{n + 1}"))
        kind = chance.random()
        changed = text.replace(
            "; hoàn thành trước", chance.choice([" của xã; xong trước", "; hoàn thành trước"])
        )
        changed = changed.replace("/2026.", f"/{chance.choice(['2026', '2027'])}.")
        if kind < 0.15:
            changed = f"Không {changed[:1].lower()}{changed[1:]}"
        elif kind < 0.3 and count:
            changed = changed.replace(count, f", ít nhất {chance.randint(10, 19)} đợt")
        elif kind < 0.45:
            continue
        else:
            truth[f"o{n}"] = f"i{n}"
        own.append(Line(f"o{n}", changed, f"{n}"))
    own += [Line(f"x{n}", text) for n, text in enumerate(OWN)]
    chance.shuffle(own)
    return inherited, own, truth


def naive(inherited: list[Line], own: list[Line]) -> dict[str, str]:
    """Pair greedily by difflib's ratio of the folded texts."""
    rows = [
        (SequenceMatcher(None, fold(a.text), fold(b.text), autojunk=False).ratio(), a.key, b.key)
        for a in inherited
        for b in own
    ]
    left, out = set(), {}
    for likeness, a, b in sorted(rows, reverse=True):
        if likeness >= SURE and a not in left and b not in out:
            left.add(a)
            out[b] = a
    return out


def main() -> None:
    """Print what both find, then the bars."""
    chance = random.Random(26)
    samples = [plans(chance) for _ in range(ROUNDS)]
    found, spent = {"ours": [0, 0], "difflib": [0, 0]}, {"ours": 0.0, "difflib": 0.0}
    for inherited, own, truth in samples:
        for name in ("ours", "difflib"):
            start = time.perf_counter()
            if name == "ours":
                pairs = {pair.own: pair.inherited for pair in match(inherited, own).pairs}
            else:
                pairs = naive(inherited, own)
            spent[name] += time.perf_counter() - start
            right = sum(truth.get(b) == a for b, a in pairs.items())
            found[name][0] += right
            found[name][1] += len(pairs) - right
    whole = sum(len(truth) for _, _, truth in samples)
    for name, (right, wrong) in found.items():
        print(f"{name}: {right} of {whole} right, {wrong} wrong, {spent[name]:.2f} s")
    ours, theirs = found["ours"], found["difflib"]
    print(f"BAR matching-right {ours[0] / max(theirs[0], 1):.2f}")
    print(f"BAR matching-wrong-avoided {(theirs[1] + 1) / (ours[1] + 1):.2f}")
    print(f"BAR matching-time {spent['difflib'] / spent['ours']:.2f}")


if __name__ == "__main__":
    main()
