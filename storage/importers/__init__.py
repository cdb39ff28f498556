"""Importers: one kind of source a module; they parse and never write."""

import sys
from collections.abc import Mapping

from metrics.catalog import collect
from storage.importing import Importer


def all_importers() -> Mapping[str, Importer]:
    """Every importer by its id."""
    return collect(sys.modules[__name__], "IMPORTER", Importer)
