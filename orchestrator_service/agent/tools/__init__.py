"""What the agent can do: one tool a file, each a gatekeeper (seed §4)."""
