"""Files coming in: judged, staged, compared, then applied in one transaction or not at all."""
