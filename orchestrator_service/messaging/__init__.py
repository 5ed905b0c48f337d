"""The sending door: check, mirror, defer."""
