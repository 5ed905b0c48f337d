"""`nexus eval`: scenarios played on the real turn engine, on servers that are thrown away (PRODUCT §16.5)."""
