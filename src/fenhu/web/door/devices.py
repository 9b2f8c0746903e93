"""What a browser says of itself, in words a person recognises."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, bilingual, text

# The first mark that stands in the User-Agent counts: every newer browser also names those before it.
BROWSERS: Mapping[str, str] = {
    "MicroMessenger": "wechat", "Edg": "edge", "OPR/": "opera", "QQBrowser": "qq", "Firefox": "firefox",
    "Chrome": "chrome", "Safari": "safari",
}  # fmt: skip
SYSTEMS: Mapping[str, str] = {
    "HarmonyOS": "harmony", "Android": "android", "iPhone": "iphone", "iPad": "ipad", "Windows": "windows",
    "Mac OS X": "mac", "Linux": "linux",
}  # fmt: skip
BROWSER_NAMES: Mapping[str, Text] = {
    "wechat": bilingual("微信", "WeChat"), "edge": bilingual("Edge", "Edge"),
    "opera": bilingual("Opera", "Opera"), "qq": bilingual("QQ浏览器", "QQ Browser"),
    "firefox": bilingual("Firefox", "Firefox"), "chrome": bilingual("Chrome", "Chrome"),
    "safari": bilingual("Safari", "Safari"),
}  # fmt: skip
SYSTEM_NAMES: Mapping[str, Text] = {
    "harmony": bilingual("鸿蒙", "HarmonyOS"), "android": bilingual("安卓", "Android"),
    "iphone": bilingual("iPhone", "iPhone"), "ipad": bilingual("iPad", "iPad"),
    "windows": bilingual("Windows", "Windows"), "mac": bilingual("macOS", "macOS"),
    "linux": bilingual("Linux", "Linux"),
}  # fmt: skip


def told_apart(user_agent: str) -> tuple[str, str]:
    """Return the codes of browser and system, empty where the browser does not say."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def in_words(browser: str, system: str) -> Text:
    """Return browser and system as a person reads them."""
    if not browser and not system:
        return text("An unknown browser")
    if not system:
        return BROWSER_NAMES[browser]
    if not browser:
        return SYSTEM_NAMES[system]
    return text("{browser} on {system}", browser=BROWSER_NAMES[browser], system=SYSTEM_NAMES[system])


def _first(marks: Mapping[str, str], user_agent: str) -> str:
    return next((code for mark, code in marks.items() if mark in user_agent), "")
