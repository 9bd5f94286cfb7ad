"""Tests of dlicalc, written from the public contract of the case file and its evaluation."""
