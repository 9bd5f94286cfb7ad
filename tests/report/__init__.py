"""The order as a PDF, read back as people and scanners read it."""
