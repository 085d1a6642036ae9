"""Official papers of a meeting from one set of data: data, template, layout profile, paper."""
