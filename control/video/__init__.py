"""The video conference that exists already: its addresses, who joins by which of them. No media goes through this system."""
