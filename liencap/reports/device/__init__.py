"""Writing a report on a device that has lost its line: kept there, brought here once, never over what others wrote."""
