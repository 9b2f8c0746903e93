"""The values papers are made of, gathered by queries; one module a family of papers."""
