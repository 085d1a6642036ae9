"""Words of papers on pages."""
