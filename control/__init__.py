"""The secretariat's hand on the room: public displays now; announcements, messages and outages later."""
