"""The CRM: accounts, leads, agenda, conversations and the agent that works in them."""
