"""The MCP server: the use cases of the API as tools for AI assistants, by API key alone (PRODUCT §15, ADR 0037)."""
