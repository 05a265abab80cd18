"""How Karama looks and speaks: pages, components, forms, problem pages, dates, numbers and translations."""
