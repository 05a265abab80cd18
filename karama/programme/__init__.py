"""Organisations, country programmes, their sites and teams, and who answers at each site when somebody is in danger."""
