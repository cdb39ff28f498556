"""Kinds of surveys: each module declares one SURVEY."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.surveying import Survey


@cache
def all_surveys() -> Mapping[str, Survey]:
    """Every kind, by its id."""
    return collect(import_module(__name__), "SURVEY", Survey)


@cache
def scales() -> Mapping[str, tuple[int, int]]:
    """The scale of every kind that has one, by its id."""
    return {survey.id: survey.scale for survey in all_surveys().values() if survey.scale is not None}
