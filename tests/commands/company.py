"""A company small enough to do the sums by hand, as the files of the data contract; today is 23 November 2026.

October: opening 2,580.00 of 7 customers; new 250 (Zeta), expansion 200 (Acme Corp), contraction 100 (Beta), churn 240
(Delta 150 by choice, Epsilon 90 by failed payment); closing 2,690.00 of 6 customers. November so far: Eta 70 new.
"""

from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent

FILES = {
    "accounts.csv": """
        account_id,name,domain,segment,csm_email,renewal_on,seats_purchased,lifecycle_stage
        a1,Acme Corp,acme.com,enterprise,ana@example.com,2027-01-12,10,value
        a2,Acme UK,acme.co.uk,enterprise,bob@example.com,,,
        a3,Beta Ltd,beta.io,smb,ana@example.com,2026-11-03,,
        a4,Gamma GmbH,gamma.de,mid,bob@example.com,,,
        a5,Delta SA,delta.fr,smb,ana@example.com,,,churned
        a6,Epsilon,,smb,bob@example.com,,,
        a7,Zeta,,smb,bob@example.com,,,
        a8,*<!channel>* & =Sons,,smb,ana@example.com,,,
        a9,Eta,,smb,ana@example.com,,,
    """,
    "subscriptions.csv": """
        subscription_id,account_id,product,plan,quantity,amount,currency,interval,started_on,ended_on,end_reason,end_detail
        s1,a1,Core,Pro,10,1000.00,USD,month,2025-01-01,2026-10-10,,
        s1,a1,Core,Pro,12,1200.00,USD,month,2026-10-10,,,
        s2,a2,Core,Pro,5,500.00,USD,month,2025-03-01,,,
        s3,a3,Core,Pro,1,300.00,USD,month,2025-06-01,2026-10-05,,
        s3,a3,Core,Basic,1,200.00,USD,month,2026-10-05,,,
        s4,a4,Core,Pro,1,4800.00,EUR,year,2025-02-01,,,
        s5,a5,Core,Basic,1,150.00,USD,month,2025-01-01,2026-10-15,voluntary,=too expensive
        s6,a6,Core,Basic,1,90.00,USD,month,2025-01-01,2026-10-20,payment_failure,
        s7,a7,Core,Basic,1,250.00,USD,month,2026-10-12,,,
        s8,a8,Core,Basic,1,100.00,USD,month,2026-02-01,,,
        s9,a9,Core,Basic,1,70.00,USD,month,2026-11-10,,,
    """,
    "fx_rates.csv": """
        currency,day,rate
        EUR,2025-01-01,1.10
    """,
    "contacts.csv": """
        contact_id,account_id,name,email,role,is_poc,left_on
        c1,a1,Maria Lopez,maria@acme.com,champion,yes,2026-11-05
        c2,a1,John Doe,john@acme.com,admin,yes,
        c3,a1,Jane Roe,jane@acme.com,billing,yes,
    """,
    "tickets.csv": """
        ticket_id,account_id,opened_at,escalated,priority
        t1,a1,2026-11-12T10:00:00Z,yes,high
    """,
    "invoices.csv": """
        invoice_id,account_id,amount,currency,due_on,paid_on,status,failed_on
        i1,a1,1000.00,USD,2026-10-01,2026-10-01,paid,
        i2,a3,200.00,USD,2026-11-05,,failed,2026-11-05
    """,
    "survey_responses.csv": """
        response_id,account_id,contact_id,kind,score,comment,responded_at
        r1,a1,c2,nps,9,,2026-10-20T10:00:00Z
    """,
}


def write_company(folder: Path, *, without: tuple[str, ...] = ()) -> Path:
    """The company's files in `folder`, but for those `without`."""
    for name, text in (FILES | {"usage.csv": _usage()}).items():
        if name not in without:
            (folder / name).write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return folder


def write_crowd(folder: Path) -> Path:
    """Twenty customers of crowd@example.com that stay, and twenty-five of nobody that left in October."""
    accounts = ["account_id,name,csm_email"]
    rows = ["subscription_id,account_id,product,plan,amount,currency,interval,started_on,ended_on"]
    for n in range(45):
        stays = n < 20
        accounts.append(f"c{n},Customer {n},{'crowd@example.com' if stays else ''}")
        rows.append(f"s{n},c{n},Core,Pro,{10 + n}.00,USD,month,2025-01-01,{'' if stays else '2026-10-09'}")
    (folder / "accounts.csv").write_text("\n".join(accounts), encoding="utf-8")
    (folder / "subscriptions.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def _usage() -> str:
    """Acme Corp: every working day until 20 November, twice as much before the last 28 days."""
    rows = ["account_id,day,user_id,feature,sessions"]
    day = date(2026, 9, 1)
    while day <= date(2026, 11, 20):
        if day.weekday() < 5:
            rows.append(f"a1,{day},john@acme.com,reports,{3 if day > date(2026, 10, 26) else 6}")
        day += timedelta(days=1)
    return "\n".join(rows)
