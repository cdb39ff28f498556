"""`python -m bot` is the latido command."""

from bot.cli import main

raise SystemExit(main())
