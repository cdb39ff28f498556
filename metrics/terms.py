"""The inputs that formulas have in common: what people call them, and how they are shown."""

from metrics.types import Term, Unit, msg

OPENING = Term(msg("MRR at opening"), Unit.MONEY)
CLOSING = Term(msg("MRR at closing"), Unit.MONEY)
NEW = Term(msg("new MRR"), Unit.MONEY)
REACTIVATION = Term(msg("reactivation MRR"), Unit.MONEY)
EXPANSION = Term(msg("expansion MRR"), Unit.MONEY)
CONTRACTION = Term(msg("contraction MRR"), Unit.MONEY)
CHURN = Term(msg("churned MRR"), Unit.MONEY)
CROSS_SELL = Term(msg("MRR of added products"), Unit.MONEY)
INVOLUNTARY = Term(msg("MRR churned by failed payment"), Unit.MONEY)
RETAINED = Term(msg("MRR at closing of the customers at opening"), Unit.MONEY)
KEPT = Term(msg("MRR of the customers at opening, without their growth"), Unit.MONEY)
CUSTOMERS_OPENING = Term(msg("customers at opening"), Unit.COUNT)
CUSTOMERS_CLOSING = Term(msg("customers at closing"), Unit.COUNT)
CUSTOMERS_WON = Term(msg("customers won"), Unit.COUNT)
CUSTOMERS_LOST = Term(msg("customers lost"), Unit.COUNT)
TIMES_A_YEAR = Term(msg("such periods in a year"), Unit.COUNT)
