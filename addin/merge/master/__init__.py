"""The master workbook (``tong-hop.xlsx``): a projection of an ``Overview``, and at the same time a form of its level.

``write_master`` writes it, ``read_back`` reads and counts it independently of how it was written.
"""

from addin.merge.master.counts import MasterCounts
from addin.merge.master.read_back import UnreadableMaster, read_back
from addin.merge.master.write import write_master

__all__ = ["MasterCounts", "UnreadableMaster", "read_back", "write_master"]
