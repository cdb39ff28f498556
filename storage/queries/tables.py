"""The tables as SQLAlchemy Core sees them: questions read columns into plain values, never entities."""

from storage.schema import metadata

_tables = metadata().tables

account = _tables["account"]
contact = _tables["contact"]
data_load = _tables["data_load"]
fx_rate = _tables["fx_rate"]
health_snapshot = _tables["health_snapshot"]
invoice = _tables["invoice"]
mrr_movement = _tables["mrr_movement"]
mrr_rollup = _tables["mrr_rollup"]
processed_event = _tables["processed_event"]
survey_response = _tables["survey_response"]
ticket = _tables["ticket"]
usage = _tables["usage"]
usage_day = _tables["usage_day"]
