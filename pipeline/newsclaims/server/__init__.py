"""Claims over HTTP: ``newsclaims serve``."""
