"""People of the test company who can be asked: Slack users, languages, and nothing that speaks against it."""

from sqlalchemy import insert, select, update

from storage.queries.tables import account, contact, ticket
from storage.session import Session

PEOPLE = (
    ("c10", "a3", "Bea Ruiz", "bea@beta.io", "U0BEA", "es"),
    ("c11", "a3", "Boris Ivanov", "boris@beta.io", "U0BORIS", "ru"),
    ("c12", "a7", "Zoe Zed", "zoe@zeta.io", "U0ZOE", None),
    ("c13", "a9", "Ana Eta", "ana@eta.io", None, None),
    ("c14", "a1", "Ana Acme", "ana@acme.com", "U0ANA", "en"),
)
"""Points of contact: key, account, name, address, Slack user, language."""


def with_people(db: Session) -> Session:
    """Acme Corp has no open escalation any more; John Doe and PEOPLE are in Slack but for Ana Eta; a shared channel."""
    db.execute(update(ticket).where(ticket.c.key == "t1").values(escalated=False))
    db.execute(update(contact).where(contact.c.key == "c2").values(slack_user_id="U0JOHN", language="en"))
    db.execute(update(account).where(account.c.key == "a1").values(slack_channel_id="C0ACME"))
    ids = {row.key: row.id for row in db.execute(select(account.c.key, account.c.id))}
    rows = [
        {
            "key": key,
            "account_id": ids[of],
            "name": name,
            "email": email,
            "slack_user_id": user,
            "language": language,
            "is_poc": True,
        }
        for key, of, name, email, user, language in PEOPLE
    ]
    db.execute(insert(contact), rows)
    return db
