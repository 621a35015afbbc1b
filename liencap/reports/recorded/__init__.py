"""Numbers of communication and study in the reports of a period: asked for by the office, counted from the records."""
