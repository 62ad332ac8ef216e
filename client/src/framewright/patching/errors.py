"""What keeps a patch from the disk.

PatchError
├── StaleFile       a file is not what the patch was made for
├── UnreadableFile  no text, or in an encoding that is not known
├── UnknownRepository  none is indexed by that name, or several are
├── Busy            another process writes a patch at this moment
└── NothingToUndo   no patch of that name was written here
"""


class PatchError(Exception):
    """Base of them; nothing was written, or all of it was taken back."""


class StaleFile(PatchError):
    pass


class UnreadableFile(PatchError):
    pass


class UnknownRepository(PatchError):
    pass


class Busy(PatchError):
    pass


class NothingToUndo(PatchError):
    pass
