"""What a company lets its agent cite: documents in passages, how they are found, and what none of them answers."""
