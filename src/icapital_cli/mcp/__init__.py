"""The facts for assistants: a Model Context Protocol server over standard input and output, read-only and offline."""
