"""From agency files to identities: the store, cleaning, places, both models, and the facts."""
