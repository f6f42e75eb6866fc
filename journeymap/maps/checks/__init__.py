"""The rules of the checks: one small file for each mistake, what the document alone tells first, then what data tells."""
