"""Django's SQLite backend with one writer at a time, so that many processes wait in turn and none is refused."""
