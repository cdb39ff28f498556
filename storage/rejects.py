"""RejectFiles: rejected rows in CSV files of their own, ready to be mended and imported again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from storage.sources import entities_named


class RejectFiles:
    """Takes rejected rows from `load`: a file for each entity and header, with that header and nothing else.

    They lie where `path` says. A name that does not name the entity, as a file for an import must, gets it added:
    `rejected.csv` becomes `rejected-accounts.csv`; further files of an entity, with other columns, are numbered. A file
    is created when its first row comes, in the place of one that was there. What was not UTF-8 is written as it was.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: dict[tuple[str, tuple[str, ...]], IO[str]] = {}
        self.written: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()

    def __call__(self, entity: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write `rows`, cells under the columns of `header`."""
        file = self._files.get((entity, tuple(header)))
        if file is None:
            file = self._create(entity, tuple(header))
        self._writer(file).writerows(rows)

    def _create(self, entity: str, header: tuple[str, ...]) -> IO[str]:
        number = 1 + sum(entity == of for of, _ in self._files)
        path = self._path
        if entities_named(path.name, [entity]) != [entity]:
            path = path.with_name(f"{path.stem}-{entity}{path.suffix or '.csv'}")
        if number > 1:
            path = path.with_name(f"{path.stem}-{number}{path.suffix}")
        file = path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
        self._files[entity, header] = file
        self.written.append(path)
        self._writer(file).writerow(header)
        return file

    def _writer(self, file: IO[str]) -> Any:  # noqa: ANN401 - the csv module does not name its writers' type
        return csv.writer(file, lineterminator="\n")
