"""The worker beside the web server is kept running without taking a core when it cannot run."""

from types import SimpleNamespace

from liencap.serving import Kept


def test_a_worker_that_dies_at_once_is_started_again_after_longer_and_longer_pauses():
    now, starts = [0.0], []

    def start():
        starts.append(now[0])
        return SimpleNamespace(poll=lambda: 1)

    kept = Kept(start, clock=lambda: now[0])
    while now[0] < 600:
        now[0] += 0.5
        kept.look()
    assert starts[:5] == [0.0, 0.5, 1.5, 3.5, 7.5]
    assert len(starts) < 20


def test_a_worker_that_ran_for_long_is_started_again_at_once():
    now, starts, alive = [0.0], [], [True]

    def start():
        starts.append(now[0])
        return SimpleNamespace(poll=lambda: None if alive[0] else 1)

    kept = Kept(start, clock=lambda: now[0])
    for now[0], alive[0] in ((1.0, False), (2.0, True), (100.0, True), (101.0, False), (101.5, True)):
        kept.look()
    assert starts == [0.0, 1.0, 101.0]
