"""The programme while it runs: what comes next, when it is expected, what is dealt with behind closed doors."""
