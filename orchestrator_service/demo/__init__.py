"""The demo company's door: its logins and its phone, on a demo installation of this machine alone."""
