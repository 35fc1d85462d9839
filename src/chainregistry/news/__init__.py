"""News in: from feeds and exports to coded candidates, and from accepted candidates to rows of the data."""
