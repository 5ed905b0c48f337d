"""Sellers: the people who can be booked, their zone and their working hours as stored."""
