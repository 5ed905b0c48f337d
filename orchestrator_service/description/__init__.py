"""What `/openapi.json` says beyond the routes themselves: refusals, examples, schemes (PRODUCT §15)."""
