"""Fold what units wrote, against difflib and against shingles without the guard, on an invented sample.

A pair is right where both sentences say the same (small changes of wording), wrong where a negation, a number or an
opposite differs. Same texts, same run, in turns; ours may not fold a single wrong pair.
"""

import random
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from liencap.core.clustering import group_texts, near
from liencap.core.text import fold

SIZE, ROUNDS = 20, 2
DONE = ("Đã mở", "Đã tổ chức", "Các xã đã mở", "Hợp tác xã đã tổ chức")
WHAT = ("lớp tập huấn", "buổi nói chuyện chuyên đề", "đợt ra quân trồng cây", "hội nghị thành viên")
WHOM = ("cho thành viên mới", "cho cán bộ các tổ", "cho thanh niên của xã", "cho hộ thành viên khó khăn")
WHERE = ("tại nhà văn hóa xã", "ở các tổ vùng xa", "tại trụ sở hợp tác xã", "trong kỳ họp thường lệ")
TAILS = ("", " theo kế hoạch đã đề ra", ", có biên bản kèm theo", " trong quý")


def sample(chance: random.Random) -> tuple[list[str], list[int], set[tuple[int, int]]]:
    """Return sentences, the family of each, and the pairs that must stay apart though they look alike."""
    texts, family, apart = [], [], set()
    for number in range(SIZE):
        count = chance.randint(2, 9)
        base = f"{chance.choice(DONE)} {count} {chance.choice(WHAT)} {chance.choice(WHOM)} {chance.choice(WHERE)}"
        first = len(texts)
        for _again in range(chance.randint(2, 4)):
            text = base + chance.choice(TAILS) + chance.choice((".", "", "!"))
            texts.append(text if chance.random() < 0.7 else text.replace("Đã ", "Đơn vị đã ").upper())
            family.append(number)
        for changed in (
            base.replace(f" {count} ", f" {count + 1} "),
            base.replace("Đã ", "Chưa ").replace("đã ", "chưa "),
            f"{base} nên số hội viên tăng",
            f"{base} nên số hội viên giảm",
        ):
            texts.append(changed)
            family.append(SIZE + len(texts))
            apart |= {(one, len(texts) - 1) for one in range(first, len(texts) - 1)}
    return texts, family, apart


def by_difflib(texts: Sequence[str]) -> list[list[int]]:
    """Group greedily by difflib's ratio of the folded texts."""
    forms, groups = [fold(text) for text in texts], list[list[int]]()
    for index, form in enumerate(forms):
        for group in groups:
            if SequenceMatcher(None, forms[group[0]], form, autojunk=False).ratio() >= 0.85:
                group.append(index)
                break
        else:
            groups.append([index])
    return groups


def unguarded(texts: Sequence[str]) -> list[list[int]]:
    """Group as we do, without the guard on negations, numbers and opposites."""
    held, near.guard_of = near.guard_of, lambda _form: ((), ())
    try:
        return group_texts(texts)
    finally:
        near.guard_of = held


def judged(groups: list[list[int]], family: list[int], apart: set[tuple[int, int]]) -> tuple[int, int, int]:
    """Count pairs folded rightly, pairs folded wrongly, and pairs that there were to find."""
    of = {index: number for number, group in enumerate(groups) for index in group}
    pairs = [(a, b) for b in range(len(family)) for a in range(b) if family[a] == family[b]]
    right = sum(of[a] == of[b] for a, b in pairs)
    return right, sum(of[a] == of[b] for a, b in apart), len(pairs)


def main() -> None:
    """Print what each finds and confuses, then the bars."""
    chance = random.Random(24)
    ways: dict[str, Callable[[Sequence[str]], list[list[int]]]] = {
        "ours": group_texts, "unguarded": unguarded, "difflib": by_difflib
    }  # fmt: skip
    found = {name: [0, 0, 0] for name in ways}
    spent = dict.fromkeys(ways, 0.0)
    for _round in range(ROUNDS):
        texts, family, apart = sample(chance)
        for name, way in ways.items():
            start = time.perf_counter()
            groups = way(texts)
            spent[name] += time.perf_counter() - start
            found[name] = [a + b for a, b in zip(found[name], judged(groups, family, apart), strict=True)]
    for name, (right, wrong, whole) in found.items():
        print(f"{name}: {right} of {whole} pairs folded, {wrong} wrongly, {spent[name]:.2f} s")
    ours, theirs = found["ours"], found["difflib"]
    print(f"BAR folding-recall {ours[0] / max(theirs[0], 1):.2f}")
    print(f"BAR folding-wrong-avoided {(theirs[1] + 1) / (ours[1] + 1):.2f}")
    print(f"BAR folding-time {spent['difflib'] / max(spent['ours'], 1e-9):.2f}")


if __name__ == "__main__":
    main()
