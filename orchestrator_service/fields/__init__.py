"""Custom fields: what a company wants to know of its leads beside what everybody does."""
