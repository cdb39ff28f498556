import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from metrics.formulas import all_metrics
from storage.session import transaction
from tests.bot.cli.conftest import Latido, Said
from tests.bot.small_company import LATER, bring
from tests.storage.queries import rows

OCTOBER = ("--period", "2026-10")
NOVEMBER = ("--period", "2026-11-01..2026-11-22")


@pytest.fixture
def company(latido: Latido, store: Engine) -> None:
    latido("migrate")
    bring(store, LATER)


def objects(said: Said) -> list[dict[str, Any]]:
    assert (said.code, said.err) == (0, "")
    return [json.loads(line) for line in said.out.splitlines()]


@pytest.mark.usefixtures("company")
def test_a_figure_is_one_object_with_all_that_it_rests_on(latido: Latido) -> None:
    (figure,) = objects(latido("metric", "mrr_churn", *NOVEMBER, "--json"))
    inputs = {"churn": {"minor": 20_000, "currency": "USD"}, "opening": {"minor": 182_500, "currency": "USD"}}
    coverage = figure.pop("coverage")
    assert figure == {
        "metric": "mrr_churn",
        "period": {"start": "2026-11-01", "end": "2026-11-23"},
        "filters": {"segment": None, "csm": None, "plan": None, "account": None},
        "value": "0.109589041096",
        "unit": "ratio",
        "inputs": inputs,
        "as_of": "2026-11-22",
    }
    assert (coverage["customers"], coverage["with_usage"], coverage["usage_until"]) == (2, 2, "2026-11-22")
    assert coverage["imported_on"] == {"subscriptions": "2026-11-22"}


@pytest.mark.usefixtures("company")
def test_money_is_minor_units_and_a_count_a_number(latido: Latido) -> None:
    (mrr,), (customers,) = (objects(latido("metric", name, *OCTOBER, "--json")) for name in ("mrr", "customers"))
    assert mrr["value"] == {"minor": 175_000, "currency": "USD"}
    assert customers["value"] == 3


