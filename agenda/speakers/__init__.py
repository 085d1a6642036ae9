"""The list of speakers of an item: who asks for what kind of speech, in which order they speak and why, how long each takes."""
