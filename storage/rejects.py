"""RejectFiles: rejected rows in CSV files of their own, ready to be mended and imported again."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from storage.errors import StoreError
from storage.sources import Source, entities_named


class RejectFiles:
    """Takes rejected rows from `load`: a file for each entity and header, with that header and nothing else.

    They lie where `path` says. A name that does not name the entity, as a file for an import must, gets it added:
    `rejected.csv` becomes `rejected-accounts.csv`; further files of an entity, with other columns, are numbered. A file
    grows beside its place, under a name of its own, and takes that place, and that of a file that was there, at the
    end; without a rejected row there is none. What was not UTF-8 is written as it was.

    StoreError where a file that is to be imported, one of `sources`, lies in such a place: its good rows would be lost.
    """

    def __init__(self, path: Path, sources: Iterable[Source] = ()) -> None:
        self._path = path
        self._files: dict[tuple[str, tuple[str, ...]], IO[str]] = {}
        self._refuse_places_of(tuple(sources))
        self.written: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file, path in zip(self._files.values(), self.written, strict=True):
            file.close()
            _growing(path).replace(path)

    def __call__(self, entity: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write `rows`, cells under the columns of `header`."""
        file = self._files.get((entity, tuple(header)))
        if file is None:
            file = self._create(entity, tuple(header))
        self._writer(file).writerows(rows)

    def _create(self, entity: str, header: tuple[str, ...]) -> IO[str]:
        path = self._place(entity, 1 + sum(entity == of for of, _ in self._files))
        file = _growing(path).open("w", encoding="utf-8", errors="surrogateescape", newline="")
        self._files[entity, header] = file
        self.written.append(path)
        self._writer(file).writerow(header)
        return file

    def _place(self, entity: str, number: int) -> Path:
        path = self._path
        if entities_named(path.name, [entity]) != [entity]:
            path = path.with_name(f"{path.stem}-{entity}{path.suffix or '.csv'}")
        if number > 1:
            path = path.with_name(f"{path.stem}-{number}{path.suffix}")
        return path

    def _refuse_places_of(self, sources: Sequence[Source]) -> None:
        """A file has one header, so an entity gets no more reject files than it has sources."""
        entities = [source.entity.id for source in sources]
        places = {self._place(entity, entities[:n].count(entity) + 1) for n, entity in enumerate(entities)}
        for source in sources:
            if any(place.exists() and place.samefile(source.path) for place in places):
                raise StoreError(
                    f"the rejected rows would take the place of {source.path}, which is to be imported: "
                    "give their file another name"
                )

    def _writer(self, file: IO[str]) -> Any:  # noqa: ANN401 - the csv module does not name its writers' type
        return csv.writer(file, lineterminator="\n")


def _growing(path: Path) -> Path:
    """Where the file is written that is to lie at `path`; no importer reads a file of that suffix."""
    return path.with_name(f"{path.name}.part")
