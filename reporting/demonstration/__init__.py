"""The demonstration: a made-up programme, played through the services (decision record 7)."""
