"""Sellers' Google calendars: connecting, asking at the moment, mirroring in the background (PRODUCT §11)."""
