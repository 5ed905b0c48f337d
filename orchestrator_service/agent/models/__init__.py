"""Which models answer for a company, in which order, at what price, and what was spent on them."""
