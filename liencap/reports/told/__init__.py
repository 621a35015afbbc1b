"""The narrative workbench: what the units below wrote becomes sentences that keep their sources."""
