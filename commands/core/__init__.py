"""What every command is made of: request, reply, arguments, access, registry, errors."""
