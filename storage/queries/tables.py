"""The tables as SQLAlchemy Core sees them: questions read columns into plain values, never entities."""

from storage.schema import metadata

_tables = metadata().tables

account = _tables["account"]
advocacy = _tables["advocacy"]
campaign = _tables["campaign"]
contact = _tables["contact"]
cost = _tables["cost"]
data_load = _tables["data_load"]
fx_rate = _tables["fx_rate"]
health_snapshot = _tables["health_snapshot"]
invoice = _tables["invoice"]
lead = _tables["lead"]
mrr_movement = _tables["mrr_movement"]
mrr_rollup = _tables["mrr_rollup"]
processed_event = _tables["processed_event"]
renewal = _tables["renewal"]
subscription = _tables["subscription"]
survey_response = _tables["survey_response"]
target = _tables["target"]
ticket = _tables["ticket"]
usage = _tables["usage"]
usage_day = _tables["usage_day"]
