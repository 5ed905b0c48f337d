"""Speed held as ratios (PRODUCT §16.4): ours against a naive peer and against the database's own limit, in one run."""
