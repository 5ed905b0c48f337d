"""A crowd of invented leads over many companies, for measuring and for trying what many of them are like."""
