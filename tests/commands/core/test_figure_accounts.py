from fractions import Fraction

import pytest

from commands.core.asked import arguments_of
from commands.core.errors import UserError
from commands.core.figure_accounts import FigureAccounts, accounts_behind, question
from metrics.formulas import all_metrics
from storage.session import Session
from tests.commands.asking import ask


def behind(db: Session, metric_id: str, text: str = "") -> FigureAccounts:
    request = ask()
    return accounts_behind(request, db, all_metrics()[metric_id], arguments_of(request, db, "metric", text))


def names(answer: FigureAccounts) -> list[str]:
    return [part.account.name for part in answer.parts]


def test_a_count_has_just_those_that_are_counted(crowd: Session) -> None:
    answer = behind(crowd, "lost_customers")
    assert answer.figure.value == 25
    assert len(answer.parts) == 25
    assert {(part.figure.value, part.rest.value) for part in answer.parts} == {(1, 24)}


def test_those_come_first_that_move_the_figure_most(company: Session) -> None:
    answer = behind(company, "nrr", "2026")
    assert answer.figure.value is not None
    effects = [abs(Fraction(answer.figure.value) - (part.rest.value or 0)) for part in answer.parts]
    assert len(set(effects)) > 2
    assert effects == sorted(effects, reverse=True)


def test_each_account_has_the_formulas_own_numbers(company: Session) -> None:
    answer = behind(company, "mrr")
    opening = sum(part.figure.inputs["opening"] for part in answer.parts)
    closing = sum(part.figure.value or 0 for part in answer.parts)
    assert opening == answer.figure.inputs["opening"]
    assert closing == answer.figure.value


def test_without_an_account_the_figure_is_that_of_all_others(crowd: Session) -> None:
    answer = behind(crowd, "grr")
    assert answer.figure.value is not None
    first = answer.parts[0]
    kept, opening = (answer.figure.inputs[name] - first.figure.inputs[name] for name in ("kept", "opening"))
    assert first.rest.value == Fraction(kept) / opening


def test_the_only_account_of_a_book_is_all_there_is_to_it(crowd: Session) -> None:
    answer = behind(crowd, "arpa", "csm:crowd@example.com")
    assert len(answer.parts) == 20
    assert all(part.account.csm_email == "crowd@example.com" for part in answer.parts)


def test_a_figure_without_an_answer_has_no_accounts(crowd: Session) -> None:
    answer = behind(crowd, "renewal_rate")
    assert (answer.figure.value, answer.parts) == (None, ())


@pytest.mark.parametrize("metric_id", all_metrics())
def test_every_figure_has_its_accounts(company: Session, metric_id: str) -> None:
    answer = behind(company, metric_id, "2026")
    assert len({part.account.id for part in answer.parts}) == len(answer.parts)
    additive = [name for name, value in answer.figure.inputs.items() if value and answer.parts]
    assert all(any(part.figure.inputs[name] != 0 for part in answer.parts) for name in additive)


def test_the_question_is_what_a_button_carries(company: Session) -> None:
    answer = behind(company, "nrr", "q3 smb currency:eur")
    assert answer.text == question("nrr", answer.asked) == "nrr 2026-Q3 segment:smb currency:EUR"


def test_a_missing_rate_says_which(rateless: Session) -> None:
    with pytest.raises(UserError) as refused:
        behind(rateless, "mrr")
    assert refused.value.sentence.values["currency"] == "EUR"
