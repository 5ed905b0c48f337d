"""Leads: the people who may buy, what is known of them and how interested they are."""
