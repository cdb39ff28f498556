"""fold(text): a name as searches compare it."""

import unicodedata


def fold(text: str) -> str:
    """`text` without case, accents, control characters and superfluous blanks.

    >>> fold("  Peña & Müller  GmbH ")
    'pena & muller gmbh'
    """
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in parts if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())
