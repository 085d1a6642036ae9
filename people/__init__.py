"""Who there is: accounts, organisations as a tree, people and the positions they hold."""
