"""dlicalc: the volume of a donor lymphocyte infusion, its checks and its order."""

__version__ = "0.1.0"
