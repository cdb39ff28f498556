"""The Web API: every method by its name, in families."""
