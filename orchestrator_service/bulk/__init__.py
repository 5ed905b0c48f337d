"""Edits of many leads at once, all or none, each of which can be undone exactly."""
