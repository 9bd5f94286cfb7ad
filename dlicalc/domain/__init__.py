"""The rules of the infusion: pure functions and frozen values, no files, no clock, no toolkit."""
