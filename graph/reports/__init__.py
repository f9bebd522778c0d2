"""Reports: exact figures for those who run the process, each with what it is a part of."""
