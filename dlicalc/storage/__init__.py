"""Files that the program owns: protocol, cases, catalogues, and the list of its own files."""
