"""The own plan of each unit: composed from what it inherited, or uploaded and compared with it."""
