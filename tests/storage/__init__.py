"""Files that the program owns: written whole or not at all, read only if they are the released ones."""
