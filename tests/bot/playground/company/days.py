"""Days on which the example company must be as good as on any other."""

from datetime import date

LEAP_DAY = date(2028, 2, 29)
LAST_OF_YEAR = date(2026, 12, 31)
FIRST_OF_YEAR = date(2027, 1, 1)
CLOCKS_FORWARD = date(2026, 3, 29)
CLOCKS_BACK = date(2026, 10, 25)
ORDINARY = date(2026, 11, 23)

DAYS = (LEAP_DAY, LAST_OF_YEAR, FIRST_OF_YEAR, CLOCKS_FORWARD, CLOCKS_BACK, ORDINARY)
