"""Tools for those who build Handtag: words, vendored files, data, screenshots."""
