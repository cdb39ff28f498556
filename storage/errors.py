"""What can go wrong in the store.

StoreError                  base of all below
├── NotFound                nothing has that key
├── Conflict                a row contradicts what is stored
├── ImportRejected          a file is refused whole (its header lacks a column, it is no text, …)
└── SchemaBehind            the database has not been migrated to what this version needs
"""

from metrics.types import Sentence


class StoreError(Exception):
    """Anything that the store refuses."""


class NotFound(StoreError):
    """Nothing has that key."""


class Conflict(StoreError):
    """A row contradicts what is stored."""


class ImportRejected(StoreError):
    """A file is refused whole; `what` says why to people, `value` is what was found."""

    def __init__(self, what: Sentence, value: str = "") -> None:
        super().__init__(what.text)
        self.what = what
        self.value = value


class SchemaBehind(StoreError):
    """The database has not been migrated to what this version needs."""
