"""Whether a text sends its reader elsewhere for what should be attached: to a secure-mail portal or a file-sharing site.

Links are looked at, never followed. Many mails pass through a program that writes every link anew (Safe Links, URL Defense), so what
a link holds inside it counts as well; the addresses of those programs themselves tell nothing, nor do those of a maker's own pages.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from mase_docs.intake.mail_words import decoded

SITES = (
    r"(?!www\.)[\w.-]*egress\.com",
    r"(?!www\.|protect|url)[\w.-]*mimecast\.com",
    r"(?!www\.)[\w.-]*(zivver|galaxkey|zixmessagecenter|securemsg|cjsm|echoworx)\.(com|net)",
    r"[\w.-]*(res\.cisco|securemail\.cisco|securereader\.\w+|encrypt\.barracudanetworks)\.com",
    r"outlook\.office(365)?\.com/encryption",
    r"[\w-]+\.sharepoint\.com/",
    r"(1drv\.ms|onedrive\.live\.com)/",
    r"(we\.tl|(?:[\w-]+\.)?wetransfer\.com)/\w",
    r"(drive|docs)\.google\.com/\w",
    r"(www\.)?dropbox\.com/(s|scl|sh|t|l)/",
    r"[\w.-]*(sharefile|filr|hightail|smash)\.(com|eu)/\w",
    r"(app\.|[\w-]+\.app\.)?box\.com/s/",
)
"""Addresses where a message or file waits to be fetched."""
PHRASES = (
    r"(office|microsoft) 365 message encryption|(microsoft )?purview message encryption",
    r"securedoc|registered envelope|secure email encryption service",
    r"proofpoint (encryption|secure)|securemessageatt",
    r"voltage securemail|zix(mail|corp| secure)",
    r"egress (switch|secure email|protect)",
    r"mimecast secure messag|secure messaging portal",
    r"(sent|received|have) (you )?an? (new )?(secure|encrypted|protected|zivver|cjsm) (e-?mail|message)",
    r"(read|open|view) (the|this|your) (secure|encrypted|protected) (e-?mail|message)",
)
"""What such a message says of itself, in a mail or on the page (message.html, securedoc.html) that comes with it."""
ELSEWHERE = re.compile(rf"https?://({'|'.join(SITES)})|{'|'.join(PHRASES)}", re.IGNORECASE)
LOOKED_AT = 500_000
"""As many bytes as are looked at: an envelope page carries the whole sealed message after its words."""


def sends_elsewhere(text: bytes) -> bool:
    """Whether a mail's text, or a page that is attached, holds a link or the words of such a site."""
    shown = " ".join(decoded(text[:LOOKED_AT]).split())
    return bool(ELSEWHERE.search(shown) or ELSEWHERE.search(unquote(shown)))
