"""What the charts of the gallery have in common."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib import font_manager

# Fonts with Chinese characters, those of Linux, macOS and Windows.
FONTS = ["Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Zen Hei", "PingFang SC", "Microsoft YaHei", "SimHei"]


def chinese():
    """Pyplot with a font that has Chinese characters."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    found = [font for font in FONTS if font in there]
    if not found:
        raise SystemExit(f"no font with Chinese characters: install one of {', '.join(FONTS)} (Debian: fonts-noto-cjk)")
    plt.rcParams["font.family"] = [*found, "sans-serif"]
    plt.rcParams["axes.unicode_minus"] = False
    return plt


def save(figure, path):
    """Writes a chart."""
    figure.savefig(path, dpi=120, bbox_inches="tight")
    plt.close(figure)
    print(path)


def in_words(yuan):
    """An amount for people: 1.2 亿元."""
    yuan = float(yuan)
    for size, unit in ((1e8, "亿元"), (1e4, "万元")):
        if abs(yuan) >= size:
            return f"{yuan / size:,.1f} {unit}"
    return f"{yuan:,.0f} 元"
