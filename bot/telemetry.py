"""What the bot counts of itself, as text for Prometheus. Counts are of this process, from its start."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, chain
from threading import Lock
from typing import NamedTuple

BOUNDS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Gauge(NamedTuple):
    """One gauge with its values by labels as Prometheus writes them: `{state="sent"}`, or nothing."""

    name: str
    values: Mapping[str, int]


class Telemetry:
    """Counters, one histogram of how long answers take, and gauges that are read when somebody looks."""

    def __init__(self) -> None:
        """Everything starts at zero."""
        self._lock = Lock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._buckets = [0] * (len(BOUNDS_SECONDS) + 1)
        self._seconds = 0.0
        self._gauges: dict[str, Callable[[], int]] = {}
        self._counted: list[Callable[[], Iterable[Gauge]]] = []

    def count(self, name: str, outcome: str) -> None:
        """Add one to `latido_<name>_total` of that outcome."""
        with self._lock:
            self._counts[name, outcome] += 1

    def took(self, seconds: float) -> None:
        """Note how long an answer took, from being taken up to being sent."""
        with self._lock:
            self._buckets[bisect_left(BOUNDS_SECONDS, seconds)] += 1
            self._seconds += seconds

    def watch(self, gauges: Mapping[str, Callable[[], int]]) -> None:
        """Show what these functions return, by name of the queue they look at."""
        self._gauges.update(gauges)

    def watch_counts(self, read: Callable[[], Iterable[Gauge]]) -> None:
        """Show what this function returns, each time somebody looks."""
        self._counted.append(read)

    def text(self) -> str:
        """All of it in Prometheus' text format."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        with self._lock:
            counts, buckets, seconds = sorted(self._counts.items()), list(self._buckets), self._seconds
        shown: set[str] = set()
        for (name, outcome), value in counts:
            if name not in shown:
                yield f"# TYPE latido_{name}_total counter"
                shown.add(name)
            yield f'latido_{name}_total{{outcome="{outcome}"}} {value}'
        yield "# TYPE latido_answer_seconds histogram"
        for bound, below in zip([*map(str, BOUNDS_SECONDS), "+Inf"], accumulate(buckets), strict=True):
            yield f'latido_answer_seconds_bucket{{le="{bound}"}} {below}'
        yield f"latido_answer_seconds_sum {seconds:.6f}"
        yield f"latido_answer_seconds_count {sum(buckets)}"
        yield "# TYPE latido_queue_depth gauge"
        for name, depth in sorted(self._gauges.items()):
            yield f'latido_queue_depth{{queue="{name}"}} {depth()}'
        for gauge in chain.from_iterable(read() for read in self._counted):
            yield f"# TYPE latido_{gauge.name} gauge"
            for labels, value in gauge.values.items():
                yield f"latido_{gauge.name}{labels} {value}"
