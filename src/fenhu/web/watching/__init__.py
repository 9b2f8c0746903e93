"""How the running product is watched: is it alive, is it ready, how is it doing, what did it do.

``views`` answers probes and Prometheus, ``middleware`` counts and logs every request, ``logs`` writes lines
that hold no personal data, ``faults`` tells the operator what no visitor can mend, ``beats`` tells
whether a worker lives.
"""
