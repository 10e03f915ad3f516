"""Rules of booking: pure functions, standard library only."""
