"""Benchmarks: this package beside others that answer the same question, in one interleaved run."""
