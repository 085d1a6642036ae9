"""What pages and screens say of votes."""
