"""metadata(): every table of the store, for migrations, bulk loads and tests."""

import importlib
import pkgutil

from sqlalchemy import MetaData

from storage import models
from storage.models.base import Table


def metadata() -> MetaData:
    """The metadata of all models; their modules are imported at the first call."""
    for module in pkgutil.iter_modules(models.__path__):
        importlib.import_module(f"{models.__name__}.{module.name}")
    return Table.metadata
