"""Tags: words that a company puts on its leads, in a colour, kept once whatever their case."""
