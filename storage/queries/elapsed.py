"""Time between two moments, computed by the database: reading thousands of moments to subtract them takes longer."""

from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_MINUTE: Final = 60


class _Seconds(FunctionElement[int]):
    """A moment in whole seconds since 1970; fractions of a second are cut off, on every database alike."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Seconds, "sqlite")
def _sqlite(element: _Seconds, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **how)}) AS INTEGER)"


@compiles(_Seconds, "postgresql")
def _postgresql(element: _Seconds, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **how)})) AS BIGINT)"


def minutes_between(earlier: ColumnElement[Any], later: ColumnElement[Any]) -> ColumnElement[int]:
    """Whole minutes from one moment to another that is not before it; NULL where one of them is not known."""
    return (_Seconds(later) - _Seconds(earlier)) // _MINUTE
