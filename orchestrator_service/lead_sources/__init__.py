"""Leads that come by themselves: public forms, signed webhooks, Meta Lead Ads (PRODUCT §12.7, ADR 0040)."""
