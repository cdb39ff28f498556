"""Speed of finding one of 10,000 accounts by what somebody typed: python -m benchmarks.search."""

from benchmarks.books import best, store
from storage.queries.accounts import search
from storage.session import reading

TYPED = {
    "a key": "acc-004711",
    "a whole name": "Cedarforge Labs",
    "the beginning of a name": "cedarforge",
    "a part of a name": "forge labs",
    "a misspelt name": "Cedarfroge Labs",
    "nothing like any name": "zzzzzz qqqq",
}


def main() -> None:
    with store() as engine, reading(engine) as db:
        names = db.connection().exec_driver_sql
        scan = best(lambda: names("SELECT id, folded_name FROM account").all())
        print(f"  {'a plain read of all names':<28}{scan:8.2f} ms    1.00 x")
        for title, text in TYPED.items():
            found = search(db, text)
            took = best(lambda text=text: search(db, text), 20)  # type: ignore[misc]
            said = found.hit.name if found.hit else f"{len(found.candidates)} to choose from"
            print(f"  {title:<28}{took:8.2f} ms  {took / scan:6.2f} x  {said}")


if __name__ == "__main__":
    main()
