"""The HTTP side: Slack's requests and health probes."""
