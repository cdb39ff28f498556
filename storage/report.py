"""What a load found and did: a LoadReport, of a FileReport each, with a Problem for each thing that is wrong."""

from typing import NamedTuple

from metrics.types import Sentence

PROBLEMS_KEPT = 1000
"""A file's report keeps so many problems; the counts go on."""


class Problem(NamedTuple):
    """Something wrong, as `file:line column: what, value`."""

    file: str
    line: int | None
    """None: it is about the file as a whole."""
    column: str | None
    """None: it is about the row as a whole."""
    what: Sentence
    """Begins in the middle of a sentence, after the column's name; a whole sentence where there is no column."""
    value: str
    """What was read, shortened, printable."""


class FileReport(NamedTuple):
    """One file: read = new + changed + unchanged + rejected, unless the load was strict and nothing was stored."""

    name: str
    entity: str | None
    """None: the file's name does not tell."""
    read: int = 0
    """Rows without the header and blank lines."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: tuple[Problem, ...] = ()
    """The first PROBLEMS_KEPT of them, by line."""
    unknown_columns: tuple[str, ...] = ()
    """Columns that the contract does not have; they were left out."""
    refused: bool = False
    """Nothing of it was read; `problems` says why."""


class LoadReport(NamedTuple):
    """All files, in the order in which they were loaded."""

    files: tuple[FileReport, ...]
    stored: bool
    """False: the load was strict, something was wrong, and nothing at all was written."""

    @property
    def flawless(self) -> bool:
        """Whether no file was refused and no row rejected."""
        return not any(file.refused or file.rejected for file in self.files)
