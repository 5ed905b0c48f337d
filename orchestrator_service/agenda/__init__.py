"""The sellers' agenda: when they work, what blocks them, and which times can be offered."""
