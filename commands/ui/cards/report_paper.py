"""The report as pages: every figure in tables, the pictures, the largest changes, all CSMs."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from commands.core.reply import Chart, Document, Paper
from commands.core.report_question import ReportAnswer
from commands.core.report_rows import Row, Section
from commands.core.request import Translator
from commands.core.revenue_question import GAINS, LOSSES
from commands.ui import formats
from commands.ui.cards.band_bars import band_bars
from commands.ui.cards.churn import churn_chart
from commands.ui.cards.figures import written
from commands.ui.cards.mrr import mrr_chart
from commands.ui.cards.paragraphs import plain_text
from commands.ui.cards.report_csms import csm_table
from commands.ui.cards.report_words import as_of, change, grade, notes, target, title, tone, value, why_unknown
from commands.ui.cards.words import CAUSES, MOVEMENTS, period_name, short
from metrics.types import AccountMove, Sentence

TILES: Final = ("mrr", "nrr", "grr", "logo_churn", "arpa", "clv", "nps", "mrr_at_risk")
BIGGEST: Final = 8
NONE: Final = "–"
CSM_WIDTHS: Final = (2.6, 1.4, 1, 0.9, 0.9, 1, 0.8, 1.1)
MOVE_WIDTHS: Final = (2.4, 1.2, 1.2, 2.2)


def report_document(answer: ReportAnswer, t: Translator, company: str = "") -> Document:
    """The PDF, still to be laid out; `company` is what the company is called, empty where it does not say."""
    text = t(Sentence("Report: {scope}", {"scope": title(answer, t)}))
    return Document(file_name(answer), b"", text, report_paper(answer, t, company))


def file_name(answer: ReportAnswer) -> str:
    """What the file is called."""
    book = "".join(f"-{part}" for part in answer.asked.book if isinstance(part, str))
    safe = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in book)[:60]
    return f"report-{answer.asked.period.id.replace('..', '-')}{safe}.pdf"


def report_paper(answer: ReportAnswer, t: Translator, company: str = "") -> Paper:
    """The pages; see commands.ui.pages for the shape of their data."""
    charts: list[Chart] = []
    blocks = list(_blocks(answer, t, charts))
    data = {
        "title": t(_name(company)),
        "subtitle": title(answer, t),
        "about": plain_text(t, [(as_of(answer),)]),
        "page": t("Page {number} of {count}", number="{number}", count="{count}"),
        "language": t.locale,
        "made_on": answer.today.isoformat(),
        "blocks": blocks,
    }
    return Paper(data, tuple(charts))


def _name(company: str) -> Sentence:
    """What stands on the first page and at the top of all others."""
    if not company:
        return Sentence("Customer success report")
    return Sentence("{company}: customer success report", {"company": short(company)})


def _blocks(answer: ReportAnswer, t: Translator, charts: list[Chart]) -> Iterator[dict[str, Any]]:
    """From top to bottom; what is drawn is put among the `charts`."""

    def picture(chart: Chart, width: float) -> dict[str, Any]:
        charts.append(chart)
        return {"kind": "chart", "picture": len(charts) - 1, "alt": chart.alt, "width": width}

    sections = {section.id: section for section in answer.sections}
    yield {"kind": "tiles", "tiles": [_tile(answer.row(name), answer, t) for name in TILES]}
    yield picture(mrr_chart(answer.revenue, t), 0.7)
    yield _table(sections.pop("churn"), answer, t)
    yield picture(churn_chart(answer.revenue, t), 0.7)
    yield _table(sections.pop("revenue"), answer, t)
    yield from _moves(answer, t)
    for section in sections.values():
        bands = band_bars(answer.health, answer.revenue.facts.closing, answer.asked.book, t)
        drawn = section.id == "health" and bands is not None
        yield _table(section, answer, t) | {"with_next": drawn}
        if drawn and bands is not None:
            yield picture(bands, 0.6)
    if answer.csms:
        columns, *rows = csm_table(answer.csms, answer, t)
        yield {
            "kind": "table",
            "title": t("CSMs"),
            "columns": list(columns),
            "rows": [list(row) for row in rows],
            "widths": list(CSM_WIDTHS),
            "texts": [0],
        }


def _tile(row: Row, answer: ReportAnswer, t: Translator) -> dict[str, str]:
    moved = change(row, answer, t)
    judged = grade(row)
    held = (moved, None if judged is None else t(judged).partition(" ")[2])
    return {
        "label": t(row.title),
        "value": value(row, answer, t),
        "change": " · ".join(part for part in held if part),
        "tone": tone(row),
    }


def _table(section: Section, answer: ReportAnswer, t: Translator) -> dict[str, Any]:
    """The section's figures: now, before, a year ago, the change and the target."""
    columns = [t("Figure"), title_of(answer, t), period_name(answer.before, t)]
    columns += [] if answer.year_ago is None else [period_name(answer.year_ago, t)]
    columns += [t("Change")]
    rows = [_cells(row, answer, t) for row in section.rows]
    tones = [[*[""] * (len(columns) - 1), tone(row)] for row in section.rows]
    if _aimed(answer):
        columns.append(t("Target"))
        rows = [[*cells, target(row, answer, t) or NONE] for row, cells in zip(section.rows, rows, strict=True)]
        tones = [[*each, _reached(row)] for row, each in zip(section.rows, tones, strict=True)]
    told = [plain_text(t, [(note,)]) for note in notes(section, answer, t) if note.said]
    told += [t(why) for why in why_unknown(section, t)]
    widths = [3, *[1.35] * (2 if answer.year_ago is None else 3), 1.2, *([1.6] if _aimed(answer) else [])]
    return {
        "kind": "table",
        "title": t(section.title),
        "columns": columns,
        "rows": rows,
        "tones": tones,
        "widths": widths,
        "texts": [0],
        "notes": told,
    }


