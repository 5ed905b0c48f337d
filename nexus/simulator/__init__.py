"""The WhatsApp simulator: a local server that speaks YCloud's API v2 and shows a phone page (PRODUCT §1.5)."""
