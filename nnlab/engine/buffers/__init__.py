"""Where numbers lie: tapes of bound calls, the memory of parameters, cache lines."""
