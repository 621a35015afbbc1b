"""The pages on the way from a draft to a numbered paper."""
