"""MQL → SQL: the share of marketing-qualified leads that asked for a trial."""

from metrics import terms_pipeline as terms
from metrics.arithmetic import ratio
from metrics.facts import PipelineTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def mql_to_sql(facts: PipelineTotals) -> Figure:
    """MQLs that asked for a trial over MQLs. None where no lead was qualified.

    >>> mql_to_sql(PipelineTotals(leads=120, mql=50, sql=20, converted=6)).value
    Fraction(2, 5)
    """
    return Figure(ratio(facts.sql, facts.mql), {"sql": facts.sql, "mql": facts.mql})


METRIC = Metric(
    id="mql_to_sql",
    title=msg("MQL → SQL"),
    definition=msg(
        "Of the leads created in the period that marketing qualified, the share that has asked for a trial by now."
    ),
    formula=msg("{sql} ÷ {mql}"),
    terms={"sql": terms.SQL, "mql": terms.MQL},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: leads are followed from the period in which they were created, so that a young cohort still "
        "rises."
    ),
    facts=PipelineTotals,
    measure=mql_to_sql,
)
