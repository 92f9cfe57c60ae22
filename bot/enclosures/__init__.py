"""What is handed out besides words: stored files, and pictures drawn of data."""
