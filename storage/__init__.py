"""What Latido remembers: tables, queries, importers; it speaks metrics' types and knows no formula and no Slack."""
