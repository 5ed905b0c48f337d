"""Identity and access (PRODUCT §5): who may come in, how they prove it, and what each role may do.

`permissions` is the one table of rights; `passwords`, `tokens` and `csrf` are the pieces that sessions are built from.
"""
