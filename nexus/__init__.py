"""The `nexus` command: launcher, simulator, worker and demo."""
