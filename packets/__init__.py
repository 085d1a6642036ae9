"""The paperless packet: papers, their versions and releases, the reader, what was read."""
