"""The agent: the brain's turn, its tools, and the gates in code that bind it."""
