"""Finding accounts by what people type."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Engine, insert

from benchmarks.books import names
from storage.errors import NotFound
from storage.folding import fold
from storage.queries.accounts import book_of, by_key, csm_emails, search, segments
from storage.queries.tables import account as table
from storage.session import Session, reading, transaction
from tests.storage.queries.rows import account


def found(db: Session, text: str) -> list[str]:
    matches = search(db, text)
    return [matches.hit.name] if matches.hit else [one.name for one in matches.candidates]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("acme-1", True),
        ("  ACME  corp ", True),
        ("acme.test", True),
        ("acme c", False),
        ("cme co", False),
        ("acme crop", False),
        ("Ácme Córp", True),
    ],
)
def test_one_clear_hit_is_taken(db: Session, text: str, exact: bool) -> None:
    account(db, "Acme Corp", key="acme-1", domain="acme.test")
    account(db, "Zenith Labs", key="zen-1", domain="zenith.test")
    matches = search(db, text)
    assert matches.hit is not None
    assert (matches.hit.key, matches.exact, matches.candidates) == ("acme-1", exact, ())


def test_a_key_goes_before_a_name(db: Session) -> None:
    account(db, "Globex", key="acme")
    account(db, "Acme", key="globex")
    assert found(db, "acme") == ["Globex"]


def test_several_are_offered_the_shortest_first_and_no_more_than_the_limit(db: Session) -> None:
    for name in ("Acme Holding International", "Acme UK", "Acme Iberia", "The Acme"):
        account(db, name)
    assert found(db, "acme") == ["Acme UK", "Acme Iberia", "Acme Holding International"]
    assert [one.name for one in search(db, "acme", limit=2).candidates] == ["Acme UK", "Acme Iberia"]


def test_two_accounts_of_one_name_are_a_choice(db: Session) -> None:
    account(db, "Acme", key="b")
    account(db, "ACME", key="a")
    assert [one.key for one in search(db, "acme").candidates] == ["a", "b"]


def test_nothing_alike_gives_the_three_nearest(db: Session) -> None:
    for name in ("Acme", "Globex", "Initech", "Umbrella"):
        account(db, name)
    matches = search(db, "xqxqxq")
    assert (matches.hit, matches.near, len(matches.candidates)) == (None, True, 3)
    assert search(db, "  ").candidates == ()


def test_wildcards_are_letters_like_any_other(db: Session) -> None:
    for name in ("100% Juice", "100 Juices", "A_B", "AxB", "C\\D"):
        account(db, name)
    assert found(db, "100%") == ["100% Juice"]
    assert found(db, "a_") == ["A_B"]
    assert found(db, "\\") == ["C\\D"]
    assert search(db, "%%").hit is None


def test_other_alphabets_are_found_too(db: Session) -> None:
    account(db, "Яндекс Маркет")
    account(db, "Straße GmbH")
    assert found(db, "яндекс") == ["Яндекс Маркет"]
    assert found(db, "STRASSE") == ["Straße GmbH"]


def test_a_key_that_nothing_has_is_not_found(db: Session) -> None:
    account(db, "Acme", key="acme")
    assert by_key(db, "acme").name == "Acme"
    with pytest.raises(NotFound, match="acne"):
        by_key(db, "acne")


def test_books_are_the_same_in_any_case(db: Session) -> None:
    account(db, "Beta", csm_email="Ana@x.test", segment="smb")
    account(db, "Alpha", csm_email="ana@x.test", segment="Enterprise")
    account(db, "Gamma")
    assert [one.name for one in book_of(db, "ANA@x.test")] == ["Alpha", "Beta"]
    assert segments(db) == ("Enterprise", "smb")
    assert csm_emails(db) == ("Ana@x.test", "ana@x.test")


# --- Misspelt ------------------------------------------------------------------------------------------------------


def typos(name: str, chance: random.Random) -> list[str]:
    """One letter too many, too few, another, and two swapped, somewhere in the name."""
    place, letter = chance.randrange(len(name) - 1), chance.choice(string.ascii_lowercase)
    head, tail = name[:place], name[place:]
    return [head + letter + tail, head + tail[1:], head + letter + tail[1:], head + tail[1] + tail[0] + tail[2:]]


def unlike(count: int) -> list[str]:
    """Names of which no two are within two typos of each other: what is typed can mean one of them only."""
    chosen: list[str] = []
    candidates = names(20 * count)
    random.Random(3).shuffle(candidates)
    for name in candidates:
        if process.extractOne(name, chosen, scorer=Levenshtein.distance, score_cutoff=2) is None:
            chosen.append(name)
    return chosen[:count]


def test_every_name_with_one_typo_finds_its_account_first(sqlite_engine: Engine) -> None:
    book, chance = unlike(500), random.Random(7)
    assert len(book) == 500
    with transaction(sqlite_engine) as db:
        rows = [{"key": f"k-{n}", "name": name, "folded_name": fold(name)} for n, name in enumerate(book)]
        db.connection().execute(insert(table), rows)
    with reading(sqlite_engine) as db:
        for name in book:
            for typed in chance.sample(typos(name, chance), 2):
                assert found(db, typed)[0] == name, typed


@given(text=st.text(max_size=40))
def test_anything_typed_is_answered(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper().lower()) == fold(text.upper())


@pytest.mark.parametrize("text", ["\x00", "'; DROP TABLE account; --", "%" * 300, "😀", "a\x00cme", "\u0301", "[a-z]*"])
def test_odd_texts_are_answered(db: Session, text: str) -> None:
    account(db, "Acme")
    assert search(db, text).exact is False or text == "a\x00cme"


@pytest.mark.parametrize("typed", ["acmee", "acm corp", "amce corp"])
def test_a_misspelt_beginning_of_a_name_is_taken_when_it_is_clear(db: Session, typed: str) -> None:
    for name in ("Acme Corp", "Amber Partners", "Amber Tours", "Globex"):
        account(db, name=name)
    found = search(db, typed)
    assert found.hit is not None
    assert found.hit.name == "Acme Corp"
