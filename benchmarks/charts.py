"""How long a chart takes to draw once matplotlib is warm (at most 150 ms each): python -m benchmarks.charts."""

from collections.abc import Mapping
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks.books import best
from commands.ui.charts import draw_png

MOST_MS = 150
TITLE = "MRR grew by $8,350 to $136,780 in October 2026"
MONTHS = [f"2025-{month:02}-01" for month in (11, 12)] + [f"2026-{month:02}-01" for month in range(1, 11)]
KINDS = ("new", "reactivation", "expansion", "contraction", "churn")
CHARTS: Mapping[str, Mapping[str, Any]] = {
    "mrr_waterfall_line": {
        "labels": {"waterfall": "October 2026, in USD", "line": "MRR at the end of each month, in USD"},
        "steps": [
            {"label": "Opening", "kind": "opening", "minor": 12_843_000},
            *({"label": kind.title(), "kind": kind, "minor": 100_000} for kind in KINDS),
            {"label": "Closing", "kind": "closing", "minor": 13_343_000},
        ],
        "months": MONTHS,
        "mrr": [10_000_000 + 300_000 * n for n in range(12)],
        "currency": "USD",
        "decimals": 2,
        "running": False,
        "locale": "en",
    },
    "churn_rate": {
        "labels": {"caption": "Share lost each month", "logo": "Customers", "gross_mrr": "MRR", "band": "acceptable"},
        "months": MONTHS,
        "logo": [100 + 40 * n for n in range(12)],
        "gross_mrr": [600 - 30 * n for n in range(12)],
        "band": [0.03, 0.05],
        "running": False,
        "locale": "en",
    },
    "health_history": {
        "labels": {"caption": "Health score, 90 days", "good": "good", "average": "average", "poor": "poor"},
        "days": [f"2026-{month:02}-{day:02}" for month in (8, 9, 10) for day in range(1, 31)],
        "scores": [80 - n // 3 for n in range(90)],
        "good_from": 70,
        "average_from": 40,
        "events": [{"day": f"2026-09-{day:02}", "label": "A champion left", "kind": "poc_left"} for day in (3, 9, 20)],
        "locale": "en",
    },
}


def main() -> None:
    begun = perf_counter()
    draw_png("churn_rate", TITLE, CHARTS["churn_rate"])
    print(f"first chart, with the import of matplotlib: {(perf_counter() - begun) * 1000:.0f} ms")
    for chart_id, data in CHARTS.items():
        took = best(partial(draw_png, chart_id, TITLE, data))
        print(f"{chart_id}: {took:.0f} ms (at most {MOST_MS}) {'ok' if took <= MOST_MS else 'TOO SLOW'}")


if __name__ == "__main__":
    main()
