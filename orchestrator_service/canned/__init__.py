"""Canned replies: answers kept ready for whoever writes to a customer, the company's and one's own (PRODUCT §12.0)."""
