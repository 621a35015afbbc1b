"""The cellar: values in, new values out; no framework, no database, no clock, no network."""
