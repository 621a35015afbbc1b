"""Second and later editions of published reports, and errata pages."""
