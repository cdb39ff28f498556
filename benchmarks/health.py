"""Speed of everybody's health beside the one SQL that reads the usage it needs: python -m benchmarks.health."""

from collections.abc import Callable
from datetime import UTC

from benchmarks.books import TODAY, best, store
from metrics.factors import all_factors
from metrics.health import scorer
from metrics.types import HealthPolicy
from storage.columns import day_number
from storage.queries.feed import FEEDS, coming_in, feeds
from storage.queries.health import account_facts, data_coverage
from storage.queries.rates import rates_on
from storage.queries.snapshots import record
from storage.session import reading, transaction

LIMIT_RATIO, ONE_MS = 3, 1
_READ = """
SELECT account_id,
       count(DISTINCT CASE WHEN day > :now THEN day END),
       count(DISTINCT CASE WHEN day <= :now AND day > :past THEN day END),
       sum(CASE WHEN day > :now THEN sessions END), sum(CASE WHEN day <= :now AND day > :past THEN sessions END),
       sum(sessions),
       count(DISTINCT CASE WHEN day > :now THEN user_key END),
       count(DISTINCT CASE WHEN day <= :now AND day > :past THEN user_key END),
       count(DISTINCT CASE WHEN day > :fortnight THEN feature END)
FROM usage
WHERE day > :oldest AND day <= :last
  AND (sessions > 0 OR events > 0 OR minutes > 0 OR coalesce(sessions, events, minutes) IS NULL)
GROUP BY account_id
"""


def main() -> None:
    last = day_number(TODAY)
    days = {"last": last, "fortnight": last - 14, "now": last - 28, "past": last - 56, "oldest": last - 90}
    score = scorer(all_factors(), HealthPolicy())
    with store(people=True) as engine, reading(engine) as db:
        cursor = db.connection().connection.cursor()
        rates = rates_on(db, TODAY, home="USD")

        def facts() -> int:
            return sum(1 for _ in account_facts(db, as_of=TODAY, zone=UTC, rates=rates))

        def scores() -> int:
            found = account_facts(db, as_of=TODAY, zone=UTC, rates=rates)
            return sum(score(one).score is not None for one in found)

        def one() -> list[object]:
            return list(account_facts(db, as_of=TODAY, zone=UTC, rates=rates, account_ids=(4_711,)))

        read = best(lambda: cursor.execute(_READ, days).fetchall(), 3)
        works: dict[str, tuple[Callable[[], object], float | None]] = {
            "facts of all accounts": (facts, None),
            f"facts and scores of all (limit {LIMIT_RATIO} x)": (scores, LIMIT_RATIO * read),
            f"facts of one account (limit {ONE_MS} ms)": (one, ONE_MS),
            "how complete the data is": (lambda: data_coverage(db, as_of=TODAY), None),
            "which feeds have stopped": (lambda: coming_in(db, TODAY), None),
            f"the habit of every feed (limit {len(FEEDS)} ms)": (lambda: feeds(db, TODAY), len(FEEDS) * ONE_MS),
        }
        print(f"{facts():,} accounts, 900,000 rows of usage")
        print(f"  {'the one SQL that reads the usage':<42}{read:9.2f} ms    1.00 x")
        for name, (work, limit) in works.items():
            took = best(work, 3 if limit is None or limit > ONE_MS else 50)
            verdict = "" if limit is None else ("  ok" if took <= limit else "  TOO SLOW")
            print(f"  {name:<42}{took:9.2f} ms  {took / read:6.3f} x{verdict}")
        found = [(one.account_id, score(one)) for one in account_facts(db, as_of=TODAY, zone=UTC, rates=rates)]

    with store() as engine, transaction(engine) as db:
        took = best(lambda: record(db, TODAY, found), 3)
        print(f"  {'their snapshots, written':<42}{took:9.2f} ms")


if __name__ == "__main__":
    main()
