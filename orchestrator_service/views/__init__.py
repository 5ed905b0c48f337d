"""Saved views: filters of the lead list that somebody keeps under a name, for themselves."""
