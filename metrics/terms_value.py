"""The inputs that formulas about value and cost have in common: what people call them, and how they are shown."""

from metrics.types import Term, Unit, msg

PAID = Term(msg("revenue paid in the period"), Unit.MONEY)
COSTS = Term(msg("costs of keeping customers"), Unit.MONEY)
GROSS_MARGIN = Term(msg("gross margin"), Unit.RATIO)
LIFETIME = Term(msg("expected lifetime in months"), Unit.MONTHS)
VALUE_OF_A_CUSTOMER = Term(msg("customer lifetime value"), Unit.MONEY)
COST_OF_A_CUSTOMER = Term(msg("retention cost per customer"), Unit.MONEY)
MONTHS = Term(msg("months in the period"), Unit.MONTHS)
PAYERS = Term(msg("accounts with a paid invoice"), Unit.COUNT)
REPEAT_PAYERS = Term(msg("accounts with at least two paid invoices"), Unit.COUNT)
POINTS = Term(msg("points of contact at opening"), Unit.COUNT)
POINTS_LEFT = Term(msg("points of contact that left"), Unit.COUNT)
YEAR_OPENING = Term(msg("MRR twelve months before"), Unit.MONEY)
YEAR_RETAINED = Term(msg("MRR at closing of the customers of twelve months before"), Unit.MONEY)
YEAR_KEPT = Term(msg("MRR of the customers of twelve months before, without their growth"), Unit.MONEY)
EXPANSIONS = Term(msg("other expansion"), Unit.MONEY)
UPGRADES = Term(msg("upgrades"), Unit.MONEY)
RENEWALS = Term(msg("renewal uplift"), Unit.MONEY)
CONTRACTIONS = Term(msg("other contraction"), Unit.MONEY)
DOWNGRADES = Term(msg("downgrades"), Unit.MONEY)
