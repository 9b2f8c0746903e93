"""The views: gate, form, one service call or one read, answer."""
