"""A reply as the outbox keeps it until it is sent: plain JSON, and back."""

from collections.abc import Mapping
from typing import Any

from commands.core.reply import Chart, Markup, Reply


def written(reply: Reply) -> dict[str, Any]:
    """The reply as JSON: text, blocks and chart."""
    content: dict[str, Any] = {"text": reply.text, "blocks": list(reply.blocks)}
    if isinstance(reply.text, Markup):
        content["is_markup"] = True
    if reply.chart is not None:
        chart = reply.chart
        content |= {
            "chart": {"id": chart.id, "title": chart.title, "alt": chart.alt, "data": dict(chart.data)},
            "chart_at": reply.chart_at,
        }
    return content


def read(content: Mapping[str, Any]) -> Reply:
    """The reply that was written."""
    chart = content.get("chart")
    text = str(content["text"])
    return Reply(
        text=Markup(text) if content.get("is_markup") else text,
        blocks=tuple(content["blocks"]),
        chart=None if chart is None else Chart(**chart),
        chart_at=int(content.get("chart_at", 0)),
    )
