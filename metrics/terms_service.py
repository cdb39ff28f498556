"""The inputs that the figures about support have in common."""

from metrics.types import Term, Unit, msg

OPENED = Term(msg("tickets opened"), Unit.COUNT)
ESCALATED = Term(msg("tickets escalated"), Unit.COUNT)
RESPONSES = Term(msg("tickets with a first response"), Unit.COUNT)
PERCENTILE_90 = Term(msg("the 90th percentile"), Unit.MINUTES)
RESOLVED = Term(msg("tickets resolved"), Unit.COUNT)
RESOLVED_AT_FIRST = Term(msg("tickets resolved with one contact"), Unit.COUNT)
CONTACTS = Term(msg("contacts by customers"), Unit.COUNT)
CUSTOMERS = Term(msg("customers on average"), Unit.MEAN)
