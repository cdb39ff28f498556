"""invoices: the bills and whether they were paid."""

from storage.entity import Entity, Field, Follow
from storage.kinds import amount, choice, currency, day, reference, text, whole
from storage.ledger import follow_invoices
from storage.models.invoice import Invoice

ENTITY = Entity(
    "invoices",
    Invoice,
    (
        Field("invoice_id", text(255), column="key", required=True, key=True),
        Field("account_id", reference("accounts"), required=True, refers="accounts"),
        Field("amount", amount(negative=True), required=True, beside="currency"),
        Field("currency", currency(), required=True),
        Field("due_on", day(), required=True),
        Field("paid_on", day()),
        Field("status", choice("open", "paid", "failed", "void", "refunded"), required=True),
        Field("attempts", whole()),
        Field("failed_on", day()),
    ),
    follow=(Follow(("invoice_id", "account_id"), follow_invoices),),
    touches="account_id",
)
