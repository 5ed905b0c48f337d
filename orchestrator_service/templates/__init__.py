"""Templates as the provider has approved them: what they say, what they need, and how they will read."""
