"""The inputs of formulas about payments that failed: what people call them, and how they are shown."""

from metrics.types import Term, Unit, msg

FAILED = Term(msg("payments that failed"), Unit.COUNT)
RECOVERED = Term(msg("of them, paid by the end of the period"), Unit.COUNT)
COLLECTED = Term(msg("payments collected after they had failed"), Unit.COUNT)
SHORTEST = Term(msg("the fastest"), Unit.DAYS)
LONGEST = Term(msg("the slowest"), Unit.DAYS)
