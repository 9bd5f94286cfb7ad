"""The domain, module by module; expected values come from a named source or from arithmetic shown in the test."""
