"""A draw is the same for everybody who has the seed, and fair enough to be a sample."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.sampling import digest_of, draw

KEYS = [f"{n} file" for n in range(20)]


@given(st.text(max_size=20), st.integers(0, 40), st.randoms())
def test_the_same_seed_draws_the_same_keys_in_whatever_order_they_come(seed, size, chance):
    mixed = chance.sample(KEYS, len(KEYS))
    drawn, again = ([keys[place] for place in draw(seed, keys, size)] for keys in (KEYS, mixed))
    assert drawn == again
    assert len(set(drawn)) == len(drawn) == min(size, len(KEYS))
    assert digest_of(KEYS) == digest_of(mixed)


def test_what_was_drawn_once_is_drawn_for_ever():
    assert draw("58313", ["1 a", "2 b", "3 c", "4 d"], 2) == [1, 2]


def test_each_key_is_drawn_about_equally_often():
    counts = Counter(place for seed in range(2000) for place in draw(str(seed), KEYS, 5))
    assert all(400 < counts[place] < 600 for place in range(20))


def test_equal_keys_are_the_caller_s_mistake():
    with pytest.raises(ValueError, match="same"):
        draw("1", ["a", "a"], 1)