def title_of(answer: ReportAnswer, t: Translator) -> str:
    """The period, as the title of a column."""
    return period_name(answer.period, t)


def _cells(row: Row, answer: ReportAnswer, t: Translator) -> list[str]:
    before, year_ago = (written(one, row.unit, answer.currency, t) for one in (row.before, row.year_ago))
    return [
        t(row.title),
        value(row, answer, t),
        before,
        *([] if answer.year_ago is None else [year_ago]),
        change(row, answer, t) or NONE,
    ]


def _aimed(answer: ReportAnswer) -> bool:
    """Whether there is any target: without one there is no column for them."""
    return any(row.target is not None for section in answer.sections for row in section.rows)


def _reached(row: Row) -> str:
    return {True: "good", False: "bad", None: ""}[row.reached]


def _moves(answer: ReportAnswer, t: Translator) -> Iterator[dict[str, Any]]:
    """The accounts that grew and shrank most."""
    for named, kinds in ((t("Biggest gains"), GAINS), (t("Biggest losses"), LOSSES)):
        moves = answer.revenue.of_kinds(kinds)
        if not moves:
            continue
        more = len(moves) - BIGGEST
        yield {
            "kind": "table",
            "title": named,
            "columns": [t("Account"), t("MRR"), t("Kind"), t("Reason")],
            "rows": [_move(move, answer, t) for move in moves[:BIGGEST]],
            "widths": list(MOVE_WIDTHS),
            "texts": [0, 2, 3],
            "notes": [t(Sentence("and {count} more", {"count": more}))] if more > 0 else [],
        }


def _move(move: AccountMove, answer: ReportAnswer, t: Translator) -> Sequence[str]:
    reason = move.detail or (t(CAUSES[move.cause]) if move.cause else NONE)
    amount = formats.signed_money(move.change, answer.currency, t.locale)
    return [short(move.name), amount, t(MOVEMENTS[move.kind]), short(reason)]
