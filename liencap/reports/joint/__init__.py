"""Activities that several units hold together: one id, shared by host and partners, counted once."""
