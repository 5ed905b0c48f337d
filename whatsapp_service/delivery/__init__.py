"""What leaves for WhatsApp: sent once, its outcome recorded, what is uncertain never sent again blindly."""
