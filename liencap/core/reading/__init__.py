"""Read a directive or plan: bytes -> text with offsets -> outline -> plan."""
