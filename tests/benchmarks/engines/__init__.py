"""One file for each contender: ``prepare(folder)`` makes its data ready, ``cases(folder)`` holds it and names what it answers."""
