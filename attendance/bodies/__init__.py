"""Bodies whose members are counted (ban chấp hành, hội đồng), and how many of them make a quorum."""
