"""What providers tell us: stored durably before it is acknowledged."""
