"""Latido's voice: every module directly in here is a slash command with its buttons and modals."""
