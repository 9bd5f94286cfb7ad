"""Bad case inputs, each with the path that a refusal must name."""
