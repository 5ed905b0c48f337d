"""The simulator's Meta: the Cloud API of WhatsApp, its webhooks and its words."""
