"""What Windows shows of a program under Properties, Details."""

from PyInstaller.utils.win32 import versioninfo as info


def resource(name: str) -> info.VSVersionInfo:
    """Name and version for the executable ``name``."""
    import dlicalc

    version = dlicalc.__version__
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    texts = {
        "FileDescription": "Donor lymphocyte infusion doses",
        "FileVersion": version,
        "OriginalFilename": f"{name}.exe",
        "ProductName": "dlicalc",
        "ProductVersion": version,
    }
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            info.StringFileInfo([info.StringTable("040904B0", [info.StringStruct(*text) for text in texts.items()])]),
            info.VarFileInfo([info.VarStruct("Translation", [0x0409, 0x04B0])]),
        ],
    )
