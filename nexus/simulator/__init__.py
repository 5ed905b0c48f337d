"""The WhatsApp simulator: a local server that speaks YCloud's API and Meta's, and shows a phone page (PRODUCT §1.5)."""
