"""Maps on paper: pictures, pages, slides and tables."""
