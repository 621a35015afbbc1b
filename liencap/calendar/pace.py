"""Slow down who asks too often, in the memory of each worker.

The shared cache holds what guessing has used up; addresses that a thousand phones ask every hour would push
that out of it, and each question would be a write. A limit for each worker is good enough here.
"""

import time
from collections import OrderedDict, deque
from threading import Lock


class Pace:
    """Allow some questions in some seconds for each key; the keys least heard of are forgotten first."""

    def __init__(self, times: int, seconds: float, keys: int = 10_000) -> None:
        self.times, self.seconds, self.keys = times, seconds, keys
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: int) -> int:
        """Count a question and return 0, or how many seconds to wait when there were too many."""
        now = time.monotonic()
        with self._lock:
            asked = self._asked.setdefault(key, deque())
            self._asked.move_to_end(key)
            while asked and asked[0] <= now - self.seconds:
                asked.popleft()
            if len(asked) >= self.times:
                return max(1, round(asked[0] + self.seconds - now))
            asked.append(now)
            while len(self._asked) > self.keys:
                self._asked.popitem(last=False)
        return 0
