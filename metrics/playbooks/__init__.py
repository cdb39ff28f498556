"""Playbooks that come with Latido: each module declares one PLAYBOOK, a checklist for some of the signals."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.checklists import Playbook


@cache
def all_playbooks() -> Mapping[str, Playbook]:
    """Every declared playbook, by its id."""
    return collect(import_module(__name__), "PLAYBOOK", Playbook)
