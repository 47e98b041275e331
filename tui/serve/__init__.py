"""`khabar serve`: the explorer over SSH, for a team, without giving shells.

asyncssh speaks the protocol (`server.py`); who may come is in a file (`keys.py`); each session is one process with
limits in a terminal of its own (`program.py` here, `child.py` there); who came is told line by line (`audit.py`).
"""
