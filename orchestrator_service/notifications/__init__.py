"""The bell: who has to hear of what, and whether they have looked (UI §3, PRODUCT §13)."""
