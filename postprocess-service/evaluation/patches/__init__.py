"""A score of the patch engine: edits of real files, bent as models bend them."""
