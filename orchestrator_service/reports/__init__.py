"""Reports: the ceo's figures, and the rows that each of them counts."""
