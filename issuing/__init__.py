"""Numbered official papers: registers of numbers, papers issued, their recipients; invitations and their answers."""
