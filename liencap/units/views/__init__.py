"""The pages of units, seats and imports."""
