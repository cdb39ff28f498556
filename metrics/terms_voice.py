"""The input that the figures of customers' answers have in common."""

from metrics.types import Term, Unit, msg

ANSWERS = Term(msg("answers"), Unit.COUNT)
