"""Each opened copy carries a trace code; from the code back to who opened it."""
