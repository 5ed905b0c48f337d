"""What tests share: servers, databases and fakes."""
