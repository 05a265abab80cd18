"""The rights a person has over her own record, and whoever sees to it that they are kept."""
