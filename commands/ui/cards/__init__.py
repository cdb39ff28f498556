"""Values in, Block Kit out: one card a module."""
