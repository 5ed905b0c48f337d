"""Who did and saw what (PRODUCT §6.4): the mark on routes, the writer behind it, and the log that a ceo reads."""
