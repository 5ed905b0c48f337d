"""The vault as people see it: which integration keys are set, never what they are (PRODUCT §4)."""
