"""What a person set for good: one file in TOML, checked, and what of it is in force beside options and environment.

`table` lists the settings, `reading` reads a file, `force` says which value counts, `applying` puts it into effect.
"""
