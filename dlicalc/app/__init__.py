"""Builds the parts and connects them: the only place that knows everyone."""
