"""The organisation's archive: fonds of units, their series, records and the files they hold."""
