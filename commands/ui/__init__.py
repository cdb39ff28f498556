"""How answers look: text by locale, Block Kit, charts."""
