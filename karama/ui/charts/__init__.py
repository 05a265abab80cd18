"""Charts drawn on the server as small SVG with the table behind them.

No inline style (the content security policy refuses it): classes of the stylesheet and presentation
attributes only.
Time runs in the reading direction. A missing value is a gap with a mark on the floor, never a zero.
"""

from karama.ui.charts.line import Band, Cutoff, Point, line
from karama.ui.charts.small import small

__all__ = ["Band", "Cutoff", "Point", "line", "small"]
