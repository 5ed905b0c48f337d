"""One installation on this machine: its keys, its processes and its demo company (PRODUCT §1)."""
