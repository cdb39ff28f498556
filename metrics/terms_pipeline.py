"""The inputs that the figures about leads and campaigns have in common."""

from metrics.types import Term, Unit, msg

LEADS = Term(msg("leads created"), Unit.COUNT)
MQL = Term(msg("marketing-qualified leads"), Unit.COUNT)
SQL = Term(msg("of them asked for a trial"), Unit.COUNT)
CONVERTED = Term(msg("leads that became customers"), Unit.COUNT)
SENT = Term(msg("recipients"), Unit.COUNT)
OPENED = Term(msg("recipients who opened"), Unit.COUNT)
CLICKED = Term(msg("recipients who clicked"), Unit.COUNT)
