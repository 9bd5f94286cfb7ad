"""The public contract of the case file, the evaluation and the command line, clause by clause."""
