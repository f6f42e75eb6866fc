"""The journey map: a document in which told claims stand beside measured numbers."""
