"""How good generations are: golden cases, scores, statistics, gates. Rules, without I/O but files."""
