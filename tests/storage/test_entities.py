"""The declarations of the entities against the data contract and the tables."""

import pytest

from metrics.formulas import all_metrics
from storage.entities import all_entities
from storage.entities.targets import METRICS
from storage.entity import Entity

CONTRACT = {
    "accounts": "ACCOUNT_ID* NAME domain segment csm_email currency created_on lifecycle_stage industry country"
    " language seats_purchased potential_mrr renewal_on onboarding_started_on activated_on slack_channel_id",
    "contacts": "CONTACT_ID* ACCOUNT_ID NAME email role is_poc slack_user_id language started_on left_on activated_on"
    " bounced_on",
    "subscriptions": "SUBSCRIPTION_ID* ACCOUNT_ID PRODUCT PLAN quantity AMOUNT CURRENCY INTERVAL interval_count"
    " STARTED_ON* ended_on end_reason end_detail cancelled_on",
    "invoices": "INVOICE_ID* ACCOUNT_ID AMOUNT CURRENCY DUE_ON paid_on STATUS attempts failed_on",
    "usage": "ACCOUNT_ID* DAY* user_id* feature* sessions events minutes",
    "tickets": "TICKET_ID* ACCOUNT_ID OPENED_AT first_response_at resolved_at customer_contacts escalated priority"
    " csm_email",
    "survey_responses": "RESPONSE_ID* ACCOUNT_ID contact_id KIND SCORE comment RESPONDED_AT",
    "leads": "LEAD_ID* CREATED_ON source content mql_on sql_on converted_on account_id",
    "campaigns": "CAMPAIGN_ID* DAY* account_id* name kind sent opened clicked",
    "costs": "COST_ID* DAY CATEGORY AMOUNT CURRENCY account_id",
    "advocacy": "ADVOCACY_ID* ACCOUNT_ID KIND DAY note",
    "fx_rates": "CURRENCY* DAY* RATE",
    "targets": "CSM_EMAIL* METRIC* PERIOD* TARGET",
}
"""The columns of data-contract.md: capitals are required, a star is part of the key."""
IN_SLACK = {
    "contacts": {"slack_user_id"},
    "survey_responses": {"ask_id", "choice", "language", "responder", "voided_at", "voided_by", "void_reason"},
}
"""Columns that are filled in Slack, or follow from what is known there."""
WITHOUT = {"score"}
"""What is required of a file, and not there where an answer is a choice."""


def written(entity: Entity) -> str:
    names = (field.name.upper() if field.required else field.name for field in entity.fields)
    return " ".join(name + "*" * field.key for name, field in zip(names, entity.fields, strict=True))


def test_the_entities_are_those_of_the_contract() -> None:
    assert {name: written(entity) for name, entity in all_entities().items()} == CONTRACT


@pytest.mark.parametrize("entity", all_entities().values(), ids=lambda entity: entity.id)
def test_every_column_of_the_table_is_filled_by_a_field(entity: Entity) -> None:
    columns = set(entity.table.columns.keys()) - {"id"} - IN_SLACK.get(entity.id, set())
    assert columns == {field.stored_as for field in entity.fields} | {derived.column for derived in entity.derived}


@pytest.mark.parametrize("entity", all_entities().values(), ids=lambda entity: entity.id)
def test_what_the_database_needs_is_required_or_has_a_default(entity: Entity) -> None:
    for field in entity.fields:
        needed = not entity.table.columns[field.stored_as].nullable
        given = field.required or field.default is not None
        assert needed == given or (given and field.name in WITHOUT), field.name


def test_a_target_can_be_set_for_every_metric() -> None:
    assert set(all_metrics()) <= set(METRICS)
