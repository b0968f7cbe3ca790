"""What pages and other domains read of the chains."""
