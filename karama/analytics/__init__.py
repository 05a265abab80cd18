"""The workshop: facts become numbers. Works on rows and columns handed in; knows no names and no Django."""
