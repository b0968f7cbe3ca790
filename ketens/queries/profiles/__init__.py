"""The profile of impact enterprises: who is asked, what is known, what may be read."""
