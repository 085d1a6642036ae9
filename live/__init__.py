"""The room itself: hub, socket, screens; control room, chair's desk, delegate, bridge-point console, public display."""
