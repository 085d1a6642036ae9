"""Static files under names that carry their hash, so that a browser keeps them for ever and never sees an old one."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports between our ES modules to the hashed names."""

    support_js_module_import_aggregation = True
    manifest_strict = True
