"""Where a data folder may lie: on a disk of this computer, no network, and better not in a synchronised folder."""

import os
from pathlib import Path

from app.errors import Refused

_NETWORK = frozenset({
    "nfs", "nfs4", "cifs",
    "smb3", "smbfs", "afpfs", "afs", "ncpfs", "webdav", "davfs", "ceph", "glusterfs", "fuse.sshfs",
    "fuse.davfs2", "fuse.rclone", "fuse.glusterfs",
})  # fmt: skip
_SYNCHRONISED = {  # part of a folder's name: name of the service
    "onedrive": "OneDrive", "dropbox": "Dropbox", "nutstore": "坚果云", "坚果云": "坚果云",
    "baidusyncdisk": "百度网盘", "baidunetdisk": "百度网盘", "百度网盘": "百度网盘", "百度云": "百度网盘",
    "icloud": "iCloud", "mobile documents": "iCloud", "google drive": "Google Drive", "googledrive": "Google Drive",
    "weiyun": "微云", "腾讯微云": "微云", "aliyundrive": "阿里云盘", "阿里云盘": "阿里云盘", "wpsdrive": "WPS 云盘",
}  # fmt: skip


def check(folder: Path) -> None:
    """Raises Refused network_folder: locks and syncs cannot be trusted there (reliability.md 1.9)."""
    if is_network(folder):
        raise Refused("network_folder", folder=str(folder))


def make(folder: Path) -> None:
    """Make a folder for this user alone, unless it is there. Raises Refused folder_is_file, folder_not_writable."""
    if folder.is_file():
        raise Refused("folder_is_file", folder=str(folder))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused("folder_not_writable", folder=str(folder)) from error


def synchronised(folder: Path) -> str:
    """Name of the service that seems to copy this folder elsewhere, or "". A warning: it may copy half a file."""
    for part in folder.resolve().parts:
        for mark, service in _SYNCHRONISED.items():
            if mark in part.casefold():
                return service
    return ""


def is_network(folder: Path) -> bool:
    """Whether the folder, or the nearest parent that exists, lies on another computer."""
    if os.name == "nt":
        return _is_network_windows(folder)
    return _file_system(folder) in _NETWORK


def _file_system(folder: Path) -> str:
    """The type of the file system under the longest mount point that holds the folder."""
    path = os.path.realpath(folder)
    found = ("", "")
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        words = line.split(" ")
        point = words[1].replace("\\040", " ") if len(words) > 2 else ""
        inside = point and (path == point or path.startswith(point.rstrip("/") + "/"))
        if inside and len(point) >= len(found[0]):
            found = (point, words[2])
    return found[1]


def _is_network_windows(folder: Path) -> bool:
    import ctypes  # only there

    path = str(folder.resolve())
    if path.startswith("\\\\"):
        return True
    remote = 4
    return bool(ctypes.windll.kernel32.GetDriveTypeW(path[:3]) == remote)  # type: ignore[attr-defined, unused-ignore]
