"""Which files are to be loaded as which entity, and in which order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from metrics.types import Sentence
from storage.entities import all_entities
from storage.entity import Entity
from storage.importers import all_importers
from storage.importing import Importer
from storage.report import Problem


class Source(NamedTuple):
    """A file of an entity's rows."""

    path: Path
    entity: Entity
    importer: Importer


def find_sources(paths: Iterable[Path | str]) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The files among `paths` and in the folders among them, and what cannot be loaded and why.

    Entities that others refer to come first, files of one entity by their path. A file that is named twice is loaded
    once. Of a folder, files that no importer reads are left out without a word, and folders in it are not entered.
    """
    entities = all_entities()
    importers = {suffix: importer for importer in all_importers().values() for suffix in importer.suffixes}
    sources: dict[Path, Source] = {}
    problems: list[Problem] = []
    for path in _files(map(Path, paths), importers):
        found = _source(path, entities, importers)
        if isinstance(found, Source):
            sources.setdefault(path.resolve(), found)
        else:
            problems.append(Problem(str(path), None, None, found, ""))
    order = list(entities)
    return tuple(sorted(sources.values(), key=lambda s: (order.index(s.entity.id), s.path))), tuple(problems)


def _files(paths: Iterable[Path], importers: Mapping[str, Importer]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in importers)
        else:
            yield path


def _source(path: Path, entities: Mapping[str, Entity], importers: Mapping[str, Importer]) -> Source | Sentence:
    if not path.is_file():
        return Sentence("There is no such file.")
    if path.suffix.lower() not in importers:
        return Sentence("Only files of these kinds can be read: {suffixes}", {"suffixes": ", ".join(importers)})
    named = entities_named(path.name, list(entities))
    if len(named) == 1:
        return Source(path, entities[named[0]], importers[path.suffix.lower()])
    if named:
        values = {"entities": ", ".join(named)}
        return Sentence("The file's name must say one thing, not several: {entities}", values)
    near = get_close_matches(path.stem.lower(), list(entities), n=1, cutoff=0)[0]
    values = {"nearest": f"{near}{path.suffix}", "entities": ", ".join(entities)}
    return Sentence("The file's name must say what is in it, perhaps {nearest}; known are: {entities}", values)


def entities_named(name: str, entities: Sequence[str]) -> list[str]:
    """The entities that a file's name has as a word: `accounts.csv`, `2026-11_accounts.csv`, `Accounts rejected.csv`.

    >>> entities_named("rejected-survey_responses-2.csv", ["accounts", "survey_responses"])
    ['survey_responses']
    """
    return [entity for entity in entities if re.search(rf"(?<![a-z]){entity}(?![a-z])", name.lower())]
