"""The monthly report of 10,000 accounts and 40 CSMs: python -m benchmarks.report.

Composing it is held against the SQL-heavy figures one by one (the same facts, each read for each of its metrics);
its PDF against drawing its charts, which any card pays for as well: at most 3 times that.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from benchmarks.books import TODAY, best, store
from commands.core.arguments import Arguments
from commands.core.metric_values import values
from commands.core.report_question import ENTITIES, report
from commands.core.report_rows import PARTS
from commands.core.request import Company
from commands.ui.cards.report_paper import report_paper
from commands.ui.charts import draw_png
from commands.ui.pages import lay_out
from commands.ui.text import translator
from metrics.formulas import all_metrics
from metrics.periods import last_full_month
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.schema import metadata
from storage.session import reading, transaction

COMPANY = Company("USD", ZoneInfo("Europe/Madrid"))
MOST_MS = 2_000
MOST_TIMES = 3


def main() -> None:
    month = last_full_month(TODAY)
    metrics = [all_metrics()[name] for part in PARTS for name in part.rows if isinstance(name, str)]
    with store(people=True) as engine:
        with transaction(engine) as db:  # what it has has come in: else it would be unknown, and not be read
            loads = [{"entity": entity, "loaded_at": datetime.now(UTC)} for entity in ENTITIES]
            db.connection().execute(insert(metadata().tables["data_load"]), loads)
        with reading(engine) as db:
            asked = Arguments(month)
            answer = report(db, asked, company=COMPANY, today=TODAY)
            took = best(lambda: report(db, asked, company=COMPANY, today=TODAY), 3)
            scope = Scope(month, rates_on(db, month.last, home="USD"), COMPANY.zone)
            once = best(lambda: [values(db, [metric], scope) for metric in metrics], 3)
    verdict = "ok" if took <= MOST_MS else "TOO SLOW"
    print(f"composed in {took:.0f} ms (at most {MOST_MS}) {verdict}; its month's metrics one by one: {once:.0f} ms")
    paper = report_paper(answer, translator("en"))

    def draw() -> list[bytes | None]:
        return [draw_png(chart.id, chart.title, chart.data) for chart in paper.charts]

    pictures = draw()
    charts, pages = best(draw, 3), best(lambda: lay_out(paper.data, pictures), 3)
    times = (charts + pages) / charts
    verdict = "ok" if times <= MOST_TIMES else "TOO SLOW"
    print(f"PDF: {charts:.0f} ms of charts and {pages:.0f} ms of pages, {times:.1f} × (at most {MOST_TIMES}) {verdict}")


if __name__ == "__main__":
    main()
