"""How many examples Hypothesis makes up."""

from hypothesis import settings

USUAL = 100
"""Hypothesis's own number, which `make test` keeps."""


def examples(count: int) -> int:
    """`count` in `make test`, fewer in `make check`: as many as its profile in conftest says."""
    return max(1, count * settings().max_examples // USUAL)
