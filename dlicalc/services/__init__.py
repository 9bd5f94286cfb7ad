"""What the program does with a case: read entries, keep the open case, word results, make up an order."""
