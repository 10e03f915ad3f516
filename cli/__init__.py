"""The command line of Tierslieux: the standard library only, short modules by role."""
