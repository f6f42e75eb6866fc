"""The engine: the counting contract, and the compiled kernels that keep it."""
