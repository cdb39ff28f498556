"""The inputs that figures about use of the product and about onboarding have in common."""

from metrics.types import Term, Unit, msg

DAILY_USERS = Term(msg("active users of each day, added up"), Unit.COUNT)
USERS = Term(msg("active users in 28 days"), Unit.COUNT)
USER_WEEKS = Term(msg("active users of each week, added up"), Unit.COUNT)
SESSIONS = Term(msg("sessions in 28 days"), Unit.COUNT)
DAYS = Term(msg("days"), Unit.COUNT)
FEATURE_USERS = Term(msg("customers that use each feature, added up"), Unit.COUNT)
FEATURES = Term(msg("features tracked"), Unit.COUNT)
CUSTOMERS = Term(msg("customers"), Unit.COUNT)
USE_NOW = Term(msg("use in 28 days"), Unit.COUNT)
USE_BEFORE = Term(msg("use in the 28 days before"), Unit.COUNT)
USERS_STARTED = Term(msg("users that started"), Unit.COUNT)
USERS_ACTIVATED = Term(msg("users activated"), Unit.COUNT)
ONBOARDINGS = Term(msg("onboardings completed"), Unit.COUNT)
SHORTEST = Term(msg("the shortest onboarding"), Unit.DAYS)
LONGEST = Term(msg("the longest onboarding"), Unit.DAYS)
