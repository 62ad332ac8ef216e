"""Fields stated in Korean prose: words with their endings, clauses with their roles, chunks, lists."""
