"""The line that `read_many(…, progress=True)` writes."""

import sys
import time

# A terminal or notebook that is written to more often only flickers.
_SECONDS = 0.1


class Line:
    """Counts files on the standard error, in one line that is written again."""

    def __init__(self) -> None:
        self._written = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self._written < _SECONDS:
            return
        self._written = now
        end = "\n" if done == total else ""
        print(f"\r{done} / {total}", end=end, file=sys.stderr, flush=True)
