"""What each agency wrote about the population: one file an agency, errors and all."""
