"""Files of messages: fetched once, judged by what they are, kept in our store, put into words."""
