"""Files come in: in chunks that can be resumed, onto a paper."""
