"""The pages of the open journal. Pages never import each other or the window: they emit `go`."""
