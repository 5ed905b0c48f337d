"""What is written by itself: confirmations, reminders, follow-ups, reactivations. Rows that the worker sends."""