@pytest.mark.usefixtures("company")
def test_amounts_can_be_shown_in_another_currency(latido: Latido, store: Engine) -> None:
    with transaction(store) as db:
        rows.add(db, "fx_rate", currency="GBP", day=date(2026, 1, 1), rate="1.25")
    (own,) = objects(latido("metric", "mrr", *OCTOBER, "--json"))
    (pounds,) = objects(latido("metric", "mrr", *OCTOBER, "--currency", "pounds", "--json"))
    assert pounds["value"] == {"minor": own["value"]["minor"] * 4 // 5, "currency": "GBP"}
    assert objects(latido("metric", "mrr", *OCTOBER, "--currency", "usd", "--json")) == [own]
    assert "£" in latido("metric", "mrr", *OCTOBER, "--currency", "GBP").out
    refused = latido("metric", "mrr", *OCTOBER, "--currency", "CHF")
    assert (refused.code, refused.out) == (2, "")
    assert "no exchange rates for “CHF”. Nearest: USD, EUR, GBP" in refused.err
    early = latido("metric", "mrr", "--period", "2025-12", "--currency", "GBP")
    assert (early.code, "no exchange rate for GBP on or before 31 Dec 2025" in early.err) == (2, True)


@pytest.mark.usefixtures("company")
def test_the_last_full_month_is_meant_unless_a_period_is_named(latido: Latido) -> None:
    (figure,) = objects(latido("metric", "mrr", "--json"))
    start, end = figure["period"].values()
    assert start.endswith("-01")
    assert end.endswith("-01")
    (figure,) = objects(latido("metric", "mrr", "--period", "Q3 2026", "--json"))
    assert figure["period"] == {"start": "2026-07-01", "end": "2026-10-01"}


@pytest.mark.usefixtures("company")
def test_a_value_each_for_the_parts_of_the_book(latido: Latido) -> None:
    of = objects(latido("metric", "mrr", *OCTOBER, "--by", "csm", "--json"))
    assert [(one["group"], one["value"]["minor"]) for one in of] == [
        ({"by": "csm", "name": "ana@us.example"}, 155_000),
        ({"by": "csm", "name": "ben@us.example"}, 20_000),
    ]
    of = objects(latido("metric", "mrr", *OCTOBER, "--by", "segment", "--json"))
    assert [(one["group"]["name"], one["value"]["minor"]) for one in of] == [(None, 175_000)]
    of = objects(latido("metric", "mrr", *OCTOBER, "--by", "plan", "--csm", "ana", "--json"))
    assert [(one["group"]["name"], one["value"]["minor"]) for one in of] == [("Team", 155_000)]


@pytest.mark.usefixtures("company")
def test_the_accounts_behind_a_figure(latido: Latido) -> None:
    of = objects(latido("metric", "mrr", *OCTOBER, "--by", "account", "--json"))
    (whole,) = objects(latido("metric", "mrr", *OCTOBER, "--json"))
    assert sum(one["value"]["minor"] for one in of) == whole["value"]["minor"]
    assert "acme" in [one["group"]["name"] for one in of]
    told = latido("metric", "mrr", *OCTOBER, "--by", "account").out
    assert " · October 2026, acme\n" in told


@pytest.mark.usefixtures("company")
def test_months_add_up_because_they_have_one_rate(latido: Latido) -> None:
    months = objects(latido("metric", "net_new_mrr", "--period", "2026-09-01..2026-11-22", "--by", "month", "--json"))
    (whole,) = objects(latido("metric", "net_new_mrr", "--period", "2026-09-01..2026-11-22", "--json"))
    assert [month["group"]["name"] for month in months] == ["2026-09", "2026-10", "2026-11"]
    assert sum(month["value"]["minor"] for month in months) == whole["value"]["minor"] == -20_000


@pytest.mark.usefixtures("company")
def test_filters_narrow_the_book_and_are_told(latido: Latido) -> None:
    (one,) = objects(latido("metric", "customers", *OCTOBER, "--account", "Acme", "--json"))
    assert (one["value"], one["filters"]["account"]) == (1, "acme")
    (one,) = objects(latido("metric", "customers", *OCTOBER, "--csm", "ana", "--plan", "team", "--json"))
    assert (one["value"], one["filters"]["csm"], one["filters"]["plan"]) == (2, "ana@us.example", "Team")
    (one,) = objects(latido("metric", "customers", *OCTOBER, "--segment", "", "--json"))
    assert (one["value"], one["filters"]["segment"]) == (3, "")


@pytest.mark.usefixtures("company")
def test_all_metrics_come_one_a_line(latido: Latido) -> None:
    found = objects(latido("metric", "--all", *OCTOBER, "--json"))
    assert [one["metric"] for one in found] == list(all_metrics())


@pytest.mark.usefixtures("company")
def test_as_a_table_for_spreadsheets(latido: Latido) -> None:
    said = latido("metric", "--all", *OCTOBER, "--by", "csm", "--csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert len(rows) == 2 * len(all_metrics())
    mrr = [row for row in rows if row["metric"] == "mrr"]
    assert [(row["group"], row["value"], row["currency"]) for row in mrr] == [
        ("ana@us.example", "1550.00", "USD"),
        ("ben@us.example", "200.00", "USD"),
    ]
    zero = next(row for row in rows if row["metric"] == "mrr_churn")
    assert (zero["value"], zero["currency"]) == ("0.000000000000", "")


@pytest.mark.usefixtures("company")
def test_people_read_a_title_a_value_the_period_and_the_formula(latido: Latido) -> None:
    assert latido("metric", "nrr", *OCTOBER).out.splitlines() == [
        "Net revenue retention: 100% · October 2026, all customers",
        "  = $1,750 ÷ $1,750 = 100%",
    ]
    assert "no segment" in latido("metric", "nrr", *OCTOBER, "--by", "segment").out
    assert "Q3 2026, acme" in latido("metric", "nrr", "--period", "2026-Q3", "--account", "acme").out


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nrrr",), "There is no metric “nrrr”. Nearest: nrr"),
        (("nrr", "--csm", "anna@us.example"), "Nearest: ana@us.example"),
        (("nrr", "--plan", "tem"), "Nearest: Team"),
        (("nrr", "--account", "acmee"), "Nearest: acme"),
        (("nrr", "--period", "octobre"), "Nearest: october"),
        (("nrr", "--segment", "smb"), "There is no segment “smb”."),
    ],
)
def test_what_nobody_knows_is_told_with_the_nearest(latido: Latido, words: tuple[str, ...], said: str) -> None:
    found = latido("metric", *words, "--json")
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert found.err.startswith("latido metric: ")


def test_an_empty_store_has_no_answer_and_that_is_no_error(latido: Latido) -> None:
    found = objects(latido("metric", "--all", "--json"))
    assert [one["metric"] for one in found if one["value"] is not None] == []
    assert found[0]["coverage"]["usage_until"] is None
    assert latido("metric", "mrr").out.startswith("MRR: n/a · ")


@pytest.mark.parametrize("words", [(), ("nrr", "--all"), ("nrr", "--json", "--csv"), ("nrr", "--by", "country")])
def test_a_call_that_contradicts_itself_is_refused(latido: Latido, words: tuple[str, ...]) -> None:
    assert latido("metric", *words).code == 2


@pytest.mark.usefixtures("company")
def test_a_time_of_response_says_which_hours_it_counts(latido: Latido, monkeypatch: pytest.MonkeyPatch) -> None:
    (figure,) = objects(latido("metric", "first_response_time", *OCTOBER, "--json"))
    assert figure["inputs"]["counted_in"] == "calendar hours"
    assert latido("metric", "first_response_time", *OCTOBER).out.splitlines()[0].endswith(" · calendar hours")
    monkeypatch.setenv("LATIDO_BUSINESS_HOURS", "Mon-Fri 9:00-18:00")
    (figure,) = objects(latido("metric", "first_response_time", *OCTOBER, "--json"))
    assert figure["inputs"]["counted_in"] == "business hours mon-fri 09:00-18:00"
    assert latido("metric", "first_response_time", *OCTOBER).out.splitlines()[0].endswith(" Mon–Fri 09:00–18:00")
