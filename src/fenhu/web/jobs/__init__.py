"""Long work in the background: started, watched, cancelled."""
