"""The customer's own page of a meeting: a link without a login that shows it, moves it or cancels it, once."""
