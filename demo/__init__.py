"""The demonstration: the conference of 26/11/2025 by offices only, loaded, signed in to with one click, played by itself."""
