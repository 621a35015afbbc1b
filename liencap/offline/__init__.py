"""Units without a network or account: their report goes out and comes back as a workbook."""
