"""The obligation ledger: who owes in a period and why, what was done about it, and where units stand since."""
