"""Serves the built web app at `/` (PRODUCT §14); without a build, a page that says why and what to do."""
