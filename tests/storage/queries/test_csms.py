from storage.queries.csms import csms_of
from storage.session import Session
from tests.storage.queries import rows


def test_accounts_without_a_csm_are_left_out(db: Session) -> None:
    looked_after = rows.account(db, csm_email="ana@example.com")
    rows.account(db)
    assert csms_of(db) == {looked_after: "ana@example.com"}
