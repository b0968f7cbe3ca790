"""What the pages of the monitor show: the public reads releases, staff what is live."""
