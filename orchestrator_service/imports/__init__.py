"""Leads out of a spreadsheet: file, mapping, dry run, run, and all of it undone (PRODUCT §12.1, ADR 0032)."""
