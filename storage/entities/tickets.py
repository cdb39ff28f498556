"""tickets: the support cases."""

from storage.entity import Entity, Field
from storage.kinds import boolean, email, moment, reference, text, whole
from storage.models.ticket import Ticket

ENTITY = Entity(
    "tickets",
    Ticket,
    (
        Field("ticket_id", text(255), column="key", required=True, key=True),
        Field("account_id", reference("accounts"), required=True, refers="accounts"),
        Field("opened_at", moment(), required=True),
        Field("first_response_at", moment(), beside="opened_at"),
        Field("resolved_at", moment(), beside="opened_at"),
        Field("customer_contacts", whole()),
        Field("escalated", boolean()),
        Field("priority", text(50)),
        Field("csm_email", email()),
    ),
    touches="account_id",
)
