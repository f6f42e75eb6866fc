"""Numbers from a log and from answers, for every part of a map that can be measured."""
