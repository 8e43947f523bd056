"""What is counted in a master to prove it: see ``addin.merge.counted``."""

from addin.merge.counted import MasterCounts

__all__ = ["MasterCounts"]
