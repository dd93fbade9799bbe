"""What a reader of a share sees. The same view is the sender's preview, so the preview cannot promise otherwise."""
