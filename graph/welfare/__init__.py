"""What people record of a child's welfare: contacts, checks, concerns, and where she lives now."""
