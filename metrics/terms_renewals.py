"""The inputs that formulas about renewals have in common."""

from metrics.types import Term, Unit, msg

DUE = Term(msg("customers whose renewal was due"), Unit.COUNT)
RENEWED = Term(msg("customers that renewed"), Unit.COUNT)
DUE_MRR = Term(msg("MRR due for renewal"), Unit.MONEY)
NOT_RENEWED = Term(msg("MRR lost or reduced on the renewal day"), Unit.MONEY)
