"""Commands of `nexus`."""
