"""Everything that acts: wiring to Slack, the web, jobs, the terminal, the playground."""

__version__ = "0.1.0"
