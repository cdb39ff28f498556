"""What Latido decides: figures, health and risks, from values to values; no I/O, no clock, no Slack."""
