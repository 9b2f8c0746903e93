"""Set the engineers' equations as pictures: ``python -m tools.equations`` writes ``docs/images/equations``.

The site, the product's help and a reader of the files see the same pictures, without a script or a network.
"""

from __future__ import annotations

from pathlib import Path

import typst

PICTURES = Path(__file__).parents[1] / "docs" / "images" / "equations"
PAGE = """#set page(width: auto, height: auto, margin: (x: 2pt, y: 4pt), fill: white)
#set text(size: 12pt)
$ {words} $
"""
EQUATIONS = {
    "momentum": """p_i - p_j + overline(rho) g (z_i - z_j)
        = Delta p_"friction" + Delta p_"local" + Delta p_"valve" - Delta p_"pump\"""",
    "loss": """Delta p_"friction" + Delta p_"local"
        = (lambda l / d + sum zeta) (dot(m) abs(dot(m))) / (2 rho A^2)""",
    "colebrook": '1 / sqrt(lambda) = -2 log_10 (k / (3.71 d) + 2.51 / ("Re" sqrt(lambda)))',
    "pipe": """T_"out" = T_"around" + (T_"in" - T_"around") exp(-(U A) / (dot(m) c_p))""",
    "radiator": """theta_"out"^(-(n-1)) = theta_"in"^(-(n-1)) + (n-1) K / (dot(m) c_p),
        quad theta = T_"water" - T_"room\"""",
    "room": """sum Q_"radiators" + sum Q_"pipes" + Q_"gains"
        = U A (T_"room" - T_"outdoors") + sum_"walls" U_w A_w (T_"room" - T_"neighbour")""",
    "thermostat": """K_v = K_"v,open" min(1, max(0.001, 1/2 + (T_"set" - T_"room") / "band"))""",
    "season": """C / (Delta t) (T^k - T^(k-1)) = sum Q (T^k) - U A (T^k - T_"outdoors"^k)
        - sum_"walls" U_w A_w (T^k - T_"neighbour"^k)""",
    "heating_curve": """T_"supply" = T_"room" + Delta T_"mean" q^(1\\/n) + (T_s - T_r) / 2 q,
        quad q = (T_"room" - T_"outdoors") / (T_"room" - T_"design")""",
    "benefit": """a(t) &= sum_(s=t)^(T-1) delta^s \\
        c(t) &= min(0.98, c + (1 - c)(1 - 0.6^(t+1))) \\
        v(b, t) &= V a(t) (0.6 + 0.4 c(t)) + beta n""",
    "bound": """"bound" = sum_"rows" "price" dot "limit"
        + sum_"clusters" max ("gain" - "price" dot "use")""",
}


def picture(name: str) -> bytes:
    """Return an equation's SVG."""
    made = typst.compile(PAGE.format(words=EQUATIONS[name]).encode(), format="svg")
    assert isinstance(made, bytes)
    return made


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in EQUATIONS:
        (PICTURES / f"{name}.svg").write_bytes(picture(name))


if __name__ == "__main__":
    main()
