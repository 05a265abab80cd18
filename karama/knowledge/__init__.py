"""Knowledge: what clinicians reviewed, as data files. ``loader`` reads them; nothing here decides."""
