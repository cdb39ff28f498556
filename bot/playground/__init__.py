"""Slack's double on this machine, a living example company and the page to try the bot in."""
