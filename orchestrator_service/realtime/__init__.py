"""Events after commit, to the browsers that may see them (PRODUCT §13, ADR 0006)."""
