"""The colours that all blanks share, as hexadecimal red, green and blue."""

from __future__ import annotations

NAVY, BLUE, PALE, FAINT, WHITE = "17324D", "2F5D7C", "E3ECF2", "F3F7F9", "FFFFFF"
INK, GREY, RED = "1B2733", "55626C", "9B1C1C"
