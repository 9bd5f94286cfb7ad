"""Records of orders in one SQLite file of this user and this machine."""
