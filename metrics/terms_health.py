"""The inputs of the figures about health."""

from metrics.types import Term, Unit, msg

GOOD = Term(msg("customers in good health"), Unit.COUNT)
AVERAGE = Term(msg("customers in average health"), Unit.COUNT)
POOR = Term(msg("customers in poor health"), Unit.COUNT)
SCORES = Term(msg("the sum of their health scores"), Unit.COUNT)
SCORED = Term(msg("customers with a health score"), Unit.COUNT)
POOR_MRR = Term(msg("MRR of the customers in poor health"), Unit.MONEY)
